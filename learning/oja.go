package learning

import (
	"partsnet/neuron"
	"partsnet/synapse"
)

// Oja is Hebbian learning that limits itself, "oja", with inhibition of the same form:
//
//	w_aj ← w_aj + Rate h_a ( v_j − h_a w_aj )
//	m_ab ← m_ab + Rate h_a ( h_b − h_a m_ab )        b ≠ a
//
// The second term lets the synapses of a neuron that fires much decay as much as they
// grow. It is [SimilarityMatching] with a rate that does not fall. A rate so large
// that Rate h² exceeds 1 would overshoot, so Rate h² is limited to ½ by shrinking the
// rate of that step.
//
// The rule is local: rates at the two ends. Of a single neuron it finds the direction
// in which stimuli vary most about zero; of several it descends on S in the mean.
//
// Source: Oja 1982; the inhibition after Pehlevan & Chklovskii 2014.
type Oja[T neuron.Float] struct {
	Rate float64
}

var _ LateralRule[float64] = (*Oja[float64])(nil)

// NewOja returns the rule with Rate 0.01.
func NewOja[T neuron.Float]() *Oja[T] { return &Oja[T]{Rate: 0.01} }

func (*Oja[T]) Name() string { return "oja" }

func (*Oja[T]) Objective() Objective { return Similarity }

func (*Oja[T]) Describe() Description {
	return Description{
		Doc: "Hebbian learning that limits itself (Oja 1982), with inhibition of the same form.",
		Sources: []string{
			"Oja E (1982). Simplified neuron model as a principal component analyzer. Journal of Mathematical Biology 15:267–273.",
			"Pehlevan C, Chklovskii DB (2014). A Hebbian/anti-Hebbian network derived from online non-negative matrix factorization can cluster and discover sparse features. Asilomar Conference on Signals, Systems and Computers, 769–775.",
		},
		Local: true,
		Example: Example{
			Text: `As similarity-matching, with a rate that does not fall. With spare neurons every bar has a
neuron of its own; a part is a bar over grey, not the bare bar.

Look at figures/recovery.png: each true bar above the part that matches it.`,
			Hidden:      32,
			Partner:     "plastic-inhibition",
			Recognition: "threshold = 1.0",
			Learning:    "epochs = 20",
		},
	}
}

// Starts says that parts have the length 1 at the start.
func (*Oja[T]) Starts() synapse.Normalisation { return synapse.UnitLength }

// LearnsOnline declares [Online].
func (*Oja[T]) LearnsOnline() {}

// Reads says that the rule also changes inhibitory synapses.
func (*Oja[T]) Reads() Activity { return LearnedInhibition }

func (r *Oja[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// WhyAll completes the sentence of [NeedsAll].
func (*Oja[T]) WhyAll() string {
	return "it predicts no stimulus, so that nothing can fill a missing rate in"
}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*Oja[T]) NewAccumulator(r, n int) *Accumulator[T] { return newGaussianSums[T](r, n) }

// Accumulate adds HᵀV and HᵀH of the block.
func (*Oja[T]) Accumulate(acc *Accumulator[T], b *Block[T]) { addGaussianSums(acc, b) }

// step returns the rate for a neuron whose squared rates sum to fired.
func (r *Oja[T]) step(fired T, stimuli int) T {
	share := T(r.Rate) / T(max(1, stimuli))
	if T(share*fired) > mostChange {
		share = mostChange / fired
	}
	return share
}

// Propose mixes the weights.
func (r *Oja[T]) Propose(c *Change[T]) {
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		fired := c.Sum.Overlap[a*c.Sum.Hidden+a]
		towards(next, now, met, fired, r.step(fired, c.Sum.Stimuli))
	}
}

// ProposeLateral mixes the inhibition.
func (r *Oja[T]) ProposeLateral(c *LateralChange[T]) {
	copy(c.Next, c.Now)
	for a := range c.Sum.Hidden {
		fired := c.Sum.Overlap[a*c.Sum.Hidden+a]
		mixInhibition(c, a, fired, r.step(fired, c.Sum.Stimuli))
	}
}
