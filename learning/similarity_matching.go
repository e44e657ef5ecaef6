package learning

import (
	"partsnet/neuron"
	"partsnet/synapse"
)

// SimilarityMatching is Hebbian learning with anti-Hebbian inhibition,
// "similarity-matching". Hidden neurons hear the visible ones through their own
// synapses and inhibit each other through synapses m_ab, from b onto a, that are
// learned too. After each presentation with rates h, every neuron that has fired
// counts it and learns at a rate that falls with the count,
//
//	y_a ← (1 − Forgetting) y_a + h_a²
//	w_aj ← w_aj + h_a ( v_j − h_a w_aj ) / y_a
//	m_ab ← m_ab + h_a ( h_b − h_a m_ab ) / y_a        b ≠ a
//
// Because h_a² ≤ y_a both updates are mixtures of the old weight and something that is
// not negative: no synapse can cross zero.
//
// The rule is local: rates at the two ends of a synapse and the count of its
// neuron; there are no error units. It descends on S = ‖V Vᵀ − H Hᵀ‖²/(4m²) over what
// was seen so far, similar answers to similar stimuli; the synapses do not
// reconstruct stimuli. No step must lower S.
//
// Source: Pehlevan & Chklovskii 2014, for rectified rates.
type SimilarityMatching[T neuron.Float] struct {
	Activity   float64 // y at the start: how slow learning begins
	Forgetting float64
}

var (
	_ LateralRule[float64] = (*SimilarityMatching[float64])(nil)
	_ Remembering[float64] = (*SimilarityMatching[float64])(nil)
)

// NewSimilarityMatching returns the rule with Activity 10 and Forgetting 0.
func NewSimilarityMatching[T neuron.Float]() *SimilarityMatching[T] {
	return &SimilarityMatching[T]{Activity: 10}
}

func (*SimilarityMatching[T]) Name() string { return "similarity-matching" }

func (*SimilarityMatching[T]) Objective() Objective { return Similarity }

func (*SimilarityMatching[T]) Describe() Description {
	return Description{
		Doc: "Hebbian learning with anti-Hebbian inhibition (Pehlevan & Chklovskii 2014).",
		Sources: []string{
			"Pehlevan C, Chklovskii DB (2014). A Hebbian/anti-Hebbian network derived from online non-negative matrix factorization can cluster and discover sparse features. Asilomar Conference on Signals, Systems and Computers, 769–775.",
		},
		Local: true,
		Example: Example{
			Text: `Answers are to be as similar to each other as the stimuli are. Nothing asks for parts, and
yet most bars get a neuron of their own, as long as there are spare neurons and a
threshold. A part is a bar over grey, not the bare bar.

Look at figures/recovery.png: each true bar above the part that matches it.`,
			Hidden:      32,
			Partner:     "plastic-inhibition",
			Recognition: "threshold = 1.0",
			Learning:    "epochs = 60",
		},
	}
}

// Starts says that parts have the length 1 at the start.
func (*SimilarityMatching[T]) Starts() synapse.Normalisation { return synapse.UnitLength }

// LearnsOnline declares [Online].
func (*SimilarityMatching[T]) LearnsOnline() {}

// Reads says that the rule also changes inhibitory synapses.
func (*SimilarityMatching[T]) Reads() Activity { return LearnedInhibition }

// Parameters returns Activity and Forgetting.
func (r *SimilarityMatching[T]) Parameters() []Parameter {
	return []Parameter{
		{Name: "activity", Doc: "summed squared rates with which a neuron begins to count: the larger, the slower learning begins", Value: &r.Activity, Low: 1e-6, High: 1e9},
		{Name: "forgetting", Doc: "share of the count that is forgotten with each presentation", Value: &r.Forgetting, Low: 0, High: 1},
	}
}

// WhyAll completes the sentence of [NeedsAll].
func (*SimilarityMatching[T]) WhyAll() string {
	return "it compares the similarities of whole stimuli and predicts none, so that nothing can fill a missing rate in"
}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*SimilarityMatching[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return newGaussianSums[T](r, n)
}

// NewMemory returns the counts of all neurons.
func (r *SimilarityMatching[T]) NewMemory(hidden, n int) *Accumulator[T] {
	m := &Accumulator[T]{Hidden: hidden, Visible: n, Total: make([]T, hidden)}
	for a := range m.Total {
		m.Total[a] = T(r.Activity)
	}
	return m
}

// Accumulate adds HᵀV and HᵀH of the block.
func (*SimilarityMatching[T]) Accumulate(acc *Accumulator[T], b *Block[T]) { addGaussianSums(acc, b) }

// Propose counts and mixes.
func (r *SimilarityMatching[T]) Propose(c *Change[T]) {
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		fired := c.Sum.Overlap[a*c.Sum.Hidden+a]
		count := &c.Memory.Total[a]
		if fired == 0 {
			copy(next, now)
			continue
		}
		*count = T(T(1-r.Forgetting)**count) + fired
		towards(next, now, met, fired, 1 / *count)
	}
}

// ProposeLateral mixes the inhibitory synapses in the same way.
func (r *SimilarityMatching[T]) ProposeLateral(c *LateralChange[T]) {
	hidden := c.Sum.Hidden
	copy(c.Next, c.Now)
	for a := range hidden {
		if fired := c.Sum.Overlap[a*hidden+a]; fired != 0 {
			mixInhibition(c, a, fired, 1/c.Memory.Total[a])
		}
	}
}

// towards moves weights towards what was met:
//
//	next_j = now_j + rate ( met_j − decay now_j )
func towards[T neuron.Float](next, now, met []T, decay, rate T) {
	for j, x := range met {
		next[j] = max(0, now[j]+T(rate*(x-T(decay*now[j]))))
	}
}

// mixInhibition moves the inhibition of neuron a by each other neuron b towards
// their coincidence:
//
//	m_ab ← m_ab + rate ( Σ h_a h_b − decay m_ab )
//
// where the inhibitory weight from b onto a is −m_ab.
func mixInhibition[T neuron.Float](c *LateralChange[T], a int, decay, rate T) {
	hidden := c.Sum.Hidden
	for b := range hidden {
		if b == a {
			continue
		}
		m := -c.Now[b*hidden+a]
		m += T(rate * (c.Sum.Overlap[a*hidden+b] - T(decay*m)))
		c.Next[b*hidden+a] = min(0, -m)
	}
}
