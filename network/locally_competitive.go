package network

import (
	"partsnet/learning"
	"partsnet/neuron"
)

// LocallyCompetitive is recognition by the locally competitive algorithm, "lca": as
// [RateUnits], but the membrane potential u is apart from the rate h, and a neuron
// inhibits the others only while it is above its threshold,
//
//	Tau du_a/dt = −u_a + b_a − Σ_{c≠a} g_ac h_c
//	h_a = [ u_a − Threshold ]₊
//
// Where it comes to rest the rates minimise E + Threshold Σ_a h_a over h ≥ 0: at
// threshold zero, non-negative least squares. The step and its bound are those of
// [RateUnits]. Recognition that continues from rates h > 0 begins with
// u = h + Threshold, and with u = 0 for silent neurons.
//
// Source: Rozell, Johnson, Baraniuk & Olshausen 2008.
type LocallyCompetitive[T neuron.Float] struct{ membrane[T] }

var (
	_ Circuit[float64]          = (*LocallyCompetitive[float64])(nil)
	_ SparsityPenalty           = (*LocallyCompetitive[float64])(nil)
	_ LateralInhibitor[float64] = (*LocallyCompetitive[float64])(nil)
)

// NewLocallyCompetitive returns the circuit with Tau 10 ms, Step 1 ms and Threshold
// 0.1.
func NewLocallyCompetitive[T neuron.Float]() *LocallyCompetitive[T] {
	return &LocallyCompetitive[T]{newMembrane[T]()}
}

func (*LocallyCompetitive[T]) Name() string { return "lca" }

func (*LocallyCompetitive[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition by the locally competitive algorithm (Rozell et al. 2008).",
		Sources: []string{
			"Rozell CJ, Johnson DH, Baraniuk RG, Olshausen BA (2008). Sparse coding via thresholding and local competition in neural circuits. Neural Computation 20:2526–2563.",
		},
		Unit:  learning.MsUnit,
		Steps: 100,
		Example: learning.Example{
			Text: `Membrane potentials integrate excitation and inhibition. A neuron fires, and inhibits the
others, only while its potential is above the threshold; the higher the threshold, the
fewer neurons take part.

Look at figures/time-course.png: neurons cross the threshold one after the other, and the
first to fire keep those silent whose parts look alike. All 16 bars are found.`,
			Partner:  "subtractive",
			Learning: "epochs = 20",
		},
	}
}

// membranes is what the circuit keeps with a block: membrane potentials, Rows×r.
type membranes[T neuron.Float] struct{ potential []T }

func potentials[T neuron.Float](b *learning.Block[T]) []T {
	return learning.Buffer(&learning.StateOf[membranes[T]](b).potential, b.Rows*b.Hidden)
}

// Begin computes what [RateUnits] does and the potentials that belong to the rates.
func (c *LocallyCompetitive[T]) Begin(b *learning.Block[T]) {
	c.membrane.Begin(b)
	u := potentials(b)
	for k, h := range b.H {
		u[k] = 0
		if h > 0 {
			u[k] = h + T(c.Threshold)
		}
	}
}

// Again computes what [RateUnits] does; the potentials go on.
func (c *LocallyCompetitive[T]) Again(b *learning.Block[T]) { c.membrane.Begin(b) }

// Observables are the membrane potentials.
func (*LocallyCompetitive[T]) Observables() []Observable {
	return []Observable{{"potential", "membrane potential", "hidden", 0}}
}

// Observe returns the potentials.
func (*LocallyCompetitive[T]) Observe(b *learning.Block[T], _ string, i int) []T {
	return potentials(b)[i*b.Hidden : (i+1)*b.Hidden]
}

// Drive computes the inhibition −H W Wᵀ.
func (c *LocallyCompetitive[T]) Drive(b *learning.Block[T]) { c.inhibit(b) }

// Update lets every potential go one step.
func (c *LocallyCompetitive[T]) Update(b *learning.Block[T]) {
	u, threshold := potentials(b), T(c.Threshold)
	for i := range b.Rows {
		at := i * b.Hidden
		for a, h := range b.H[at : at+b.Hidden] {
			k := at + a
			u[k] += T(c.share * (b.Drive[k] + b.Inhibition[k] + T(c.self[a]*h) - u[k]))
			b.H[k] = max(0, u[k]-threshold)
		}
	}
}
