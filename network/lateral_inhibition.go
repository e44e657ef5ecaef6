package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
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
type LateralInhibition[T kernel.Float] struct {
	// Cost of a firing rate, in units of b, ≥ 0, default 0: the larger, the
	// sparser the encoding.
	Cost float64

	lateral *synapse.Projection[T] // hidden→hidden, inhibitory
	spare   []T
}

var _ Circuit[float64] = (*LateralInhibition[float64])(nil)

// Name returns "lateral-inhibition".
func (*LateralInhibition[T]) Name() string { return "lateral-inhibition" }

// Objective returns learning.Gaussian.
func (*LateralInhibition[T]) Objective() learning.Objective { return learning.Gaussian }

// Lateral returns the inhibitory projection of the hidden layer onto itself,
// nil before the first Prepare.
func (c *LateralInhibition[T]) Lateral() *synapse.Projection[T] { return c.lateral }

// Prepare sets the inhibitory synapses to −W Wᵀ.
func (c *LateralInhibition[T]) Prepare(w *synapse.Projection[T], s *kernel.Synapses[T]) error {
	r := w.Pre()
	if c.lateral == nil || c.lateral.Pre() != r {
		c.lateral = synapse.New[T]("hidden→hidden", r, r, synapse.Inhibitory)
		c.spare = make([]T, r*r)
	}
	s.Overlap(c.spare, w.Weights())
	for i, g := range c.spare {
		c.spare[i] = -g
	}
	var err error
	c.spare, err = c.lateral.Commit(c.spare)
	return err
}

// Drive computes the excitation V Wᵀ and the inhibition −H W Wᵀ.
func (c *LateralInhibition[T]) Drive(b *learning.Block[T]) {
	if b.Counts != nil {
		kernel.GaussianDriveCounts(b.Drive, b.Counts, b.From, b.From+b.Rows, b.Synapses)
	} else {
		kernel.GaussianDrive(b.Drive, b.V, b.Rows, b.Synapses)
	}
	r := c.lateral.Pre()
	kernel.Mul(b.Inhibition, b.H, c.lateral.Weights(), b.Rows, r, r)
}

// Update multiplies each rate by the ratio of excitation and inhibition.
func (c *LateralInhibition[T]) Update(b *learning.Block[T]) {
	kernel.Update(b.H, b.Drive, b.Inhibition, T(c.Cost))
}
