package network

import (
	"fmt"
	"slices"

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

// losses returns what measures blocks of the stimuli v, for the present synapses.
func (n *Network[T]) losses(objectives []learning.Additive[T], v source[T]) learning.Losses[T] {
	v.pack(n)
	return v.losses(n, objectives)
}

// Losses returns the objective of each stimulus for its hidden rates, in float64. It panics
// if the objective is not a sum over stimuli.
func (n *Network[T]) Losses(o learning.Objective, v Stimuli[T], h *neuron.Rates[T]) []float64 {
	n.checkShapes(v, h)
	s, p := n.source(v), partition{v.Stimuli()}
	loss := n.losses([]learning.Additive[T]{additive[T](o)}, s)
	out := make([]float64, v.Stimuli())
	n.pool.Run(p.blocks(), func(worker, block int) {
		from, to := p.block(block)
		for i := from; i < to; i++ {
			loss(out[i:i+1], n.carry(worker, i, i+1, s, h))
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
		loss = n.sums([]learning.Additive[T]{o}, s, h)[0]
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

// sums returns objectives that are sums over stimuli, for all of them, from one look at each.
func (n *Network[T]) sums(objectives []learning.Additive[T], v source[T], h *neuron.Rates[T]) []float64 {
	sums := make([]float64, len(objectives))
	if len(objectives) == 0 {
		return sums
	}
	loss, p := n.losses(objectives, v), partition{h.Stimuli()}
	blocks := make([]float64, p.blocks()*len(sums))
	n.pool.Run(p.blocks(), func(worker, block int) {
		loss(blocks[block*len(sums):(block+1)*len(sums)], n.workerBlock(worker, p, block, v, h))
	})
	for k, x := range blocks {
		sums[k%len(sums)] += x
	}
	return sums
}

// Objective returns what the run lowers, for the present rates and synapses; see
// [Network.Objective].
func (l *Learner[T]) Objective() float64 {
	objective, _ := l.Objectives()
	return objective
}

// Objectives returns what the run lowers, and others beside it, from one look at the
// stimuli.
func (l *Learner[T]) Objectives(also ...learning.Objective) (objective float64, others []float64) {
	losses := l.Losses(append([]learning.Objective{l.rule.Objective()}, also...)...)
	return losses[0] + l.net.firingCost(l.h.Rows(0, l.h.Stimuli())), losses[1:]
}

// Loss returns an objective for the present rates and synapses, also one that
// the rule does not lower, summed in float64: D in nats, E in squared rates, S in
// rates to the fourth.
func (l *Learner[T]) Loss(o learning.Objective) float64 { return l.Losses(o)[0] }

// Losses returns several objectives; see [Learner.Loss]. What they share, the predictions, is
// computed once.
func (l *Learner[T]) Losses(objectives ...learning.Objective) []float64 {
	var additive []learning.Additive[T]
	at := make([]int, len(objectives)) // in additive, or −1
	for k, o := range objectives {
		at[k] = -1
		if e, ok := learning.AdditiveIn[T](o); ok {
			same := func(a learning.Additive[T]) bool { return a.Objective() == o }
			if at[k] = slices.IndexFunc(additive, same); at[k] < 0 {
				additive, at[k] = append(additive, e), len(additive)
			}
		}
	}
	sums := l.net.sums(additive, l.v, l.h)
	losses := make([]float64, len(objectives))
	for k, o := range objectives {
		if at[k] >= 0 {
			losses[k] = sums[at[k]]
		} else {
			losses[k] = l.pairwise(o)
		}
	}
	return losses
}

// pairwise returns an objective that compares pairs of stimuli.
func (l *Learner[T]) pairwise(o learning.Objective) float64 {
	e, ok := learning.In[T](o).(learning.Pairwise[T])
	if !ok {
		panic(fmt.Sprintf("network: the evaluator of the %s objective is neither additive nor pairwise", o.Name()))
	}
	return e.Total(l.net.rows(l.v, l.part.stimuli), l.h.Rows(0, l.h.Stimuli()), l.net.Hidden.Size, l.pairwiseConstant(e))
}

// pairwiseConstant returns [learning.Pairwise.Constant], which is computed once.
func (l *Learner[T]) pairwiseConstant(o learning.Pairwise[T]) float64 {
	if l.gramNorm == 0 {
		l.gramNorm = o.Constant(l.net.rows(l.v, l.part.stimuli))
	}
	return l.gramNorm
}
