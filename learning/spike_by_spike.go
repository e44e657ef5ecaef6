package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// SpikeBySpike is a rule for the circuit of that name, "spike-by-spike". Over the
// second half of the spikes of a presentation, when the rates have settled, each spike
// at visible neuron s is credited to the hidden neurons by how much of it each
// predicted. With c_as the mean credit a spike,
//
//	c_as = ⟨ h_a w_as / Σ_b h_b w_bs ⟩
//	w_as ← ( w_as + Rate c_as ) / ( 1 + Rate Σ_k c_ak )
//
// Sums of one stay sums of one, and no synapse can become negative. It is [Poisson]
// with the spikes that came in the place of the rates behind them, and a memory in
// the synapses.
//
// The rule is local: a spike, the weight, the rate, and the error unit that
// the spike makes fire at 1 / Σ_b h_b w_bs. It lowers D in the mean; no step must.
//
// Source: an expectation-maximisation rule for the network of Ernst, Rotermund &
// Pawelzik 2007.
type SpikeBySpike[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*SpikeBySpike[float64])(nil)

// NewSpikeBySpike returns the rule with Rate 0.2.
func NewSpikeBySpike[T neuron.Float]() *SpikeBySpike[T] { return &SpikeBySpike[T]{Rate: 0.2} }

func (*SpikeBySpike[T]) Name() string { return "spike-by-spike" }

func (*SpikeBySpike[T]) Objective() Objective { return KL }

func (*SpikeBySpike[T]) Describe() Description {
	return Description{
		Doc: "Learning from single spikes (Ernst, Rotermund & Pawelzik 2007).",
		Sources: []string{
			"Ernst U, Rotermund D, Pawelzik K (2007). Efficient computation based on stochastic spikes. Neural Computation 19:1313–1343.",
		},
		Local: true,
		Example: Example{
			Text: `In the second half of a presentation each spike is credited to the hidden neurons that
predicted it, and the synapses move towards the credit.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Partner:  "spike-by-spike",
			Learning: "epochs = 20",
		},
	}
}

// Keeps says that the synapses of each hidden neuron sum to 1.
func (*SpikeBySpike[T]) Keeps() synapse.Normalisation { return synapse.UnitSum }

// LearnsOnline declares [Online].
func (*SpikeBySpike[T]) LearnsOnline() {}

// AccumulatesEachStep declares [EachStep]: a spike is credited when it arrives.
func (*SpikeBySpike[T]) AccumulatesEachStep() {}

func (*SpikeBySpike[T]) Reads() Activity { return Spikes }

func (r *SpikeBySpike[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// WhyAll completes the sentence of [NeedsAll].
func (*SpikeBySpike[T]) WhyAll() string {
	return "to a hidden neuron a spike is one of all visible neurons, of which its synapses are shares"
}

// NewAccumulator returns an accumulator for the coincidences of rates and error
// units, which the circuit adds while it runs.
func (*SpikeBySpike[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n)}
}

// Accumulate adds nothing to what the circuit has added.
func (*SpikeBySpike[T]) Accumulate(*Accumulator[T], *Block[T]) {}

// Propose mixes the credit into the synapses.
func (r *SpikeBySpike[T]) Propose(c *Change[T]) {
	share := T(r.Rate) / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j, x := range met {
			next[j] = now[j] + T(share*T(now[j]*x))
		}
		if sum := kernel.Sum(next); sum != 0 {
			kernel.Divide(next, T(sum))
		}
	}
}
