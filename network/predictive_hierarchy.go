package network

import (
	"math/rand/v2"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// PredictiveHierarchy is two stages of divisive input modulation above each other,
// "predictive-hierarchy". The responses of the lower stage, x = min(1, y), are the
// stimulus of the upper one, which has synapses W′ of its own; and the upper stage sends
// its responses y′ back down through further synapses U, where they modulate and do not
// create activity,
//
//	y_a ← ( ε₁ + y_a ) Σ_j w_aj e_j ( 1 + Feedback min(1, Σ_b u_ba y′_b) )
//	e′_a = x_a / ( ε₂ + Σ_b y′_b w′_ba / max_c w′_bc )
//	y′_b ← ( ε₁ + y′_b ) Σ_a w′_ba e′_a
//
// After each presentation the upper synapses change as those of
// learning.DivisiveModulation do, and U learns to predict the responses below,
//
//	w′_ba ← [ w′_ba ( 1 + UpperRate y′_b (e′_a − 1) ) ]₊
//	u_ba  ← [ u_ba ( 1 + UpperRate y′_b ( x_a/(ε₂ + Σ_c u_ca y′_c) − 1 ) ) ]₊
//
// Source: Spratling 2008, 2012.
type PredictiveHierarchy[T neuron.Float] struct {
	DivisiveModulation[T] // the lower stage

	Upper      int     // number of neurons of the upper stage
	Feedback   float64 // how much the upper stage modulates the lower
	UpperRate  float64 // of the synapses between the stages
	RandomSeed uint64  // that determines these synapses at the start

	up, down *synapse.Projection[T] // W′ and U, upper×hidden
	peak     []T                    // of each part of the lower stage
	peakUp   []T
}

var (
	_ Circuit[float64] = (*PredictiveHierarchy[float64])(nil)
	_ Stochastic       = (*PredictiveHierarchy[float64])(nil)
	_ Plastic[float64] = (*PredictiveHierarchy[float64])(nil)
)

// NewPredictiveHierarchy returns the circuit with 16 neurons in the upper stage, Feedback
// 0.5 and UpperRate 0.05.
func NewPredictiveHierarchy[T neuron.Float]() *PredictiveHierarchy[T] {
	return &PredictiveHierarchy[T]{DivisiveModulation: *NewDivisiveModulation[T](), Upper: 16, Feedback: 0.5, UpperRate: 0.05}
}

func (*PredictiveHierarchy[T]) Name() string { return "predictive-hierarchy" }

func (c *PredictiveHierarchy[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Two stages of predictive coding above each other (Spratling 2012).",
		Sources: []string{
			"Spratling MW (2008). Predictive coding as a model of biased competition in visual attention. Vision Research 48:1391–1408.",
			"Spratling MW (2012). Unsupervised learning of generative and discriminative weights encoding elementary image components in a predictive coding model of cortical function. Neural Computation 24:60–103.",
		},
		Unit:  learning.StepUnit,
		Steps: 50,
		Arrays: []learning.ArrayDescription{
			{Name: "upper→hidden", File: "W-upper", Doc: "synapses W′ by which the upper stage predicts the lower", Shape: "upper × hidden"},
			{Name: "upper→hidden, modulating", File: "U-upper", Doc: "synapses U by which the upper stage modulates the lower", Shape: "upper × hidden"},
		},
		Memory: func(hidden, _ int) float64 { return 4 * float64(c.Upper*hidden) },
		Example: learning.Example{
			Text: `The responses of the lower stage are the stimulus of the upper one. The upper stage sends
back what it expects, which can strengthen responses below but cannot create any. All
synapses learn at once, presentation by presentation.

Here every stimulus has bars of one orientation. The lower stage finds all 16 bars, and the
two neurons of the upper stage find the two orientations. Look at figures/parts-layer-1.png
and figures/parts-layer-2.png: what the upper neurons stand for, drawn through the lower
stage to the visible layer.`,
			Stimuli:     learning.Bars + "orientations = \"one\"\n",
			Hidden:      32,
			Partner:     "divisive-modulation",
			Recognition: "upper = 2",
			Learning:    "epochs = 20",
		},
	}
}

// NeedsBatchOfOne declares [BatchOfOne]: the synapses between the stages learn after each presentation.
func (*PredictiveHierarchy[T]) NeedsBatchOfOne() {}

// Parameters returns those of a stage and the three of the hierarchy.
func (c *PredictiveHierarchy[T]) Parameters() []learning.Parameter {
	return append(c.DivisiveModulation.Parameters(),
		learning.Parameter{Name: "upper", Doc: "number of hidden neurons of the upper stage", Count: &c.Upper, Low: 1, High: 1e6},
		learning.Parameter{Name: "feedback", Doc: "how much the upper stage modulates the lower", Value: &c.Feedback, Low: 0, High: 1e3},
		learning.Parameter{Name: "upper-rate", Doc: "how far one presentation moves the synapses between the stages", Value: &c.UpperRate, Low: 0, High: 1e6})
}

// Stages returns the synapses between the stages, upper×hidden: those up, W′, and those
// that modulate, U; nil before the circuit is part of a network.
func (c *PredictiveHierarchy[T]) Stages() (up, down *synapse.Projection[T]) { return c.up, c.down }

// Extend makes the upper stage, and draws the synapses between the stages uniformly
// between 0.1 and 1.
func (c *PredictiveHierarchy[T]) Extend(_, hidden neuron.Layer) Extension[T] {
	upper := c.Upper
	c.up = synapse.New[T]("upper→hidden", upper, hidden.Size, synapse.Excitatory)
	c.down = synapse.New[T]("upper→hidden, modulating", upper, hidden.Size, synapse.Excitatory)
	c.up.Randomise(rand.New(rand.NewPCG(c.RandomSeed, 1)), 0.1, 1)
	c.down.Randomise(rand.New(rand.NewPCG(c.RandomSeed, 2)), 0.1, 1)
	c.peak, c.peakUp = make([]T, hidden.Size), make([]T, upper)
	return Extension[T]{
		Populations: []Population{{neuron.Layer{Name: "upper", Size: upper}, UpperStage}},
		Projections: []Projection[T]{{Projection: c.up, Role: Generative}, {Projection: c.down, Role: Modulatory}},
	}
}

// Draws names the synapses between the stages, at the start.
func (*PredictiveHierarchy[T]) Draws() string { return "synapses between stages" }

// RecognisesByChance declares [Stochastic].
func (*PredictiveHierarchy[T]) RecognisesByChance() {}

// Seed sets RandomSeed.
func (c *PredictiveHierarchy[T]) Seed(seed uint64) { c.RandomSeed = seed }

// Prepare finds the peaks.
func (c *PredictiveHierarchy[T]) Prepare(w *learning.Weights[T]) error {
	peaks(c.peak, w.Projection)
	peaks(c.peakUp, c.up)
	return c.DivisiveModulation.Prepare(w)
}

func peaks[T neuron.Float](peak []T, w *synapse.Projection[T]) {
	for a := range peak {
		peak[a] = kernel.Max(w.Of(a))
	}
}

// upperStage is what the circuit keeps with a block: the rates of the upper stage,
// Rows×upper, and the error units between the stages, Rows×r.
type upperStage[T neuron.Float] struct{ rates, errors []T }

func (c *PredictiveHierarchy[T]) stage(b *learning.Block[T]) (rates, errors []T) {
	s := learning.StateOf[upperStage[T]](b)
	return learning.Buffer(&s.rates, b.Rows*len(c.peakUp)), learning.Buffer(&s.errors, b.Rows*b.Hidden)
}

// WhyAll completes the sentence of [learning.NeedsAll].
func (*PredictiveHierarchy[T]) WhyAll() string {
	return "without a normaliser a response rests on the sum of all synapses of its neuron, and would fall with every neuron that is missing"
}

// Begin sets the rates and error units of the upper stage to zero.
func (c *PredictiveHierarchy[T]) Begin(b *learning.Block[T]) {
	y, e := c.stage(b)
	clear(y)
	clear(e)
}

// Again leaves the upper stage as it is.
func (*PredictiveHierarchy[T]) Again(*learning.Block[T]) {}

// Update moves the lower stage by its drive and the modulation, and then the upper by what
// the lower has become.
func (c *PredictiveHierarchy[T]) Update(b *learning.Block[T]) {
	r, upper := b.Hidden, len(c.peakUp)
	ys, es := c.stage(b)
	for i := range b.Rows {
		h, drive, y, e := b.H[i*r:(i+1)*r], b.Drive[i*r:(i+1)*r], ys[i*upper:(i+1)*upper], es[i*r:(i+1)*r]
		for a := range h {
			h[a] = (c.seed[a] + h[a]) * drive[a] * (1 + T(T(c.Feedback)*min(1, onto(c.down, y, a))))
		}
		b.Fix(h) // before the upper stage hears them
		for a := range h {
			predicted := T(0)
			for b, x := range y {
				if c.peakUp[b] > 0 {
					predicted += T(x * c.up.Of(b)[a] / c.peakUp[b])
				}
			}
			e[a] = min(1, h[a]*c.peak[a]) / (T(c.Epsilon2) + predicted)
		}
		for b := range y {
			y[b] = (T(c.Epsilon1) + y[b]) * T(kernel.Dot(c.up.Of(b), e))
		}
	}
}

// onto returns Σ_b y_b w_ba.
func onto[T neuron.Float](w *synapse.Projection[T], y []T, a int) (sum T) {
	for b, x := range y {
		sum += T(x * w.Of(b)[a])
	}
	return sum
}

// Observables are the rates of the upper stage.
func (c *PredictiveHierarchy[T]) Observables() []Observable {
	return []Observable{{"upper", "rate of the upper stage", "upper", c.Upper}}
}

// Observe returns the rates of the upper stage.
func (c *PredictiveHierarchy[T]) Observe(b *learning.Block[T], _ string, i int) []T {
	rates, _ := c.stage(b)
	return rates[i*len(c.peakUp) : (i+1)*len(c.peakUp)]
}

// ProposeOwn lets the synapses between the stages learn from the presentation that the
// block holds, by a rule of their own.
func (c *PredictiveHierarchy[T]) ProposeOwn(o *OwnChange[T]) {
	nextUp, nextDown, block := o.Next[0], o.Next[1], o.Block
	y, e := c.stage(block)
	r := block.Hidden
	for b := range y {
		z := T(c.UpperRate) * y[b]
		for a, w := range c.up.Of(b) {
			nextUp[b*r+a] = max(0, w*(1+T(z*(e[a]-1))))
		}
	}
	for a, h := range block.H {
		x := min(1, h*c.peak[a]) / (T(c.Epsilon2) + onto(c.down, y, a))
		for b := range y {
			z := T(c.UpperRate) * y[b]
			nextDown[b*r+a] = max(0, c.down.Of(b)[a]*(1+T(z*(x-1))))
		}
	}
}
