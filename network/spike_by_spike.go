package network

import (
	"partsnet/internal/elementary"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// SpikeBySpike is recognition from spikes, "spike-by-spike". Visible neurons fire
// Poisson spikes at rates v, so that the next spike is at neuron s with probability
// v_s / Σ_j v_j; each spike moves the hidden rates at once,
//
//	h_a ← ( h_a + ε h_a x_a ) / ( 1 + ε ),   x_a = w_as Σ_j v_j / Σ_b h_b w_bs
//	ε = Epsilon t^(−Decay) at the t-th spike
//
// and Σ_a h_a = Σ_j v_j from the first to the last, where synapses sum to one. The
// published rates sum to one; here they carry the total of the stimulus, as in
// [DivisiveError], of which this is a stochastic version: in the mean a spike moves h as a
// short step there does. Decay ½ lets the noise die out; without decay the rates
// wander about the answer, the less the smaller Epsilon. A spike that no hidden neuron
// predicts, beyond 10⁻¹⁰ of the rates, moves nothing.
//
// One recognition step is one spike.
//
// Source: Ernst, Rotermund & Pawelzik 2007.
type SpikeBySpike[T neuron.Float] struct {
	Epsilon float64 // how far one spike moves the rates
	Decay   float64 // of Epsilon with the number of spikes

	// RandomSeed and the number of the presentation determine the spike trains.
	RandomSeed uint64
}

var (
	_ Circuit[float64] = (*SpikeBySpike[float64])(nil)
	_ Stochastic       = (*SpikeBySpike[float64])(nil)
)

// NewSpikeBySpike returns the circuit with Epsilon 0.2 and no Decay.
func NewSpikeBySpike[T neuron.Float]() *SpikeBySpike[T] { return &SpikeBySpike[T]{Epsilon: 0.2} }

func (*SpikeBySpike[T]) Name() string { return "spike-by-spike" }

func (*SpikeBySpike[T]) Objective() learning.Objective { return learning.KL }

func (*SpikeBySpike[T]) Describe() learning.Description {
	return learning.Description{
		Doc: "Recognition from single spikes (Ernst, Rotermund & Pawelzik 2007).",
		Sources: []string{
			"Ernst U, Rotermund D, Pawelzik K (2007). Efficient computation based on stochastic spikes. Neural Computation 19:1313–1343.",
		},
		Unit:  learning.Unit{Name: "spike", Axis: "spike of the visible layer"},
		Steps: 400,
		Example: learning.Example{
			Text: `Visible neurons fire Poisson spikes, and each spike moves the hidden rates at once towards
the neurons that predicted it. No rate of a visible neuron is ever measured; some hundred
spikes are enough to recognise the stimulus.

Look at figures/time-course.png: the spikes, and the rates that follow them. The rates
never settle unless recognition.decay lets a spike count less as time passes. All 16 bars
are found.`,
			Partner:  "spike-by-spike",
			Learning: "epochs = 20",
		},
	}
}

// Requires says that rates keep the total of the stimulus only with synapses that sum to 1.
func (*SpikeBySpike[T]) Requires() synapse.Normalisation { return synapse.UnitSum }

// Offers the spikes of the visible neurons.
func (*SpikeBySpike[T]) Offers() []learning.Activity { return []learning.Activity{learning.Spikes} }

// DriveIsFactor declares [DriveFactor].
func (*SpikeBySpike[T]) DriveIsFactor() {}

// Parameters returns Epsilon and Decay.
func (c *SpikeBySpike[T]) Parameters() []learning.Parameter {
	return []learning.Parameter{
		{Name: "epsilon", Doc: "how far one spike moves the hidden rates", Value: &c.Epsilon, Low: 1e-9, High: 1e3},
		{Name: "decay", Doc: "exponent by which epsilon falls with the number of spikes: 0 for not at all, 0.5 to settle", Value: &c.Decay, Low: 0, High: 1},
	}
}

// Draws names the spikes.
func (*SpikeBySpike[T]) Draws() string { return "spikes" }

// RecognisesByChance declares [Stochastic].
func (*SpikeBySpike[T]) RecognisesByChance() {}

// Seed sets RandomSeed.
func (c *SpikeBySpike[T]) Seed(seed uint64) { c.RandomSeed = seed }

// spikeTrains is what the circuit keeps with a block: the visible layer as a source of
// spikes, one a stimulus, and the number of steps since the block began.
type spikeTrains[T neuron.Float] struct {
	spikes []neuron.Spikes[T]
	step   int
}

func trains[T neuron.Float](b *learning.Block[T]) *spikeTrains[T] {
	t := learning.StateOf[spikeTrains[T]](b)
	learning.Buffer(&t.spikes, b.Rows)
	return t
}

// LastSpike returns the visible neuron that fired last to stimulus i.
func (c *SpikeBySpike[T]) LastSpike(b *learning.Block[T], i int) int {
	return trains(b).spikes[i].Last()
}

// Prepare packs the synapses by visible neuron.
func (c *SpikeBySpike[T]) Prepare(w *learning.Weights[T]) error {
	w.Packed().PackRows()
	return nil
}

// WhyAll completes the sentence of [learning.NeedsAll].
func (*SpikeBySpike[T]) WhyAll() string {
	return "to a hidden neuron a spike is one of all visible neurons, of which its synapses are shares"
}

// Begin sums up the rates of each stimulus and seeds its spike train.
func (c *SpikeBySpike[T]) Begin(b *learning.Block[T]) {
	c.Again(b)
	t := trains(b)
	t.step = 0
	for i := range b.Rows {
		t.spikes[i].Seed(c.RandomSeed, b.PresentationID+uint64(i))
	}
}

// Again sums up the rates of each stimulus; its spike train goes on.
func (*SpikeBySpike[T]) Again(b *learning.Block[T]) {
	for i, s := 0, trains(b).spikes; i < b.Rows; i++ {
		if b.Counts != nil {
			from, to := b.Counts.Start[b.RowOffset+i], b.Counts.Start[b.RowOffset+i+1]
			if b.Counts.Small != nil {
				s[i].ShowCounts(b.Counts.Index[from:to], b.Counts.Small[from:to])
			} else {
				s[i].ShowSome(b.Counts.Index[from:to], b.Counts.Value[from:to])
			}
		} else {
			s[i].Show(b.V[i*b.Visible : (i+1)*b.Visible])
		}
	}
}

// unpredicted is the prediction of a spike, as a share of all rates, up to which the spike
// counts as unpredicted.
const unpredicted = 1e-10

// Drive draws a spike for each stimulus and computes x; where the block asks for
// them it adds the coincidences of the rates with the error unit, which fires at one
// over the prediction of the spike.
func (c *SpikeBySpike[T]) Drive(b *learning.Block[T]) {
	r, spikes := b.Hidden, trains(b).spikes
	for i := range b.Rows {
		h, x := b.H[i*r:(i+1)*r], b.Drive[i*r:(i+1)*r]
		s := spikes[i].Next()
		p, total, w := T(0), T(spikes[i].Total()), []T(nil)
		if s >= 0 {
			w = b.Synapses.Onto(s)
			for a, y := range h {
				p += T(y * w[a])
			}
		}
		if s < 0 || p <= unpredicted*total {
			for a := range x {
				x[a] = 1
			}
			continue
		}
		scale := total / p
		for a, y := range w {
			x[a] = y * scale
		}
		if b.Coincidence != nil {
			e := b.CoincidenceWeight / p
			for a, y := range h {
				b.Coincidence[a*b.Visible+s] += T(y * e)
			}
		}
	}
}

// Update moves the rates by the spike.
func (c *SpikeBySpike[T]) Update(b *learning.Block[T]) {
	t := trains(b)
	t.step++
	// t^−Decay, the same bits on every machine
	eps := T(c.Epsilon * elementary.Exp(-c.Decay*elementary.Log(float64(t.step))))
	down := 1 / (1 + eps)
	for k, h := range b.H {
		b.H[k] = (h + T(eps*T(h*b.Drive[k]))) * down
	}
}
