package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// AsynchronousPoisson lowers the Poisson objective synapse by synapse, "asynchronous-poisson". Of the synapses
// onto a visible neuron one moves after the other, and the error units of that neuron to all stimuli follow before the
// next one does:
//
//	e_ij = v_ij / Σ_b h_ib w_bj
//	g = Σ_i h_ia − Σ_i h_ia e_ij        c = Σ_i h_ia² e_ij² / v_ij
//	w_aj ← w_aj − g/c                     where g ≤ 0
//	w_aj ← w_aj · w_aj c/( g + w_aj c )       where g > 0
//
// These are the steps of the circuit "asynchronous-error" with rates and synapses exchanged: Newton's step upwards, and
// downwards that for w_aj g, so that neither passes the least D. D never rises, with any number of sweeps. Synapses are
// not normalised: to rescale a part without its rates would raise D. A synapse at zero is not
// locked there, as it is under a multiplicative rule. The synapses of a neuron that no stimulus has made fire
// stay as they are.
//
// It reads the error units of a visible neuron to all stimuli at once, and so needs all stimuli. Visible neurons do not
// act on each other, and learn side by side.
//
// Source: Hsieh & Dhillon 2011; for the steps upwards Hien & Gillis 2021.
type AsynchronousPoisson[T neuron.Float] struct {
	// Sweeps over all hidden neurons after each pass over the stimuli, ≥ 1.
	Sweeps int
	Turns
}

var _ Rule[float64] = (*AsynchronousPoisson[float64])(nil)

// NewAsynchronousPoisson returns the rule with one sweep, in the order of the neurons.
func NewAsynchronousPoisson[T neuron.Float]() *AsynchronousPoisson[T] {
	return &AsynchronousPoisson[T]{Sweeps: 1}
}

func (*AsynchronousPoisson[T]) Name() string { return "asynchronous-poisson" }

func (*AsynchronousPoisson[T]) Objective() Objective { return KL }

func (*AsynchronousPoisson[T]) Describe() Description {
	return Description{
		Doc: "The Poisson objective, one synapse of a visible neuron after the other (Hsieh & Dhillon 2011).",
		Sources: []string{
			"Hsieh CJ, Dhillon IS (2011). Fast coordinate descent methods with variable selection for non-negative matrix factorization. Proceedings of the 17th ACM SIGKDD International Conference on Knowledge Discovery and Data Mining, 1064–1072.",
			"Hien LTK, Gillis N (2021). Algorithms for nonnegative matrix factorization with the Kullback–Leibler divergence. Journal of Scientific Computing 87:93.",
		},
		Monotone: true,
		Example: Example{
			Text: `Neurons have no common clock: each synapse of a visible neuron changes by what its error units say
at that moment. The divergence falls in tens of epochs as far as the rule of the paper takes it in a thousand.

Look at figures/objective.png beside that of rules/poisson.`,
			Partner:  "asynchronous-error",
			Learning: "epochs = 100",
		},
	}
}

// Starts says that the synapses of each hidden neuron sum to 1 at first, as those of [AsynchronousGaussian].
func (*AsynchronousPoisson[T]) Starts() synapse.Normalisation { return synapse.UnitSum }

// ProposesOnto declares [VisibleWise], and ReadsColumns [ByColumn].
func (*AsynchronousPoisson[T]) ProposesOnto() {}
func (*AsynchronousPoisson[T]) ReadsColumns() {}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*AsynchronousPoisson[T]) TakesMissing() {}
func (*AsynchronousPoisson[T]) SumsSent()     {}

// Draws names the order of the turns.
func (*AsynchronousPoisson[T]) Draws() string { return "turns of learning" }

func (r *AsynchronousPoisson[T]) Parameters() []Parameter {
	return []Parameter{sweeps(&r.Sweeps), r.Parameter()}
}

// NewAccumulator returns an accumulator for the summed rates.
func (*AsynchronousPoisson[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Total: make([]T, r)}
}

// Accumulate adds Σ_i h_ia over the stimuli of the block.
func (*AsynchronousPoisson[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	sumRates(acc, b.H)
	sendRates(acc, b, b.H)
}

// columnsTogether is the number of visible neurons that are read together: a cache line of float64.
const columnsTogether = 8

// Propose lets the synapses onto each visible neuron take their turns.
func (r *AsynchronousPoisson[T]) Propose(c *Change[T]) {
	s := c.Columns
	for from := c.Left; from < c.Right; from += columnsTogether {
		to := min(from+columnsTogether, c.Right)
		if s.Counts == nil {
			v, p := Buffer(&c.shown, columnsTogether*s.Stimuli), Buffer(&c.predicted, columnsTogether*s.Stimuli)
			s.Load(v, from, to)
			kernel.PredictOnto(p[:(to-from)*s.Stimuli], c.Now, c.Sum.Visible, from, to, s.Rates, s.Stimuli)
			for j := from; j < to; j++ {
				at, end := (j-from)*s.Stimuli, (j-from+1)*s.Stimuli
				r.onto(c, j, p[at:end], v[at:end], s.Rates, s.Stimuli)
			}
			continue
		}
		for j := from; j < to; j++ {
			start, end := s.Counts.Start[j], s.Counts.Start[j+1]
			count := end - start
			v, p, h := Buffer(&c.shown, count), Buffer(&c.predicted, count), Buffer(&c.rates, c.Sum.Hidden*count)
			for k := range v {
				v[k] = s.Counts.At(start + k)
			}
			kernel.Gather(h, s.Rates, s.Stimuli, s.Counts.Index[start:end])
			clear(p)
			for a := range c.Sum.Hidden {
				kernel.AddMultiple(p, c.Now[a*c.Sum.Visible+j], h[a*count:(a+1)*count])
			}
			r.onto(c, j, p, v, h, count)
		}
	}
}

// onto proposes the synapses onto visible neuron j, whose rates are v and whose predictions p; h are the hidden
// rates by hidden neuron, rows pitch apart.
func (r *AsynchronousPoisson[T]) onto(c *Change[T], j int, p, v, h []T, pitch int) {
	n, hidden := c.Sum.Visible, c.Sum.Hidden
	w, sent, fixed, order := Buffer(&c.weights, hidden), Buffer(&c.sent, hidden), []T(nil), Buffer(&c.order, hidden)
	copy(sent, c.Sum.Total)
	for a := range w {
		w[a] = c.Now[a*n+j]
		if c.Sum.Sent != nil {
			sent[a] = c.Sum.Sent[a*n+j]
		}
	}
	if c.Held != nil || c.Cut != nil {
		fixed = Buffer(&c.fixed, hidden)
		for a := range fixed {
			fixed[a] = -1
			if c.Held != nil && c.Held[a] {
				fixed[a] = w[a]
			}
			if c.Cut != nil && c.Cut[a*n+j] != 0 {
				fixed[a] = 0
			}
		}
	}
	for sweep := range r.Sweeps {
		r.Order(order, c.Epoch, sweep)
		kernel.NewtonTurns(kernel.Moving[T]{Rates: w, Fixed: fixed, Order: order}, p, v, h, pitch, sent, nil, 0, true)
	}
	for a, x := range w {
		c.Next[a*n+j] = x
	}
}
