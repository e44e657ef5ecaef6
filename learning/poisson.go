package learning

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// PoissonRule is the learning rule of the paper, "poisson":
//
//	w_aj ← w_aj Σ_i h_ia v_ij/(H W)_ij
//	w_aj ← w_aj / Σ_k w_ak
//
// A synapse grows with the coincidence of its neuron's rate and an input that
// was not fully predicted; then every neuron shares one unit of synaptic weight
// among its synapses. The second line is part of the rule: the first alone is
// derived under the constraint Σ_k w_ak = 1 and diverges without it. Given
// that constraint the pair lowers D at every step or leaves it alone, also when
// the rates are updated from the same state (expectation maximisation).
//
// It reads, at each synapse, its weight, the rate of its neuron and the
// quotient at its input; the scaling is local to the neuron.
//
// Source: Lee & Seung 1999, Fig. 2.
type PoissonRule[T kernel.Float] struct{}

var _ Rule[float64] = PoissonRule[float64]{}

// Name returns "poisson".
func (PoissonRule[T]) Name() string { return "poisson" }

// Objective returns [Poisson].
func (PoissonRule[T]) Objective() Objective { return Poisson }

// Normalisation returns [synapse.UnitSum].
func (PoissonRule[T]) Normalisation() synapse.Normalisation { return synapse.UnitSum }

// Simultaneous returns true.
func (PoissonRule[T]) Simultaneous() bool { return true }

// NewAccumulator returns an accumulator for Hᵀ(V/(H W)).
func (PoissonRule[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n)}
}

// Accumulate adds Σ_i h_ia v_ij/(H W)_ij over the stimuli i of the block.
func (PoissonRule[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil && b.Coincide == nil {
		kernel.PoissonCorrelate(acc.Coincidence, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
}

// Propose multiplies and normalises.
func (PoissonRule[T]) Propose(next, w []T, acc *Accumulator[T], from, to int) {
	n := acc.Visible
	for a := from; a < to; a++ {
		row := next[a*n : (a+1)*n]
		kernel.Multiply(row, w[a*n:(a+1)*n], acc.Coincidence[a*n:(a+1)*n])
		if sum := kernel.Sum(row); sum != 0 {
			kernel.Divide(row, T(sum))
		}
	}
}
