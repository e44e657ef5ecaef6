package learning

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// PoissonOnline is the local form of the rule of the paper, "poisson-online": after each
// presentation, with hidden rates h and error units q_j = v_j / Σ_b h_b w_bj,
//
//	z_a = min( Rate h_a, ½ )
//	w_aj ← w_aj ( 1 + z_a (q_j − 1) )
//	w_aj ← w_aj / Σ_k w_ak
//
// A synapse grows where its neuron fires and the input is more than predicted, and
// shrinks where it is less: Hebbian and anti-Hebbian by one quotient. The second line
// scales all synapses of a neuron alike, as dendrites do (heterosynaptic scaling).
// Because z ≤ ½ the factor is at least ½, and no synapse can reach zero, still less
// cross it. Where the batch is larger, the mean of z (q − 1) is taken over its
// stimuli.
//
// The rule is local: at the synapse it reads the weight, the rate of the hidden and
// the error unit of the visible neuron; the scaling is the hidden neuron's own. It is
// a step of stochastic expectation maximisation on D: no single step must lower D,
// and on faces it ends lower than [PoissonRule], because its noise carries it out of
// poor optima.
//
// Rate is in units of one over the hidden rate: where rates sum to about 100, as on
// faces, 0.02; on 8×8 bars 0.05 to 0.1.
//
// Source: an online form of Lee & Seung 1999, Fig. 2.
type PoissonOnline[T kernel.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*PoissonOnline[float64])(nil)

// mostChange is the largest share by which a presentation can take a synapse down.
const mostChange = 0.5

// NewPoissonOnline returns the rule with Rate 0.02.
func NewPoissonOnline[T kernel.Float]() *PoissonOnline[T] { return &PoissonOnline[T]{Rate: 0.02} }

// Name returns "poisson-online".
func (*PoissonOnline[T]) Name() string { return "poisson-online" }

// Nature says that the rule lowers D in the mean, is local, and learns online.
func (*PoissonOnline[T]) Nature() Nature {
	return Nature{Objective: KL, Normalisation: synapse.UnitSum, Local: true, Online: true}
}

// Parameters returns Rate.
func (r *PoissonOnline[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// rate is the parameter of the rules that learn step by step.
func rate(value *float64) Parameter {
	return Parameter{"rate", "how far one presentation moves the synapses", value, 0, 1e6}
}

// NewAccumulator returns an accumulator for Σ z q and Σ z.
func (*PoissonOnline[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds z q and z, with the error units that belong to the present rates.
func (r *PoissonOnline[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	q := b.Errors()
	kernel.Quotient(q, b.V, b.H, b.Rows, b.Synapses)
	z := b.Inhibition
	for k, h := range b.H {
		z[k] = min(T(r.Rate)*h, mostChange)
	}
	kernel.Correlate(acc.Coincidence, z, q, b.Rows, acc.Hidden, acc.Visible)
	sumRates(acc, z)
}

// Propose multiplies and normalises.
func (r *PoissonOnline[T]) Propose(c *Change[T]) {
	share := 1 / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		total := c.Sum.Total[a]
		for j, x := range met {
			next[j] = now[j] * (1 + T(share*(x-total)))
		}
		if sum := kernel.Sum(next); sum != 0 {
			kernel.Divide(next, T(sum))
		}
	}
}

// sumRates adds the rates (rows×r) to the totals of an accumulator.
func sumRates[T kernel.Float](acc *Accumulator[T], rates []T) {
	for i := 0; i < len(rates); i += acc.Hidden {
		kernel.Add(acc.Total, rates[i:i+acc.Hidden])
	}
}
