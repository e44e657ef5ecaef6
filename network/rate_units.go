package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// RateUnits is recognition by neurons with a membrane, "rate-units": rectified units
// that the stimulus excites and that inhibit each other as much as their parts
// overlap. With b = W v, G = W Wᵀ and parts of length one, so that g_aa = 1,
//
//	Tau dh_a/dt = −h_a + [ b_a − Σ_{c≠a} g_ac h_c − Threshold ]₊
//
// in Euler steps of Step milliseconds. Where it comes to rest, the rates are those of
// [LocallyCompetitive] and of [LateralInhibition] with the threshold as cost: the
// minimum of E + Threshold Σ_a h_a over h ≥ 0. On the way E may rise. The steps are
// stable where Step/Tau < 2/λ, λ the largest eigenvalue of G; a longer Step is
// shortened to nine tenths of that bound, which is computed from the synapses
// whenever they have changed.
//
// Source: the rectified rate model of a network with recurrent inhibition, as in Dayan
// & Abbott 2001, section 7.4.
type RateUnits[T neuron.Float] struct{ membrane[T] }

var (
	_ Circuit[float64]          = (*RateUnits[float64])(nil)
	_ SparsityPenalty           = (*RateUnits[float64])(nil)
	_ LateralInhibitor[float64] = (*RateUnits[float64])(nil)
)

// NewRateUnits returns the circuit with Tau 10 ms, Step 1 ms and Threshold 0.1.
func NewRateUnits[T neuron.Float]() *RateUnits[T] { return &RateUnits[T]{newMembrane[T]()} }

func (*RateUnits[T]) Name() string { return "rate-units" }

func (*RateUnits[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by rectified units with a membrane and lateral inhibition.",
		Sources: []string{
			"Dayan P, Abbott LF (2001). Theoretical Neuroscience. MIT Press.",
		},
		Unit:  learning.MsUnit,
		Steps: 100,
		Example: learning.Example{
			Text: `The rates follow their input with a time constant of 10 ms. The input is excitation minus
inhibition minus a threshold, rectified. The network settles where lateral-inhibition
does with the threshold as cost, but it begins at rest, and the objective may rise on the
way.

Look at figures/time-course.png, whose axis is in ms. A step of 1 ms would be too long where
many parts overlap; it is shortened by the largest eigenvalue of the overlaps. All 16 bars
are found.`,
			Partner:  "subtractive",
			Learning: "epochs = 20",
		},
	}
}

// Drive computes the inhibition −H W Wᵀ.
func (c *RateUnits[T]) Drive(b *learning.Block[T]) { c.inhibit(b) }

// Update lets every rate go one step.
func (c *RateUnits[T]) Update(b *learning.Block[T]) {
	threshold := T(c.Threshold)
	for i := range b.Rows {
		at := i * b.Hidden
		for a, h := range b.H[at : at+b.Hidden] {
			input := b.Drive[at+a] + b.Inhibition[at+a] + T(c.self[a]*h) - threshold
			b.H[at+a] = h + T(c.share*(max(0, input)-h))
		}
	}
}

// membrane is what circuits share whose neurons have a time constant and inhibit each
// other as much as their parts overlap.
type membrane[T neuron.Float] struct {
	Tau       float64 // time constant of the membrane, ms
	Step      float64 // ms
	Threshold float64 // in units of the excitation b

	gramInhibition[T]
	self  []T // g_aa
	share T   // Step/Tau, shortened to what is stable
}

func newMembrane[T neuron.Float]() membrane[T] {
	return membrane[T]{Tau: 10, Step: 1, Threshold: 0.1}
}

func (*membrane[T]) Objective() learning.Objective { return learning.SquaredError }

// Requires says that g_aa = 1 only with parts of length 1.
func (*membrane[T]) Requires() synapse.Normalisation { return synapse.UnitLength }

// BeginsAtRest declares [Resting].
func (*membrane[T]) BeginsAtRest() {}

// Parameters returns Tau, Step and Threshold.
func (c *membrane[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{
		{Name: "tau", Doc: "time constant of the membrane of a hidden neuron, ms", Value: &c.Tau, Low: 1e-3, High: 1e6},
		{Name: "dt", Doc: "time of a recognition step, ms; shortened where the synapses would not let it settle", Value: &c.Step, Low: 1e-6, High: 1e6},
		{Name: "threshold", Doc: "excitation below which a hidden neuron is silent: the larger, the sparser the encoding", Value: &c.Threshold, Low: 0, High: 1e6},
	}
}

// SparsityPenalty returns Threshold, which is what a firing rate costs.
func (c *membrane[T]) SparsityPenalty() float64 { return c.Threshold }

// stable is the share of the bound on a step that is taken.
const stable = 0.9

// Prepare sets the inhibitory synapses to −W Wᵀ and finds the step that they allow.
func (c *membrane[T]) Prepare(w *learning.Weights[T]) error {
	if err := c.gramInhibition.prepare(w); err != nil {
		return err
	}
	r := w.Pre()
	if len(c.self) != r {
		c.self = make([]T, r)
	}
	share := c.Step / c.Tau
	if bound := kernel.SpectralBound(c.spareOverlap(), r); bound > 0 {
		share = min(share, stable*2/bound)
	}
	c.share = T(share)
	for a := range r {
		c.self[a] = -c.lateral.Weights()[a*r+a]
	}
	return nil
}

// spareOverlap returns W Wᵀ in memory that the next Prepare overwrites.
func (c *membrane[T]) spareOverlap() []T {
	for i, g := range c.lateral.Weights() {
		c.spare[i] = -g
	}
	return c.spare
}

// StepTaken returns the time of a step in ms after what the synapses allow.
func (c *membrane[T]) StepTaken() float64 { return float64(c.share) * c.Tau }

// Begin computes the excitation V Wᵀ and what stays of the inhibition where entries are missing.
func (c *membrane[T]) Begin(b *learning.Block[T]) {
	excite(b)
	c.overlapSeen(b)
}
