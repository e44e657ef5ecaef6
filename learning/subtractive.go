package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Subtractive is Hebbian learning with a subtractive error, "subtractive": after each
// presentation, with what is left of the stimulus at each visible neuron,
//
//	e_j = v_j − Σ_b h_b w_bj
//	w_aj ← [ w_aj + Rate h_a e_j ]₊
//	w_aj ← w_aj / √( Σ_k w_ak² )
//
// It is the rule with which locally competitive networks learn sparse codes. The
// fixed norm is what gives a cost of firing its meaning: without it synapses would
// grow and rates shrink for nothing. Where the batch is larger, the mean step is
// taken.
//
// The rule is local: the rate, and the error unit at the visible neuron. It descends on
// E in the mean, for small rates; no step must lower it. A synapse at zero is
// not locked there.
//
// Source: Harpur & Prager 1996; Rozell et al. 2008 for the circuit.
type Subtractive[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*Subtractive[float64])(nil)

// NewSubtractive returns the rule with Rate 0.01.
func NewSubtractive[T neuron.Float]() *Subtractive[T] { return &Subtractive[T]{Rate: 0.01} }

func (*Subtractive[T]) Name() string { return "subtractive" }

func (*Subtractive[T]) Objective() Objective { return SquaredError }

func (*Subtractive[T]) Describe() Description {
	return Description{
		Doc: "Hebbian learning with a subtractive error (Harpur & Prager 1996; Rozell et al. 2008).",
		Sources: []string{
			"Harpur GF, Prager RW (1996). Development of low entropy coding in a recurrent network. Network: Computation in Neural Systems 7:277–284.",
			"Rozell CJ, Johnson DH, Baraniuk RG, Olshausen BA (2008). Sparse coding via thresholding and local competition in neural circuits. Neural Computation 20:2526–2563.",
		},
		Local: true,
		Example: Example{
			Text: `The sparse code of locally competitive neurons, non-negative and with parts of length
one: what is left of the stimulus times the rate, added and rectified.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Partner:  "lca",
			Learning: "epochs = 20",
		},
	}
}

// Keeps says that each part has the length 1.
func (*Subtractive[T]) Keeps() synapse.Normalisation { return synapse.UnitLength }

// LearnsOnline declares [Online].
func (*Subtractive[T]) LearnsOnline() {}

func (r *Subtractive[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// TakesMissing declares [Missing]: an error unit beside a missing neuron is silent.
func (*Subtractive[T]) TakesMissing() {}

// NewAccumulator returns an accumulator for Hᵀ(V − H W).
func (*Subtractive[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n)}
}

// Accumulate adds Hᵀ(V − H W) of the block.
func (*Subtractive[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	e := b.Errors()
	kernel.Residual(e, b.V, b.H, b.Rows, b.Synapses)
	if b.Seen != nil {
		kernel.Multiply(e, e, b.Shown())
	}
	kernel.Correlate(acc.Coincidence, b.H, e, b.Rows, acc.Hidden, acc.Visible)
}

// Propose adds, rectifies and normalises.
func (r *Subtractive[T]) Propose(c *Change[T]) {
	share := T(r.Rate) / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		for j, x := range met {
			next[j] = max(0, now[j]+T(share*x))
		}
	}
	synapse.Rescale(synapse.UnitLength, c.Next[c.From*c.Sum.Visible:c.To*c.Sum.Visible], c.Sum.Visible)
}
