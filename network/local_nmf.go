package network

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/learning"
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
type LocalNMF[T kernel.Float] struct{}

var _ Circuit[float64] = (*LocalNMF[float64])(nil)

// Name returns "local-nmf".
func (*LocalNMF[T]) Name() string { return "local-nmf" }

// Nature says that the circuit belongs to D and needs synapses that sum to one.
func (*LocalNMF[T]) Nature() Nature {
	return Nature{Objective: learning.KL, Normalisation: synapse.UnitSum, Steps: 50, Unit: "step", Dense: true}
}

// Prepare does nothing.
func (*LocalNMF[T]) Prepare(*synapse.Projection[T], *kernel.Synapses[T]) error { return nil }

// Begin does nothing.
func (*LocalNMF[T]) Begin(*learning.Block[T]) {}

// Drive computes the error units and Σ_j w_aj e_j.
func (*LocalNMF[T]) Drive(b *learning.Block[T]) {
	e := b.Errors()
	kernel.Quotient(e, b.V, b.H, b.Rows, b.Synapses)
	kernel.GaussianDrive(b.Drive, e, b.Rows, b.Synapses)
}

// Update takes the root.
func (*LocalNMF[T]) Update(b *learning.Block[T]) {
	for k, h := range b.H {
		b.H[k] = T(math.Sqrt(float64(h * b.Drive[k])))
	}
}
