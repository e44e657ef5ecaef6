package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// SpikeBySpikeSquares is the other rule for the circuit spike-by-spike,
// "spike-by-spike-squares": a step against the squared difference between the share
// of a stimulus at each visible neuron and its prediction, with h and v divided by
// their sums,
//
//	w_aj ← max( w_aj + Rate ( v_j − Σ_b h_b w_bj ) h_a, 10⁻⁶ )
//	w_aj ← w_aj / Σ_k w_ak
//
// The floor keeps every synapse alive. The rule is local: it reads the rate and the
// difference at the visible neuron. It lowers no objective that is measured here
// step by step; the objective recorded is D.
//
// Source: the "local learning" of the spike-by-spike networks of Rotermund & Pawelzik
// 2019.
type SpikeBySpikeSquares[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*SpikeBySpikeSquares[float64])(nil)

// leastShare is the floor under a synapse whose sum is one.
const leastShare = 1e-6

// NewSpikeBySpikeSquares returns the rule with Rate 0.1.
func NewSpikeBySpikeSquares[T neuron.Float]() *SpikeBySpikeSquares[T] {
	return &SpikeBySpikeSquares[T]{Rate: 0.1}
}

func (*SpikeBySpikeSquares[T]) Name() string { return "spike-by-spike-squares" }

func (*SpikeBySpikeSquares[T]) Objective() Objective { return KL }

func (*SpikeBySpikeSquares[T]) Describe() Description {
	return Description{
		Doc: "The other rule for spikes: against the squared difference of shares.",
		Sources: []string{
			"Rotermund D, Pawelzik KR (2019). Back-propagation learning in deep spike-by-spike networks. Frontiers in Computational Neuroscience 13:55.",
		},
		Local: true,
		Example: Example{
			Text: `Recognition is from spikes; learning compares the stimulus with the prediction and
needs many presentations, or spare neurons: here twice as many as bars.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Hidden:      32,
			Partner:     "spike-by-spike",
			Recognition: "epsilon = 0.1",
			Learning:    "epochs = 20",
		},
	}
}

// Keeps says that the synapses of each hidden neuron sum to 1.
func (*SpikeBySpikeSquares[T]) Keeps() synapse.Normalisation { return synapse.UnitSum }

// LearnsOnline declares [Online].
func (*SpikeBySpikeSquares[T]) LearnsOnline() {}

func (*SpikeBySpikeSquares[T]) Reads() Activity { return Spikes }

func (r *SpikeBySpikeSquares[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// WhyAll completes the sentence of [NeedsAll].
func (*SpikeBySpikeSquares[T]) WhyAll() string {
	return "to a hidden neuron a spike is one of all visible neurons, of which its synapses are shares"
}

// NewAccumulator returns an accumulator for Σ (v − h W) h.
func (*SpikeBySpikeSquares[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n)}
}

// Accumulate adds (v − h W) h, both divided by the sum of the stimulus.
func (*SpikeBySpikeSquares[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	e, h := b.Errors(), b.scaledRates()
	kernel.Residual(e, b.V, b.H, b.Rows, b.Synapses)
	copy(h, b.H)
	for i := range b.Rows {
		if sum := kernel.Sum(b.V[i*b.Visible : (i+1)*b.Visible]); sum != 0 {
			kernel.Divide(e[i*b.Visible:(i+1)*b.Visible], T(sum))
			kernel.Divide(h[i*b.Hidden:(i+1)*b.Hidden], T(sum))
		}
	}
	kernel.Correlate(acc.Coincidence, h, e, b.Rows, acc.Hidden, acc.Visible)
}

// Propose adds, stops at the floor and normalises.
func (r *SpikeBySpikeSquares[T]) Propose(c *Change[T]) {
	share := T(r.Rate) / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j, x := range met {
			next[j] = max(now[j]+T(share*x), leastShare)
		}
		kernel.Divide(next, T(kernel.Sum(next)))
	}
}
