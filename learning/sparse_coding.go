package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// SparseCoding is the rule of non-negative sparse coding, "sparse-coding": a step down
// the gradient of E for all stimuli, rectified, parts of length one,
//
//	w_aj ← [ w_aj − Rate ( HᵀH W − HᵀV )_aj ]₊
//	w_aj ← w_aj / √( Σ_k w_ak² )
//
// together with a cost of firing, which belongs to the circuit. It is [Subtractive] for all
// stimuli at once and with a sum in place of the mean. Rate 0 takes 1/λ with λ the
// largest eigenvalue of HᵀH, the longest step that cannot raise E before the length is
// restored. E + Cost Σ h falls for small rates.
//
// The rule is local, as [Gaussian], but for λ.
//
// Source: Hoyer 2002.
type SparseCoding[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*SparseCoding[float64])(nil)

// NewSparseCoding returns the rule with Rate 0, the longest safe step.
func NewSparseCoding[T neuron.Float]() *SparseCoding[T] { return &SparseCoding[T]{} }

func (*SparseCoding[T]) Name() string { return "sparse-coding" }

func (*SparseCoding[T]) Objective() Objective { return SquaredError }

func (*SparseCoding[T]) Describe() Description {
	return Description{
		Doc: "Non-negative sparse coding by gradient steps (Hoyer 2002).",
		Sources: []string{
			"Hoyer PO (2002). Non-negative sparse coding. Proceedings of the 12th IEEE Workshop on Neural Networks for Signal Processing, 557–565.",
		},
		Local: true,
		Example: Example{
			Text: `The step is the longest that cannot raise the squared error before parts are brought
back to length one.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Hidden:      32,
			Partner:     "lateral-inhibition",
			Recognition: "cost = 0.5",
			Learning:    "epochs = 1000",
		},
	}
}

// Keeps says that each part has the length 1.
func (*SparseCoding[T]) Keeps() synapse.Normalisation { return synapse.UnitLength }

func (r *SparseCoding[T]) Parameters() []Parameter {
	return []Parameter{{Name: "rate", Doc: "step down the gradient of all stimuli; 0 for the longest that cannot raise the squared error", Value: &r.Rate, Low: 0, High: 1e6}}
}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*SparseCoding[T]) TakesMissing() {}
func (*SparseCoding[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*SparseCoding[T]) NewAccumulator(r, n int) *Accumulator[T] { return newGaussianSums[T](r, n) }

// Accumulate adds HᵀV and HᵀH of the block.
func (*SparseCoding[T]) Accumulate(acc *Accumulator[T], b *Block[T]) { addGaussianSums(acc, b) }

// Propose steps, rectifies and normalises.
func (r *SparseCoding[T]) Propose(c *Change[T]) {
	rate := T(r.Rate)
	if rate == 0 {
		rate = safeStep(c.Sum)
	}
	descend(c, rate)
	next := c.Next[c.From*c.Sum.Visible : c.To*c.Sum.Visible]
	for i, x := range next {
		next[i] = max(0, x)
	}
	synapse.Rescale(synapse.UnitLength, next, c.Sum.Visible)
}

// descend writes w − rate ( HᵀH W − HᵀV ) into the rows to be proposed.
func descend[T neuron.Float](c *Change[T], rate T) {
	sentGaussian(c, c.Sum.Overlap)
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j, predicted := range next {
			next[j] = now[j] - T(rate*(predicted-met[j]))
		}
	}
}

// safeStep returns 1/λ, λ no smaller than the largest eigenvalue of HᵀH; 0 where all
// rates are zero.
func safeStep[T neuron.Float](sum *Accumulator[T]) T {
	if bound := kernel.SpectralBound(sum.Overlap, sum.Hidden); bound > 0 {
		return T(1 / bound)
	}
	return 0
}
