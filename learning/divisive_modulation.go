package learning

import (
	"partsnet/internal/kernel"
)

// DivisiveModulation is the rule of divisive input modulation, "divisive-modulation":
// after each presentation, with the error units e and the responses y that the circuit
// of the same name has left,
//
//	w_aj ← [ w_aj ( 1 + Rate y_a (e_j − 1) ) ]₊
//
// There is no normalisation. Where inputs are predicted, e = 1 and a response that is
// driven by Σ_j w_aj e_j stays as it is only if Σ_j w_aj = 1, so that the sums settle
// near 1 by themselves. Here y_a = h_a max_j w_aj, because the circuit keeps rates in
// the units of the prediction. Where the batch is larger, the mean change is taken.
//
// The rule is local: it reads the weight, the response and the error unit. It lowers
// D roughly; no step must.
//
// Source: Spratling, De Meyer & Kompass 2009; Spratling 2012.
type DivisiveModulation[T kernel.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*DivisiveModulation[float64])(nil)

// NewDivisiveModulation returns the rule with Rate 0.05.
func NewDivisiveModulation[T kernel.Float]() *DivisiveModulation[T] {
	return &DivisiveModulation[T]{Rate: 0.05}
}

// Name returns "divisive-modulation".
func (*DivisiveModulation[T]) Name() string { return "divisive-modulation" }

// Nature says that the rule is local, online, and reads the circuit of its name.
func (*DivisiveModulation[T]) Nature() Nature {
	return Nature{Objective: KL, Local: true, Online: true, Circuit: "divisive-modulation"}
}

// Parameters returns Rate.
func (r *DivisiveModulation[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

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
