package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
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
// Because z ≤ ½ the factor is at least ½, and no synapse can reach or cross zero. Where the batch is larger, the mean of z (q − 1) is taken over its
// stimuli.
//
// The rule is local: at the synapse it reads the weight, the rate of the hidden and
// the error unit of the visible neuron; the scaling is the hidden neuron's own. It is
// a step of stochastic expectation maximisation on D: no single step must lower D,
// and on faces it ends lower than [Poisson], because its noise carries it out of
// poor optima.
//
// Rate is in units of one over the hidden rate: where rates sum to about 100, as on
// faces, 0.02; on 8×8 bars 0.05 to 0.1.
//
// Source: an online form of Lee & Seung 1999, Fig. 2.
type PoissonOnline[T neuron.Float] struct {
	Rate float64
}

var _ Rule[float64] = (*PoissonOnline[float64])(nil)

// mostChange is the largest share by which a presentation can take a synapse down.
const mostChange = 0.5

// NewPoissonOnline returns the rule with Rate 0.02.
func NewPoissonOnline[T neuron.Float]() *PoissonOnline[T] { return &PoissonOnline[T]{Rate: 0.02} }

func (*PoissonOnline[T]) Name() string { return "poisson-online" }

func (*PoissonOnline[T]) Objective() Objective { return KL }

func (*PoissonOnline[T]) Describe() Description {
	return Description{
		Doc: "The local form of the rule of the paper, stimulus by stimulus.",
		Sources: []string{
			"Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791.",
		},
		Local: true,
		Example: Example{
			Text: `After each presentation every synapse changes by what is at its two ends: its weight,
the rate of its neuron and the error unit at its input. The noise of single stimuli
carries the network out of poor optima: it finds the bars from most starts, where the
same rule for all stimuli at once gets stuck, and it ends lower on faces too:

  partsnet run faces-cbcl --set stimulus.path=faces.zip --set learning.rule=poisson-online --set learning.epochs=10

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Partner: "divisive-error",
			Learning: `rate = 0.05
epochs = 20`,
		},
	}
}

// Keeps says that the synapses of each hidden neuron sum to 1.
func (*PoissonOnline[T]) Keeps() synapse.Normalisation { return synapse.UnitSum }

// LearnsOnline declares [Online].
func (*PoissonOnline[T]) LearnsOnline() {}

func (r *PoissonOnline[T]) Parameters() []Parameter { return []Parameter{rate(&r.Rate)} }

// rate is the parameter of the rules that learn step by step.
func rate(value *float64) Parameter {
	return Parameter{Name: "rate", Doc: "how far one presentation moves the synapses", Value: value, Low: 0, High: 1e6}
}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*PoissonOnline[T]) TakesMissing() {}
func (*PoissonOnline[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for Σ z q and Σ z.
func (*PoissonOnline[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds z q and z, with the error units that belong to the present rates.
func (r *PoissonOnline[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	q := b.Errors()
	kernel.Quotient(q, b.V, b.H, b.Rows, b.Synapses)
	z := b.scaledRates()
	for k, h := range b.H {
		z[k] = min(T(r.Rate)*h, mostChange)
	}
	kernel.Correlate(acc.Coincidence, z, q, b.Rows, acc.Hidden, acc.Visible)
	sumRates(acc, z)
	sendRates(acc, b, z)
}

// Propose multiplies and normalises.
func (r *PoissonOnline[T]) Propose(c *Change[T]) {
	share := 1 / T(max(1, c.Sum.Stimuli))
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		total := c.Sum.Total[a]
		if c.Sum.Sent != nil {
			for j, sent := range c.Sum.Sent[a*len(next) : (a+1)*len(next)] {
				next[j] = now[j] * (1 + T(share*(met[j]-sent)))
			}
		} else {
			for j, x := range met {
				next[j] = now[j] * (1 + T(share*(x-total)))
			}
		}
		if sum := kernel.Sum(next); sum != 0 {
			kernel.Divide(next, T(sum))
		}
	}
}

// sumRates adds the rates (rows×r) to the totals of an accumulator.
func sumRates[T neuron.Float](acc *Accumulator[T], rates []T) {
	for i := 0; i < len(rates); i += acc.Hidden {
		kernel.Add(acc.Total, rates[i:i+acc.Hidden])
	}
}
