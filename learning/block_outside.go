package learning

import "partsnet/internal/kernel"

// The methods in this file are the matrix products that most circuits and rules consist of,
// for those that are written in other modules. They need b.V, the stimuli with all rates: a
// circuit that declares NeedsDense always gets them.

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
