package learning

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// DivisiveModulation is the rule of divisive input modulation, "divisive-modulation":
// after each presentation, with the error units e and the responses y that the circuit
// of the same name has left,
//
//	w_aj ← [ w_aj ( 1 + Rate y_a (e_j − 1) ) ]₊
//
// Synapses are not normalised. Where inputs are predicted, e = 1, and a response that is
// driven by Σ_j w_aj e_j is constant only if Σ_j w_aj = 1, so that the sums settle near 1 by
// themselves. Here y_a = h_a max_j w_aj, because the circuit keeps rates in
// the units of the prediction. Where the batch is larger, the mean change is taken.
//
// The rule is local: it reads the weight, the response and the error unit. It lowers
// D roughly; no step must.
//
// Source: Spratling, De Meyer & Kompass 2009; Spratling 2012.
type DivisiveModulation[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*DivisiveModulation[float64])(nil)

// NewDivisiveModulation returns the rule with Rate 0.05.
func NewDivisiveModulation[T neuron.Float]() *DivisiveModulation[T] {
	return &DivisiveModulation[T]{Rate: 0.05}
}

func (*DivisiveModulation[T]) Name() string { return "divisive-modulation" }

func (*DivisiveModulation[T]) Objective() Objective { return KL }

func (*DivisiveModulation[T]) Describe() Description {
	return Description{
		Doc: "The rule of divisive input modulation, with hidden neurons to spare (Spratling 2009).",
		Sources: []string{
			"Spratling MW, De Meyer K, Kompass R (2009). Unsupervised learning of overlapping image components using divisive input modulation. Computational Intelligence and Neuroscience 2009:381457.",
			"Spratling MW (2012). Unsupervised learning of generative and discriminative weights encoding elementary image components in a predictive coding model of cortical function. Neural Computation 24:60–103.",
		},
		Local: true,
		Example: Example{
			Text: `Synapses grow where error units fire above one and shrink below. The rule finds all
bars with twice the neurons that are needed; those to spare stay without a part.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Hidden:   32,
			Partner:  "divisive-modulation",
			Learning: "epochs = 20",
		},
	}
}

// LearnsOnline declares [Online].
func (*DivisiveModulation[T]) LearnsOnline() {}

// Reads says that the rule learns from the error units that the circuit has left.
func (*DivisiveModulation[T]) Reads() Activity { return DampedErrors }

func (r *DivisiveModulation[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// WhyAll completes the sentence of [NeedsAll].
func (*DivisiveModulation[T]) WhyAll() string {
	return "without a normaliser its responses rest on the sum of all synapses of a neuron"
}

// NewAccumulator returns an accumulator for Σ h e and Σ h.
func (*DivisiveModulation[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds h e and h.
func (*DivisiveModulation[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	kernel.Correlate(acc.Coincidence, b.H, b.Errors(), b.Rows, acc.Hidden, acc.Visible)
	sumRates(acc, b.H)
}

// Propose multiplies, and stops at zero.
func (r *DivisiveModulation[T]) Propose(c *Change[T]) {
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		peak := kernel.Max(now)
		step := T(r.Rate) * peak / T(max(1, c.Sum.Stimuli))
		total := c.Sum.Total[a]
		for j, x := range met {
			next[j] = max(0, now[j]*(1+T(step*(x-total))))
		}
	}
}

// Accepts refuses counts with which one presentation would take synapses to zero, where
// they stay: the rule multiplies those that the stimulus has nothing for by 1 − Rate y, and
// the response y grows to the largest count. When no neuron predicts a word that occurs, D
// is infinite.
func (r *DivisiveModulation[T]) Accepts(f Form) error {
	if f.Counts && r.Rate*f.Largest >= 1 {
		return fmt.Errorf("learning.rate = %v: rule %q sets synapses to zero for ever by one count of %v; allowed is less than %.2g, or a rule for counts such as \"poisson-online\"",
			r.Rate, r.Name(), f.Largest, 1/f.Largest)
	}
	return nil
}
