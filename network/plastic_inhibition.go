package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// PlasticInhibition is competition through inhibitory synapses that are learned,
// "plastic-inhibition". The stimulus excites each hidden neuron, the others inhibit it
// through synapses m_ac from c onto a that a rule changes, and one after the other
// the neurons take the rate that follows from those of the others,
//
//	h_a ← [ Σ_j w_aj v_j − Σ_{c≠a} m_ac h_c − t_a ]₊        a = 1, ..., r
//
// or Ceiling, if that is less and not zero. One such sweep is a recognition step; it
// begins at rest. Where the inhibition is symmetric and not too strong, sweeps settle at a
// minimum of the energy they descend. The circuit has neither feedback to the visible layer
// nor error units. The thresholds t start at Threshold; some rules move them.
//
// Source: Pehlevan & Chklovskii 2014; Földiák 1990 for the thresholds.
type PlasticInhibition[T neuron.Float] struct {
	Threshold float64 // at the start, in units of the excitation
	Ceiling   float64 // the largest rate; 0 for none

	lateral    *synapse.Projection[T] // hidden→hidden, inhibitory; row c is −m_ac over a
	thresholds []T
	change     learning.LateralChange[T]
}

var (
	_ Circuit[float64]          = (*PlasticInhibition[float64])(nil)
	_ LateralInhibitor[float64] = (*PlasticInhibition[float64])(nil)
	_ Plastic[float64]          = (*PlasticInhibition[float64])(nil)
)

// NewPlasticInhibition returns the circuit with Threshold 0.
func NewPlasticInhibition[T neuron.Float]() *PlasticInhibition[T] { return &PlasticInhibition[T]{} }

func (*PlasticInhibition[T]) Name() string { return "plastic-inhibition" }

func (*PlasticInhibition[T]) Objective() learning.Objective { return learning.Similarity }

func (*PlasticInhibition[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Competition through inhibitory synapses that are learned (Pehlevan & Chklovskii 2014).",
		Sources: []string{
			"Pehlevan C, Chklovskii DB (2014). A Hebbian/anti-Hebbian network derived from online non-negative matrix factorization can cluster and discover sparse features. Asilomar Conference on Signals, Systems and Computers, 769–775.",
			"Földiák P (1990). Forming sparse representations by local anti-Hebbian learning. Biological Cybernetics 64:165–170.",
		},
		Unit:  learning.Unit{Name: "sweep", Axis: "sweep over the hidden layer"},
		Steps: 100,
		Arrays: []learning.ArrayDescription{
			{Name: "hidden→hidden", File: "M", Doc: "inhibitory synapses from one hidden neuron (row) onto another (column), never positive", Shape: "hidden × hidden"},
			{Name: "thresholds", File: "thresholds", Doc: "thresholds of the hidden neurons", Shape: "1 × hidden"},
		},
		Example: learning.Example{
			Text: `Hidden neurons hear the stimulus and inhibit each other through synapses of their own,
which learn which neurons fire together. Nothing is sent back to the visible layer and
nothing is reconstructed: answers are to be as similar to each other as the stimuli are.

Look at figures/time-course.png: after one sweep over the hidden layer most is decided. All
16 bars have a neuron of their own, but a part is the mean of the stimuli to which its
neuron fires, a bar over grey, and does not match the bar with a cosine of 0.9.`,
			Partner: "foldiak",
			Recognition: `ceiling = 1.0
threshold = 0.5`,
			Learning: `lateral-rate = 0.5
epochs = 30`,
		},
	}
}

// BeginsAtRest declares [Resting].
func (*PlasticInhibition[T]) BeginsAtRest() {}

// Offers the inhibitory synapses to rules that change them.
func (*PlasticInhibition[T]) Offers() []learning.Activity {
	return []learning.Activity{learning.LearnedInhibition}
}

// Parameters returns Ceiling and Threshold.
func (c *PlasticInhibition[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{
		{Name: "ceiling", Doc: "the largest rate of a hidden neuron; 0 for none", Value: &c.Ceiling, Low: 0, High: 1e6},
		{Name: "threshold", Doc: "excitation below which a hidden neuron is silent, at the start where the rule moves it", Value: &c.Threshold, Low: 0, High: 1e6},
	}
}

// Lateral returns the inhibitory projection of the hidden layer onto itself, nil
// before the circuit is part of a network.
func (c *PlasticInhibition[T]) Lateral() *synapse.Projection[T] { return c.lateral }

// Extend makes inhibitory synapses of weight zero, and thresholds.
func (c *PlasticInhibition[T]) Extend(_, hidden neuron.Layer) Extension[T] {
	r := hidden.Size
	c.lateral = synapse.New[T]("hidden→hidden", r, r, synapse.Inhibitory)
	c.thresholds = make([]T, r)
	for a := range c.thresholds {
		c.thresholds[a] = T(c.Threshold)
	}
	return Extension[T]{
		Projections: []Projection[T]{{Projection: c.lateral, Role: Lateral}},
		Variables:   []Array[T]{{"thresholds", 1, c.thresholds}},
	}
}

// Thresholds returns those of all hidden neurons, for reading.
func (c *PlasticInhibition[T]) Thresholds() []T { return c.thresholds }

// Prepare does nothing: the inhibition does not follow from the feedforward synapses.
func (*PlasticInhibition[T]) Prepare(*learning.Weights[T]) error { return nil }

// WhyAll completes the sentence of [learning.NeedsAll].
func (*PlasticInhibition[T]) WhyAll() string {
	return "it predicts no stimulus, so that nothing can fill a missing rate in"
}

// Begin computes the excitation V Wᵀ.
func (c *PlasticInhibition[T]) Begin(b *learning.Block[T]) { excite(b) }

// Drive computes the inhibition of all neurons by the present rates.
func (c *PlasticInhibition[T]) Drive(b *learning.Block[T]) {
	r := c.lateral.Pre()
	kernel.Mul(b.Inhibition, b.H, c.lateral.Weights(), b.Rows, r, r)
}

// Update sweeps over the neurons. What one neuron's new rate changes for the others is
// added to their inhibition at once.
func (c *PlasticInhibition[T]) Update(b *learning.Block[T]) {
	r, ceiling := b.Hidden, T(c.Ceiling)
	for i := range b.Rows {
		h, excitation, inhibition := b.H[i*r:(i+1)*r], b.Drive[i*r:(i+1)*r], b.Inhibition[i*r:(i+1)*r]
		for a, before := range h {
			now := max(0, excitation[a]+inhibition[a]-c.thresholds[a])
			if ceiling > 0 {
				now = min(now, ceiling)
			}
			if b.Fixed != nil && b.Fixed[a] >= 0 { // before it inhibits those after it
				now = b.Fixed[a]
			}
			if now == before {
				continue
			}
			h[a] = now
			moved := now - before
			for k, m := range c.lateral.Of(a) {
				inhibition[k] += T(moved * m)
			}
		}
	}
}

// ProposeOwn asks the rule, which [Pair] has found to be one for lateral synapses, for new
// inhibitory weights.
func (c *PlasticInhibition[T]) ProposeOwn(o *OwnChange[T]) {
	c.change = learning.LateralChange[T]{Next: o.Next[0], Now: c.lateral.Weights(), Thresholds: c.thresholds, Sum: o.Sum, Memory: o.Memory}
	o.Rule.(learning.LateralRule[T]).ProposeLateral(&c.change)
}
