package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// LateralInhibition is recognition by competition, "lateral-inhibition". The
// stimulus excites the hidden neurons through their own synapses, and they
// inhibit each other, and themselves, as much as their parts overlap:
//
//	b_a = Σ_j w_aj v_j
//	g_ab = Σ_j w_aj w_bj
//	h_a ← h_a b_a / ( Σ_b g_ab h_b + Cost )
//
// A step lowers E + Cost Σ_a h_a or leaves it (Lee & Seung 2001, theorem 1), and
// because that is convex in h the rates settle at the one best answer: without
// cost, non-negative least squares. A neuron whose denominator is zero falls
// silent.
//
// The inhibition runs through an inhibitory projection from the hidden layer
// to itself with the weights −g_ab, which is kept in step with the generative
// synapses and checked like any other.
type LateralInhibition[T neuron.Float] struct {
	// Cost of a firing rate, in units of b, ≥ 0, default 0: the larger, the
	// sparser the encoding.
	Cost float64

	gramInhibition[T]
}

var (
	_ Circuit[float64]          = (*LateralInhibition[float64])(nil)
	_ SparsityPenalty           = (*LateralInhibition[float64])(nil)
	_ LateralInhibitor[float64] = (*LateralInhibition[float64])(nil)
)

func (*LateralInhibition[T]) Name() string { return "lateral-inhibition" }

func (*LateralInhibition[T]) Objective() learning.Objective { return learning.SquaredError }

func (*LateralInhibition[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by competition: excitation over lateral inhibition (Lee & Seung 2001).",
		Sources: []string{
			"Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		Example: learning.Example{
			Text: `There are no error units: the stimulus excites hidden neurons through their synapses, and
they inhibit each other as much as their parts overlap. Where this settles the rates are
those of non-negative least squares; a cost of firing makes them sparser.

Look at figures/time-course.png, and change recognition.cost. All 16 bars are found.`,
			Partner:  "gaussian",
			Learning: "epochs = 1000",
		},
	}
}

// Multiplies declares [learning.Multiplicative].
func (*LateralInhibition[T]) Multiplies() {}

func (c *LateralInhibition[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{cost(&c.Cost, "the excitation of a neuron")}
}

// SparsityPenalty returns Cost.
func (c *LateralInhibition[T]) SparsityPenalty() float64 { return c.Cost }

// Prepare sets the inhibitory synapses to −W Wᵀ.
func (c *LateralInhibition[T]) Prepare(w *learning.Weights[T]) error {
	return c.gramInhibition.prepare(w)
}

// Begin computes the excitation V Wᵀ.
func (c *LateralInhibition[T]) Begin(b *learning.Block[T]) { excite(b) }

// excite computes the excitation of the hidden neurons by the stimuli, V Wᵀ.
func excite[T neuron.Float](b *learning.Block[T]) {
	if b.Counts != nil {
		kernel.GaussianDriveCounts(b.Drive, b.Counts, b.RowOffset, b.RowOffset+b.Rows, b.Synapses)
	} else {
		kernel.GaussianDrive(b.Drive, b.V, b.Rows, b.Synapses)
	}
}

// Drive computes the inhibition −H W Wᵀ.
func (c *LateralInhibition[T]) Drive(b *learning.Block[T]) { c.inhibit(b) }

// Update multiplies each rate by the ratio of excitation and inhibition.
func (c *LateralInhibition[T]) Update(b *learning.Block[T]) {
	kernel.Update(b.H, b.Drive, b.Inhibition, T(c.Cost))
}
