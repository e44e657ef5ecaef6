package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// LateralRule is a rule that also changes the inhibitory synapses among the hidden
// neurons and their thresholds, of a circuit where these are plastic.
type LateralRule[T neuron.Float] interface {
	Rule[T]
	// ProposeLateral writes new inhibitory weights and thresholds. It is called after
	// Propose was called for all hidden neurons.
	ProposeLateral(c *LateralChange[T])
}

// LateralChange is the step of the synapses among hidden neurons. A weight from b
// onto a is at b·r + a, never positive; the diagonal is zero.
type LateralChange[T neuron.Float] struct {
	Next, Now  []T // r×r weights, proposed and present
	Thresholds []T // r, which the rule may move
	Sum        *Accumulator[T]
	Memory     *Accumulator[T] // of a [Remembering] rule; or nil
}

// newGaussianSums returns an accumulator for HᵀV and HᵀH.
func newGaussianSums[T neuron.Float](r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Overlap: make([]T, r*r)}
}

// addGaussianSums adds HᵀV, unless it is summed up apart, and HᵀH of the block; where entries are
// missing, what synapses send too.
func addGaussianSums[T neuron.Float](acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil && b.Coincidence == nil {
		kernel.Correlate(acc.Coincidence, b.H, b.V, b.Rows, acc.Hidden, acc.Visible)
	}
	kernel.Correlate(acc.Overlap, b.H, b.H, b.Rows, acc.Hidden, acc.Hidden)
	sendPredictions(acc, b)
}
