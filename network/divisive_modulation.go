package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
)

// DivisiveModulation is predictive coding by divisive input modulation,
// "divisive-modulation". Error units divide the stimulus by the prediction, as in
// [DivisiveError], with two constants: one that the prediction cannot fall below and
// one that lets silent neurons hear,
//
//	e_j = v_j / ( Damping + Σ_b y_b w_bj / max_k w_bk )
//	y_a ← ( Seed + y_a ) Σ_j w_aj e_j
//
// The feedback synapses are the feed-forward ones divided by their peak. Here rates
// are h_a = y_a / max_k w_ak, so that Σ_a h_a w_aj is the prediction as it is
// everywhere else in this house, and h ← (Seed/max_k w_ak + h) Σ_j w_aj e_j.
// Recognition begins at rest: y = 0, seeded. As both constants vanish, and where the
// synapses of each neuron sum to one, this is [DivisiveError].
//
// Source: Spratling, De Meyer & Kompass 2009; PC/BC-DIM of Spratling 2012.
type DivisiveModulation[T kernel.Float] struct {
	Seed    float64 // response that a silent neuron starts from, ε₁
	Damping float64 // prediction that is always there, ε₂

	seed []T // r, Seed/max_k w_ak; 0 for a neuron without synapses
}

var _ Circuit[float64] = (*DivisiveModulation[float64])(nil)

// NewDivisiveModulation returns the circuit with Seed 1e-4 and Damping 1e-2.
func NewDivisiveModulation[T kernel.Float]() *DivisiveModulation[T] {
	return &DivisiveModulation[T]{Seed: 1e-4, Damping: 1e-2}
}

// Name returns "divisive-modulation".
func (*DivisiveModulation[T]) Name() string { return "divisive-modulation" }

// Nature says that the circuit lowers D, roughly, and begins at rest.
func (*DivisiveModulation[T]) Nature() Nature {
	return Nature{Objective: learning.KL, FromRest: true, Steps: 50, Unit: "step", Dense: true}
}

// Parameters returns Seed and Damping.
func (c *DivisiveModulation[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{
		{Name: "epsilon-1", Doc: "response from which a silent hidden neuron starts", Value: &c.Seed, Low: 1e-30, High: 1},
		{Name: "epsilon-2", Doc: "prediction that is always there", Value: &c.Damping, Low: 1e-30, High: 1},
	}
}

// Prepare finds the peak of each part.
func (c *DivisiveModulation[T]) Prepare(w *synapse.Projection[T], _ *kernel.Synapses[T]) error {
	if len(c.seed) != w.Pre() {
		c.seed = make([]T, w.Pre())
	}
	for a := range c.seed {
		c.seed[a] = 0
		if peak := kernel.Max(w.Of(a)); peak > 0 {
			c.seed[a] = T(c.Seed) / peak
		}
	}
	return nil
}

// Begin does nothing.
func (*DivisiveModulation[T]) Begin(*learning.Block[T]) {}

// Drive computes the error units, which stay in the block, and Σ_j w_aj e_j.
func (c *DivisiveModulation[T]) Drive(b *learning.Block[T]) {
	e := b.Errors()
	kernel.DampedQuotient(e, b.V, b.H, b.Rows, b.Synapses, T(c.Damping))
	kernel.GaussianDrive(b.Drive, e, b.Rows, b.Forward)
}

// Update multiplies each seeded rate by its drive.
func (c *DivisiveModulation[T]) Update(b *learning.Block[T]) {
	for i := range b.Rows {
		at := i * b.Hidden
		for a, seed := range c.seed {
			b.H[at+a] = (seed + b.H[at+a]) * b.Drive[at+a]
		}
	}
}
