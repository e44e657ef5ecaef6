package learning

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// PoissonFreeRule lowers the divergence without a constraint on the synapses,
// "poisson-free":
//
//	w_aj ← w_aj Σ_i h_ia v_ij/(H W)_ij / Σ_i h_ia
//
// It is [PoissonRule] with the summed rate of the neuron as the share-out, so
// the scale of W and H stays free. The rule that scikit-learn calls
// solver="mu", beta_loss="kullback-leibler". Where a neuron never fires its
// synapses become zero. D never rises when rates and synapses are updated in
// turn; whether it does when both are updated from one state is not proved, so
// [PoissonFreeRule.Simultaneous] is false.
//
// Source: Lee & Seung 2001, eq. 5 and theorem 2.
type PoissonFreeRule[T kernel.Float] struct{}

var _ Rule[float64] = PoissonFreeRule[float64]{}

// Name returns "poisson-free".
func (PoissonFreeRule[T]) Name() string { return "poisson-free" }

// Objective returns [Poisson].
func (PoissonFreeRule[T]) Objective() Objective { return Poisson }

// Normalisation returns [synapse.Free].
func (PoissonFreeRule[T]) Normalisation() synapse.Normalisation { return synapse.Free }

// Simultaneous returns false.
func (PoissonFreeRule[T]) Simultaneous() bool { return false }

// NewAccumulator returns an accumulator for Hᵀ(V/(H W)) and the summed rates.
func (PoissonFreeRule[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds Σ_i h_ia v_ij/(H W)_ij and Σ_i h_ia over the stimuli i of
// the block.
func (PoissonFreeRule[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil && b.Coincide == nil {
		kernel.PoissonCorrelate(acc.Coincidence, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
	for i := 0; i < len(b.H); i += acc.Hidden {
		kernel.Add(acc.Total, b.H[i:i+acc.Hidden])
	}
}

// Propose multiplies by the ratio of the two sums.
func (PoissonFreeRule[T]) Propose(next, w []T, acc *Accumulator[T], from, to int) {
	for a := from; a < to; a++ {
		row := next[a*acc.Visible : (a+1)*acc.Visible]
		if acc.Total[a] == 0 {
			clear(row)
			continue
		}
		kernel.Multiply(row, w[a*acc.Visible:(a+1)*acc.Visible], acc.Coincidence[a*acc.Visible:(a+1)*acc.Visible])
		kernel.Divide(row, acc.Total[a])
	}
}
