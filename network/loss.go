package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// additive returns an objective that is a sum over stimuli in the precision of the
// network. It panics for any other.
func additive[T neuron.Float](o learning.Objective) learning.Additive[T] {
	e, ok := learning.AdditiveIn[T](o)
	if !ok {
		panic(fmt.Sprintf("network: the %s objective is not a sum over stimuli", o.Name()))
	}
	return e
}

// losses returns a function that measures blocks of the stimuli v, for the present
// synapses.
func (n *Network[T]) losses(o learning.Additive[T], v source[T]) func(b *learning.Block[T]) float64 {
	v.pack(n)
	return v.losses(n, o)
}

// Losses returns the objective of each stimulus for its hidden rates, in float64. It panics
// if the objective is not a sum over stimuli.
func (n *Network[T]) Losses(o learning.Objective, v Stimuli[T], h *neuron.Rates[T]) []float64 {
	n.checkShapes(v, h)
	s, p := n.source(v), partition{v.Stimuli()}
	loss := n.losses(additive[T](o), s)
	out := make([]float64, v.Stimuli())
	n.pool.Run(p.blocks(), func(worker, block int) {
		from, to := p.block(block)
		for i := from; i < to; i++ {
			out[i] = loss(n.carry(worker, i, i+1, s, h))
		}
	})
	return out
}

// Objective returns what recognition lowers, of all stimuli with their hidden rates: the
// objective of the circuit and, where rates have a cost, the cost of all rates.
func (n *Network[T]) Objective(v Stimuli[T], h *neuron.Rates[T]) float64 {
	n.checkShapes(v, h)
	s := n.source(v)
	loss := 0.0
	switch o := learning.In[T](n.circuit.Objective()).(type) {
	case learning.Pairwise[T]:
		rows := n.rows(s, v.Stimuli())
		loss = o.Total(rows, h.Rows(0, h.Stimuli()), n.Hidden.Size, o.Constant(rows))
	case learning.Additive[T]:
		loss = n.loss(o, s, h)
	}
	return loss + n.firingCost(h.Rows(0, h.Stimuli()))
}

// rows gives an objective access to stimuli in whatever form they are held.
func (n *Network[T]) rows(v source[T], stimuli int) learning.Rows[T] {
	return learning.Rows[T]{Stimuli: stimuli, Visible: n.Visible.Size, Spread: v.spread}
}

// firingCost returns the cost of hidden rates, 0 in circuits in which they have none.
func (n *Network[T]) firingCost(h []T) float64 {
	if cost := penalty(n.circuit); cost > 0 {
		return float64(cost * kernel.Sum(h))
	}
	return 0
}

// loss returns an objective that is a sum over stimuli, for all of them.
func (n *Network[T]) loss(o learning.Additive[T], v source[T], h *neuron.Rates[T]) float64 {
	loss, p := n.losses(o, v), partition{h.Stimuli()}
	blocks := make([]float64, p.blocks())
	n.pool.Run(len(blocks), func(worker, block int) {
		blocks[block] = loss(n.workerBlock(worker, p, block, v, h))
	})
	sum := 0.0
	for _, x := range blocks {
		sum += x
	}
	return sum
}

// Objective returns what the run lowers, for the present rates and synapses; see
// [Network.Objective].
func (l *Learner[T]) Objective() float64 {
	return l.Loss(l.rule.Objective()) + l.net.firingCost(l.h.Rows(0, l.h.Stimuli()))
}

// Loss returns an objective for the present rates and synapses, also one that
// the rule does not lower, summed in float64: D in nats, E in squared rates, S in
// rates to the fourth.
func (l *Learner[T]) Loss(o learning.Objective) float64 {
	switch o := learning.In[T](o).(type) {
	case learning.Pairwise[T]:
		return o.Total(l.net.rows(l.v, l.part.stimuli), l.h.Rows(0, l.h.Stimuli()), l.net.Hidden.Size, l.pairwiseConstant(o))
	case learning.Additive[T]:
		return l.net.loss(o, l.v, l.h)
	}
	panic(fmt.Sprintf("network: the evaluator of the %s objective is neither additive nor pairwise", o.Name()))
}

// pairwiseConstant returns [learning.Pairwise.Constant], which is computed once.
func (l *Learner[T]) pairwiseConstant(o learning.Pairwise[T]) float64 {
	if l.gramNorm == 0 {
		l.gramNorm = o.Constant(l.net.rows(l.v, l.part.stimuli))
	}
	return l.gramNorm
}
