package learning

import "partsnet/internal/kernel"

// The methods here are the products of which most circuits and rules are made, for those
// that are written outside of this module. They need stimuli that hold all rates, b.V: a
// circuit that declares NeedsDense is never given others.

// Predict writes the predictions H W into p (Rows×n).
func (b *Block[T]) Predict(p []T) { kernel.Predict(p, b.H, b.Rows, b.Synapses) }

// Ascend writes x Wᵀ into out (Rows×r): what the visible neurons, or their error units, with
// the activity x (Rows×n) send up to the hidden neurons.
func (b *Block[T]) Ascend(out, x []T) { kernel.GaussianDrive(out, x, b.Rows, b.Forward) }

// AddCoincidences adds Hᵀ x to sums (r×n): the products of each hidden rate and the activity
// x (Rows×n) of each visible neuron, or of its error unit, over the stimuli of the block.
func (b *Block[T]) AddCoincidences(sums, x []T) {
	kernel.Correlate(sums, b.H, x, b.Rows, b.Hidden, b.Visible)
}

// AddOverlaps adds Hᵀ H to sums (r×r): the products of the rates of two hidden neurons.
func (b *Block[T]) AddOverlaps(sums []T) {
	kernel.Correlate(sums, b.H, b.H, b.Rows, b.Hidden, b.Hidden)
}
