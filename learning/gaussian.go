package learning

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// GaussianRule lowers the squared error, "gaussian":
//
//	w_aj ← w_aj Σ_i h_ia v_ij / Σ_b ( Σ_i h_ia h_ib ) w_bj
//
// A synapse grows with the coincidence of its neuron's rate and its input, and
// shrinks with what the neurons that fire together already predict there. Where
// the denominator is zero the synapse becomes zero.
//
// E never rises when rates and synapses are updated in turn. Updated from
// one state they oscillate with period two, so [GaussianRule.Simultaneous] is
// false and a network refuses that order.
//
// Source: Lee & Seung 2001, eq. 4 and theorem 1.
type GaussianRule[T kernel.Float] struct{}

var _ Rule[float64] = GaussianRule[float64]{}

// Name returns "gaussian".
func (GaussianRule[T]) Name() string { return "gaussian" }

// Objective returns [Gaussian].
func (GaussianRule[T]) Objective() Objective { return Gaussian }

// Normalisation returns [synapse.Free].
func (GaussianRule[T]) Normalisation() synapse.Normalisation { return synapse.Free }

// Simultaneous returns false.
func (GaussianRule[T]) Simultaneous() bool { return false }

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (GaussianRule[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Overlap: make([]T, r*r)}
}

// Accumulate adds HᵀV and HᵀH of the block.
func (GaussianRule[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil {
		kernel.Correlate(acc.Coincidence, b.H, b.V, b.Rows, acc.Hidden, acc.Visible)
	}
	kernel.Correlate(acc.Overlap, b.H, b.H, b.Rows, acc.Hidden, acc.Hidden)
}

// Propose multiplies by the ratio of the two sums.
func (GaussianRule[T]) Propose(next, w []T, acc *Accumulator[T], from, to int) {
	r, n := acc.Hidden, acc.Visible
	next = next[from*n : to*n]
	kernel.Mul(next, acc.Overlap[from*r:to*r], w, to-from, r, n)
	for i, predicted := range next {
		if predicted != 0 {
			next[i] = w[from*n+i] * acc.Coincidence[from*n+i] / predicted
		}
	}
}
