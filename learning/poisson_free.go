package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// PoissonFree lowers the divergence without a constraint on the synapses,
// "poisson-free":
//
//	w_aj ← w_aj Σ_i h_ia v_ij/(H W)_ij / Σ_i h_ia
//
// It is [Poisson] with the summed rate of the neuron as the share-out, so
// the scale of W and H stays free. The rule that scikit-learn calls
// solver="mu", beta_loss="kullback-leibler". Where a neuron never fires its
// synapses become zero. D never rises when rates and synapses are updated in
// turn; whether it does when both are updated from one state is not proved, so
// the rule is not [Simultaneous].
//
// Source: Lee & Seung 2001, eq. 5 and theorem 2.
type PoissonFree[T neuron.Float] struct {
	// Forgetting is the share of what earlier batches have said, of both sums, that is
	// forgotten with each batch, in (0, 1]; 0 means 1; see [Poisson].
	Forgetting float64
}

var _ Rule[float64] = (*PoissonFree[float64])(nil)

func (*PoissonFree[T]) Name() string { return "poisson-free" }

func (*PoissonFree[T]) Objective() Objective { return KL }

func (r *PoissonFree[T]) Describe() Description {
	return Description{
		Doc: "The same objective without a constraint on the synapses (Lee & Seung 2001).",
		Sources: append([]string{
			"Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
		}, remembering(r.Forgetting, "Cappé O, Moulines E (2009). On-line expectation–maximization algorithm for latent data models. Journal of the Royal Statistical Society: Series B 71:593–613.")...),
		Local:    true,
		Monotone: true,
		Example: Example{
			Text: `The rule that scikit-learn calls solver="mu", beta_loss="kullback-leibler": the scale of
parts and rates stays free, and the optimum is that of poisson. Of 16 random starts the best
is kept here.

Look at starts.csv, and at figures/recovery.png: each true bar above the part learned in its
place.`,
			Starts:   16,
			Partner:  "divisive-error",
			Learning: "epochs = 1000",
		},
	}
}

// Multiplies declares [Multiplicative].
func (*PoissonFree[T]) Multiplies() {}

// SumsCoincidencesOfObjective declares [OfObjective].
func (*PoissonFree[T]) SumsCoincidencesOfObjective() {}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*PoissonFree[T]) TakesMissing() {}
func (*PoissonFree[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for Hᵀ(V/(H W)) and the summed rates.
func (*PoissonFree[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

func (r *PoissonFree[T]) Parameters() []Parameter { return []Parameter{forgetting(&r.Forgetting)} }

// NewMemory returns a memory for both sums, nil where everything is forgotten.
func (r *PoissonFree[T]) NewMemory(hidden, n int) *Accumulator[T] {
	return newMemory(Rule[T](r), r.Forgetting, hidden, n)
}

// Accumulate adds Σ_i h_ia v_ij/(H W)_ij and Σ_i h_ia over the stimuli i of
// the block.
func (*PoissonFree[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil && b.Coincidence == nil {
		kernel.PoissonCorrelate(acc.Coincidence, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
	for i := 0; i < len(b.H); i += acc.Hidden {
		kernel.Add(acc.Total, b.H[i:i+acc.Hidden])
	}
	sendRates(acc, b, b.H)
}

// Propose multiplies by the ratio of the two sums.
func (r *PoissonFree[T]) Propose(c *Change[T]) {
	if c.Sum.Sent != nil {
		r.proposeMissing(c)
		return
	}
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		total := c.Sum.Total[a]
		kernel.Multiply(next, now, met)
		if c.Memory != nil {
			fired, _, evidence := c.Remembered(a)
			if *fired == 0 && total > 0 {
				*fired = total / T(r.Forgetting)
				begin(evidence, now, total, r.Forgetting)
			}
			*fired = T(T(1-r.Forgetting)**fired) + total
			remember(evidence, next, r.Forgetting)
			copy(next, evidence)
			if total = *fired; total == 0 { // it has never fired
				copy(next, now)
				continue
			}
		}
		if total == 0 {
			clear(next)
			continue
		}
		kernel.Divide(next, total)
	}
}

// proposeMissing multiplies by the ratio of the two sums at each synapse. A synapse that sends
// nothing keeps its weight.
func (r *PoissonFree[T]) proposeMissing(c *Change[T]) {
	for a := c.From; a < c.To; a++ {
		next, now, sent := evidenceMissing(c, a, r.Forgetting)
		for j, s := range sent {
			if s != 0 {
				next[j] /= s
			} else {
				next[j] = now[j]
			}
		}
	}
}
