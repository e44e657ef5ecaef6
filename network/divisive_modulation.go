package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// DivisiveModulation is predictive coding by divisive input modulation,
// "divisive-modulation". Error units divide the stimulus by the prediction, as in
// [DivisiveError], with two constants: one that the prediction cannot fall below and
// one that lets silent neurons hear,
//
//	e_j = v_j / ( ε₂ + Σ_b y_b w_bj / max_k w_bk )
//	y_a ← ( ε₁ + y_a ) Σ_j w_aj e_j
//
// The feedback synapses are the feed-forward ones divided by their peak. Here rates
// are h_a = y_a / max_k w_ak, so that Σ_a h_a w_aj is the prediction as it is
// elsewhere in this package, and h ← (ε₁/max_k w_ak + h) Σ_j w_aj e_j.
// Recognition begins at rest, y = 0. As both constants vanish, and where the
// synapses of each neuron sum to one, this is [DivisiveError].
//
// Source: Spratling, De Meyer & Kompass 2009; PC/BC-DIM of Spratling 2012.
type DivisiveModulation[T neuron.Float] struct {
	Epsilon1 float64 // ε₁, response that a silent neuron starts from
	Epsilon2 float64 // ε₂, added to every prediction

	seed []T // r, ε₁/max_k w_ak; 0 for a neuron without synapses
}

var _ Circuit[float64] = (*DivisiveModulation[float64])(nil)

// NewDivisiveModulation returns the circuit with ε₁ = 1e-4 and ε₂ = 1e-2.
func NewDivisiveModulation[T neuron.Float]() *DivisiveModulation[T] {
	return &DivisiveModulation[T]{Epsilon1: 1e-4, Epsilon2: 1e-2}
}

func (*DivisiveModulation[T]) Name() string { return "divisive-modulation" }

func (*DivisiveModulation[T]) Objective() learning.Objective { return learning.KL }

func (*DivisiveModulation[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Predictive coding by divisive input modulation (Spratling 2009).",
		Sources: []string{
			"Spratling MW, De Meyer K, Kompass R (2009). Unsupervised learning of overlapping image components using divisive input modulation. Computational Intelligence and Neuroscience 2009:381457.",
			"Spratling MW (2012). Unsupervised learning of generative and discriminative weights encoding elementary image components in a predictive coding model of cortical function. Neural Computation 24:60–103.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		Example: learning.Example{
			Text: `As divisive-error, with feedback synapses scaled to a peak of one and two small constants:
epsilon-1 lets silent neurons respond, epsilon-2 limits error units where nothing is
predicted. Recognition begins at rest. With twice as many hidden neurons as bars all 16
are found, and the spare neurons stay without a bar.

Look at figures/time-course.png. As recognition.epsilon-1 and epsilon-2 go to zero the
circuit becomes divisive-error.`,
			Hidden:   32,
			Partner:  "divisive-modulation",
			Learning: "epochs = 20",
		},
	}
}

// BeginsAtRest declares [Resting].
func (*DivisiveModulation[T]) BeginsAtRest() {}

// NeedsDense declares [DenseOnly].
func (*DivisiveModulation[T]) NeedsDense() {}

// Offers the error units, which stay in the block after the last step.
func (*DivisiveModulation[T]) Offers() []learning.Activity {
	return []learning.Activity{learning.DampedErrors}
}

// DriveIsFactor declares [DriveFactor].
func (*DivisiveModulation[T]) DriveIsFactor() {}

// Parameters returns ε₁ and ε₂.
func (c *DivisiveModulation[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{
		{Name: "epsilon-1", Doc: "response from which a silent hidden neuron starts", Value: &c.Epsilon1, Low: 1e-30, High: 1},
		{Name: "epsilon-2", Doc: "prediction that is always there", Value: &c.Epsilon2, Low: 1e-30, High: 1},
	}
}

// Prepare finds the peak of each part.
func (c *DivisiveModulation[T]) Prepare(w *learning.Weights[T]) error {
	if len(c.seed) != w.Pre() {
		c.seed = make([]T, w.Pre())
	}
	for a := range c.seed {
		c.seed[a] = 0
		if peak := kernel.Max(w.Of(a)); peak > 0 {
			c.seed[a] = T(c.Epsilon1) / peak
		}
	}
	return nil
}

// WhyAll completes the sentence of [learning.NeedsAll].
func (*DivisiveModulation[T]) WhyAll() string {
	return "without a normaliser a response rests on the sum of all synapses of its neuron, and would fall with every neuron that is missing"
}

// Begin does nothing: no quantity of the circuit stays constant during a presentation.
func (*DivisiveModulation[T]) Begin(*learning.Block[T]) {}

// Drive computes the error units, which stay in the block, and Σ_j w_aj e_j.
func (c *DivisiveModulation[T]) Drive(b *learning.Block[T]) {
	e := b.Errors()
	kernel.DampedQuotient(e, b.V, b.H, b.Rows, b.Synapses, T(c.Epsilon2))
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
