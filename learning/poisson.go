package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Poisson is the learning rule of the paper, "poisson":
//
//	w_aj ← w_aj Σ_i h_ia v_ij/(H W)_ij
//	w_aj ← w_aj / Σ_k w_ak
//
// A synapse grows with the coincidence of its neuron's rate and an input that
// was not fully predicted; then every neuron shares one unit of synaptic weight
// among its synapses. The second line is part of the rule: the first alone is
// derived under the constraint Σ_k w_ak = 1 and diverges without it. Given
// that constraint the pair lowers D at every step or leaves it alone, also when
// the rates are updated from the same state (expectation maximisation).
//
// Where entries are missing (M_ij = 0) the neuron shares its unit in the way that lowers D
// most, which the two lines are a case of:
//
//	w_aj ← w_aj Σ_i M_ij h_ia v_ij/(H W)_ij / ( Σ_i M_ij h_ia + λ_a )
//
// with the number λ_a for which the synapses sum to 1, 0 once the rates have settled. A
// synapse that sends nothing, Σ_i M_ij h_ia = 0, keeps its weight. Rates and synapses must then be updated in turn.
//
// It reads, at each synapse, its weight, the rate of its neuron and the
// quotient at its input; the scaling is local to the neuron.
//
// Source: Lee & Seung 1999, Fig. 2.
type Poisson[T neuron.Float] struct {
	// Forgetting is the share of what earlier batches have said that is forgotten with
	// each batch, in (0, 1]; 0 means 1. Below it the rule is stochastic expectation
	// maximisation: with s_aj = Σ_i h_ia w_aj v_ij/(H W)_ij over a batch,
	//
	//	S ← (1 − Forgetting) S + s      w_aj ← S_aj / Σ_k S_ak
	//
	// (Cappé & Moulines 2009, with a constant step and sums for means). The first batch
	// finds a memory as if all batches before had been as large and had shown just
	// what the synapses predict.
	Forgetting float64
}

var _ Rule[float64] = (*Poisson[float64])(nil)

func (*Poisson[T]) Name() string { return "poisson" }

func (*Poisson[T]) Objective() Objective { return KL }

func (r *Poisson[T]) Describe() Description {
	return Description{
		Doc: "The rule of the paper, all stimuli at once (Lee & Seung 1999).",
		Sources: append([]string{
			"Lee DD, Seung HS (1999). Learning the parts of objects by non-negative matrix factorization. Nature 401:788–791.",
		}, remembering(r.Forgetting, "Cappé O, Moulines E (2009). On-line expectation–maximization algorithm for latent data models. Journal of the Royal Statistical Society: Series B 71:593–613.")...),
		Local:    true,
		Monotone: true,
		Example: Example{
			Text: `A synapse grows with the coincidence of its neuron's rate and an input that was not
fully predicted; then the neuron shares out one unit of weight among its synapses. The
divergence D never rises, and where it settles depends on the start: one start in five
finds all 16 bars. Of 16 random starts the best is kept here.

Look at starts.csv, and at figures/recovery.png: each true bar above the part learned in its
place.`,
			Starts:   16,
			Partner:  "divisive-error",
			Learning: "epochs = 1000",
		},
	}
}

// Keeps says that the synapses of each hidden neuron sum to 1.
func (*Poisson[T]) Keeps() synapse.Normalisation { return synapse.UnitSum }

// Multiplies declares [Multiplicative].
func (*Poisson[T]) Multiplies() {}

// SumsCoincidencesOfObjective declares [OfObjective].
func (*Poisson[T]) SumsCoincidencesOfObjective() {}

// UpdatesFromOneState declares [Simultaneous]: the step is one of expectation maximisation.
func (*Poisson[T]) UpdatesFromOneState() {}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*Poisson[T]) TakesMissing() {}
func (*Poisson[T]) SumsSent()     {}

// NewAccumulator returns an accumulator for Hᵀ(V/(H W)).
func (*Poisson[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n)}
}

func (r *Poisson[T]) Parameters() []Parameter { return []Parameter{forgetting(&r.Forgetting)} }

// NewMemory returns a memory for S, nil where everything is forgotten.
func (r *Poisson[T]) NewMemory(hidden, n int) *Accumulator[T] {
	return newMemory(Rule[T](r), r.Forgetting, hidden, n)
}

// Accumulate adds Σ_i h_ia v_ij/(H W)_ij over the stimuli i of the block.
func (*Poisson[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	if b.Counts == nil && b.Coincidence == nil {
		kernel.PoissonCorrelate(acc.Coincidence, b.V, b.H, b.Rows, b.Synapses, b.Scratch)
	}
	sendRates(acc, b, b.H)
}

// Propose multiplies and normalises.
func (r *Poisson[T]) Propose(c *Change[T]) {
	if c.Sum.Sent != nil {
		r.proposeMissing(c)
		return
	}
	for a := c.From; a < c.To; a++ {
		next, now, met := c.Of(a)
		kernel.Multiply(next, now, met)
		if c.Memory != nil {
			_, _, evidence := c.Remembered(a)
			begin(evidence, now, T(kernel.Sum(next)), r.Forgetting)
			remember(evidence, next, r.Forgetting)
			copy(next, evidence)
			if kernel.Max(next) == 0 { // it has never fired
				copy(next, now)
			}
		}
		if sum := kernel.Sum(next); sum != 0 {
			kernel.Divide(next, T(sum))
		}
	}
}

// proposeMissing multiplies and shares out where entries are missing; see [shareAmong].
func (r *Poisson[T]) proposeMissing(c *Change[T]) {
	for a := c.From; a < c.To; a++ {
		next, now, sent := evidenceMissing(c, a, r.Forgetting)
		shareAmong(next, now, sent)
	}
}
