package learning

import (
	"partsnet/neuron"
	"partsnet/synapse"
)

// Foldiak is Hebbian learning with anti-Hebbian inhibition and thresholds that keep
// each neuron at work, "foldiak":
//
//	w_aj ← w_aj + Rate h_a ( v_j − w_aj )
//	m_ab ← [ m_ab + LateralRate ( h_a h_b − Target² ) ]₊        b ≠ a
//	t_a  ← [ t_a + ThresholdRate ( h_a − Target ) ]₊
//
// Two neurons that fire together more often than chance at the target rate would
// have them come to inhibit each other; a neuron that fires more than the target
// becomes harder to excite. The neurons of the original are binary; here they are
// rectified, so that a threshold at zero cannot make a silent neuron fire: it needs
// synapses that reach its inputs.
//
// The rule is local: rates at both ends, and the threshold is the neuron's own. It
// lowers no known objective; S is recorded for comparison.
//
// Source: Földiák 1990, with rectified rates.
type Foldiak[T neuron.Float] struct {
	Rate, LateralRate, ThresholdRate float64
	Target                           float64
}

var _ LateralRule[float64] = (*Foldiak[float64])(nil)

// NewFoldiak returns the rule with the rates 0.02, 0.1 and 0.02 and the Target 1/8.
func NewFoldiak[T neuron.Float]() *Foldiak[T] {
	return &Foldiak[T]{Rate: 0.02, LateralRate: 0.1, ThresholdRate: 0.02, Target: 0.125}
}

func (*Foldiak[T]) Name() string { return "foldiak" }

func (*Foldiak[T]) Objective() Objective { return Similarity }

func (*Foldiak[T]) Describe() Description {
	return Description{
		Doc: "Forming sparse representations by local anti-Hebbian learning (Földiák 1990).",
		Sources: []string{
			"Földiák P (1990). Forming sparse representations by local anti-Hebbian learning. Biological Cybernetics 64:165–170.",
		},
		Local: true,
		Example: Example{
			Text: `Hebbian synapses, anti-Hebbian inhibition, and thresholds that keep every neuron at work:
the network for which the bars were invented. A neuron fires at a rate of at most one,
close to the binary neurons of the original.

All 16 bars have a neuron of their own. A part is the mean of the stimuli to which its
neuron fires, the bar over the grey of all that crosses it, and matches the bar with a
cosine of 0.84. Look at figures/recovery.png: each true bar above the part that matches it.`,
			Partner: "plastic-inhibition",
			Recognition: `ceiling = 1.0
threshold = 0.5`,
			Learning: `lateral-rate = 0.5
epochs = 30`,
		},
	}
}

// Starts says that parts have the length 1 at the start.
func (*Foldiak[T]) Starts() synapse.Normalisation { return synapse.UnitLength }

// LearnsOnline declares [Online].
func (*Foldiak[T]) LearnsOnline() {}

// Reads says that the rule also changes inhibitory synapses.
func (*Foldiak[T]) Reads() Activity { return LearnedInhibition }

// Parameters returns the rates and the target.
func (r *Foldiak[T]) Parameters() []Parameter {
	return []Parameter{
		rate(&r.Rate),
		{Name: "lateral-rate", Doc: "how far one presentation moves the inhibitory synapses", Value: &r.LateralRate, Low: 0, High: 1e6},
		{Name: "threshold-rate", Doc: "how far one presentation moves the thresholds", Value: &r.ThresholdRate, Low: 0, High: 1e6},
		{Name: "target", Doc: "mean rate at which a neuron is to fire", Value: &r.Target, Low: 0, High: 1e6},
	}
}

// WhyAll completes the sentence of [NeedsAll].
func (*Foldiak[T]) WhyAll() string {
	return "it moves weights towards whole stimuli and predicts none, so that nothing can fill a missing rate in"
}

// NewAccumulator returns an accumulator for HᵀV, HᵀH and the summed rates.
func (*Foldiak[T]) NewAccumulator(r, n int) *Accumulator[T] {
	acc := newGaussianSums[T](r, n)
	acc.Total = make([]T, r)
	return acc
}

// Accumulate adds all three sums of the block.
func (*Foldiak[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	addGaussianSums(acc, b)
	sumRates(acc, b.H)
}

// Propose moves the weights of a neuron that fires towards its inputs.
func (r *Foldiak[T]) Propose(c *Change[T]) {
	share := T(r.Rate) / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		towards(next, now, met, c.Sum.Total[a], share)
	}
}

// ProposeLateral moves the inhibition and the thresholds.
func (r *Foldiak[T]) ProposeLateral(c *LateralChange[T]) {
	hidden, stimuli := c.Sum.Hidden, T(max(1, c.Sum.Stimuli))
	chance := T(r.Target * r.Target)
	copy(c.Next, c.Now)
	for b := range hidden {
		for a := range hidden {
			if a != b {
				k := b*hidden + a
				c.Next[k] = min(0, c.Now[k]-T(T(r.LateralRate)*(c.Sum.Overlap[k]/stimuli-chance)))
			}
		}
	}
	for a, fired := range c.Sum.Total {
		c.Thresholds[a] = max(0, c.Thresholds[a]+T(T(r.ThresholdRate)*(fired/stimuli-T(r.Target))))
	}
}
