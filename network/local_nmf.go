package network

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// LocalNMF is the recognition of local non-negative matrix factorisation, "local-nmf":
// error units as in [DivisiveError], and rates that go half of the way, in the
// logarithm, which keeps more hidden neurons in play,
//
//	h_a ← √( h_a Σ_j w_aj e_j )
//
// with synapses that sum to one. The error units of the step stay in the block, because
// the rule of the same name learns from them.
//
// Source: Li, Hou, Zhang & Cheng 2001.
type LocalNMF[T neuron.Float] struct{}

var _ Circuit[float64] = (*LocalNMF[float64])(nil)

func (*LocalNMF[T]) Name() string { return "local-nmf" }

func (*LocalNMF[T]) Objective() learning.Objective { return learning.KL }

func (*LocalNMF[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by error units and a square root (Li, Hou, Zhang & Cheng 2001).",
		Sources: []string{
			"Li SZ, Hou XW, Zhang HJ, Cheng QS (2001). Learning spatially localized, parts-based representation. Proceedings of the IEEE Conference on Computer Vision and Pattern Recognition 1:207–212.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		Example: learning.Example{
			Text: `As divisive-error, but a rate takes the square root of the factor: neurons that explain
little are not driven to silence, and codes stay dense. The rule that belongs to the
circuit makes parts small, not true: few of the 49 parts of the faces are recovered.

Look at figures/parts.png, and at the effective area of a part (--verbose) beside that of
the experiment faces.`,
			Stimuli:  learning.Faces,
			Hidden:   49,
			Partner:  "local-nmf",
			Learning: "epochs = 300",
		},
	}
}

// Requires says that rates keep the total of the stimulus only with synapses that sum to 1.
func (*LocalNMF[T]) Requires() synapse.Normalisation { return synapse.UnitSum }

// NeedsDense declares [DenseOnly].
func (*LocalNMF[T]) NeedsDense() {}

// Offers the error units from before the last update of the rates.
func (*LocalNMF[T]) Offers() []learning.Activity { return []learning.Activity{learning.ErrorsBefore} }

// Prepare does nothing: nothing is derived from the synapses in advance.
func (*LocalNMF[T]) Prepare(*learning.Weights[T]) error { return nil }

// WhyAll completes the sentence of [learning.NeedsAll].
func (*LocalNMF[T]) WhyAll() string {
	return "its square root belongs to a sum over all visible neurons"
}

// Begin does nothing: no quantity of the circuit stays constant during a presentation.
func (*LocalNMF[T]) Begin(*learning.Block[T]) {}

// Drive computes the error units and Σ_j w_aj e_j.
func (*LocalNMF[T]) Drive(b *learning.Block[T]) {
	e := b.Errors()
	kernel.Quotient(e, b.V, b.H, b.Rows, b.Synapses)
	kernel.GaussianDrive(b.Drive, e, b.Rows, b.Synapses)
}

// Update moves each rate half of the way, in the logarithm.
func (*LocalNMF[T]) Update(b *learning.Block[T]) {
	for k, h := range b.H {
		b.H[k] = T(math.Sqrt(float64(h * b.Drive[k])))
	}
}
