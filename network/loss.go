package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// losses measures objectives of stimuli and hidden rates. It is made anew for the
// synapses of the moment.
type losses[T kernel.Float] struct {
	objective learning.Objective
	// What counts need for the visible neurons where there is no count.
	parts   []float64 // Poisson: r, Σ_j w_aj
	overlap []float64 // Gaussian: r×r, Σ_j w_aj w_bj
}

func (n *Network[T]) losses(o learning.Objective, v shown[T]) *losses[T] {
	m := &losses[T]{objective: o}
	n.pack(v)
	if v.counts == nil {
		return m
	}
	r := n.Hidden.Size
	if o == learning.Poisson {
		m.parts = make([]float64, r)
		for a := range r {
			for _, x := range n.synapses.Of(a) {
				m.parts[a] += float64(x)
			}
		}
		return m
	}
	m.overlap = make([]float64, r*r)
	n.pool.Run(r, func(_, a int) {
		wa := n.synapses.Of(a)
		for b := range a + 1 {
			sum := 0.0
			for j, y := range n.synapses.Of(b) {
				sum += float64(float64(wa[j]) * float64(y))
			}
			m.overlap[a*r+b], m.overlap[b*r+a] = sum, sum
		}
	})
	return m
}

// of returns the share of a block in the objective.
func (m *losses[T]) of(b *learning.Block[T]) float64 {
	if b.Counts == nil {
		return learning.Loss(m.objective, b)
	}
	everywhere := 0.0
	if m.objective == learning.Poisson {
		loss, predicted := kernel.CountsLoss(b.Counts, b.From, b.From+b.Rows, b.H, b.Synapses, b.Scratch)
		for i, h := range b.H {
			everywhere += float64(float64(h) * m.parts[i%len(m.parts)])
		}
		return loss + (everywhere - predicted)
	}
	r := len(b.H) / b.Rows
	for i := range b.Rows {
		h := b.H[i*r : (i+1)*r]
		for a, x := range h {
			if x == 0 {
				continue
			}
			sum := 0.0
			for c, y := range h {
				sum += float64(float64(y) * m.overlap[a*r+c])
			}
			everywhere += float64(float64(x) * sum)
		}
	}
	return kernel.GaussianCountsLoss(b.Counts, b.From, b.From+b.Rows, b.H, b.Synapses, b.Scratch) + float64(everywhere/2)
}

// Losses returns the objective of each stimulus for its hidden rates, in float64.
func (n *Network[T]) Losses(o learning.Objective, v Stimuli[T], h *neuron.Rates[T]) []float64 {
	n.checkShapes(v, h)
	s, p := show(v), partition{v.Stimuli()}
	m := n.losses(o, s)
	out := make([]float64, v.Stimuli())
	n.pool.Run(p.blocks(), func(worker, block int) {
		from, to := p.block(block)
		for i := from; i < to; i++ {
			out[i] = m.of(n.carry(worker, i, i+1, s, h))
		}
	})
	return out
}

// Objective returns what recognition lowers, of all stimuli with their hidden rates: the
// objective of the circuit and, where firing costs something, the cost of all rates.
func (n *Network[T]) Objective(v Stimuli[T], h *neuron.Rates[T]) float64 {
	n.checkShapes(v, h)
	s := show(v)
	o := n.circuit.Nature().Objective
	if o == learning.Similarity {
		return n.dissimilarity(s, h, n.likeness(s, h.Stimuli())) + n.firingCost(h.Rows(0, h.Stimuli()))
	}
	return n.loss(o, s, h) + n.firingCost(h.Rows(0, h.Stimuli()))
}

// firingCost returns what hidden rates cost, 0 in circuits in which firing costs nothing.
func (n *Network[T]) firingCost(h []T) float64 {
	if c, ok := n.circuit.(Costly); ok && c.FiringCost() > 0 {
		return float64(c.FiringCost() * kernel.Sum(h))
	}
	return 0
}

// loss returns an objective that is a sum over stimuli, for all of them.
func (n *Network[T]) loss(o learning.Objective, v shown[T], h *neuron.Rates[T]) float64 {
	m, p := n.losses(o, v), partition{h.Stimuli()}
	blocks := make([]float64, p.blocks())
	n.pool.Run(len(blocks), func(worker, block int) {
		blocks[block] = m.of(n.carrier(worker, p, block, v, h))
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
	return l.Loss(l.rule.Nature().Objective) + l.net.firingCost(l.h.Rows(0, l.h.Stimuli()))
}

// Loss returns an objective for the present rates and synapses, also one that
// the rule does not lower, summed in float64: D in nats, E in squared rates, S in
// rates to the fourth.
func (l *Learner[T]) Loss(o learning.Objective) float64 {
	if o == learning.Similarity {
		return l.net.dissimilarity(l.v, l.h, l.alike())
	}
	return l.net.loss(o, l.v, l.h)
}
