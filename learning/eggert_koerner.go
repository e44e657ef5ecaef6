package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// EggertKoerner lowers the squared error of parts of length one, "eggert-koerner", so
// that a cost of firing (the circuit's) makes the code sparse and cannot be escaped by
// large synapses. With A = HᵀV and B = HᵀH W,
//
//	w_aj ← w_aj ( A_aj + w_aj Σ_k w_ak B_ak ) / ( B_aj + w_aj Σ_k w_ak A_ak )
//	w_aj ← w_aj / √( Σ_k w_ak² )
//
// The two added terms are the gradient of the length: E is that of the normalised
// parts. Where the denominator is zero the synapse becomes zero. No rate of learning
// is needed; E + Cost Σ h falls in practice, which is not proved.
//
// The rule is local, as [Gaussian], but for the sums over a neuron's own synapses.
//
// Source: Eggert & Körner 2004.
type EggertKoerner[T neuron.Float] struct{}

var _ Rule[float64] = (*EggertKoerner[float64])(nil)

func (*EggertKoerner[T]) Name() string { return "eggert-koerner" }

func (*EggertKoerner[T]) Objective() Objective { return SquaredError }

func (*EggertKoerner[T]) Describe() Description {
	return Description{
		Doc: "Sparse coding with a normalisation inside the objective (Eggert & Körner 2004).",
		Sources: []string{
			"Eggert J, Körner E (2004). Sparse coding and NMF. Proceedings of the IEEE International Joint Conference on Neural Networks, 2529–2533.",
		},
		Local: true,
		Example: Example{
			Text: `A cost of firing makes codes sparse only if parts keep their size. Here the length of a
part belongs to the objective, so that no rate of learning is needed; with neurons to
spare every run finds the bars.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Hidden:      32,
			Partner:     "lateral-inhibition",
			Recognition: "cost = 0.5",
			Learning:    "epochs = 1000",
		},
	}
}

// Keeps says that each part has the length 1.
func (*EggertKoerner[T]) Keeps() synapse.Normalisation { return synapse.UnitLength }

// Multiplies declares [Multiplicative].
func (*EggertKoerner[T]) Multiplies() {}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*EggertKoerner[T]) TakesMissing() {}
func (*EggertKoerner[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*EggertKoerner[T]) NewAccumulator(r, n int) *Accumulator[T] { return newGaussianSums[T](r, n) }

// Accumulate adds HᵀV and HᵀH of the block.
func (*EggertKoerner[T]) Accumulate(acc *Accumulator[T], b *Block[T]) { addGaussianSums(acc, b) }

// Propose multiplies by the ratio and normalises.
func (*EggertKoerner[T]) Propose(c *Change[T]) {
	n := c.Sum.Visible
	sentGaussian(c, c.Sum.Overlap)
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		withPredicted, withMet := T(kernel.Dot(now, next)), T(kernel.Dot(now, met))
		for j, predicted := range next {
			down := predicted + T(now[j]*withMet)
			if down == 0 {
				next[j] = 0
				continue
			}
			next[j] = now[j] * (met[j] + T(now[j]*withPredicted)) / down
		}
	}
	synapse.Rescale(synapse.UnitLength, c.Next[c.From*n:c.To*n], n)
}
