package learning

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Gaussian lowers the squared error, "gaussian":
//
//	w_aj ← w_aj Σ_i h_ia v_ij / Σ_b ( Σ_i h_ia h_ib ) w_bj
//
// A synapse grows with the coincidence of its neuron's rate and its input, and
// shrinks with what the neurons that fire together already predict there. Where
// the denominator is zero the synapse becomes zero.
//
// E never rises when rates and synapses are updated in turn. Updated from
// one state they oscillate with period two: the rule is not [Simultaneous], and a
// network refuses that order.
//
// Source: Lee & Seung 2001, eq. 4 and theorem 1.
type Gaussian[T neuron.Float] struct {
	// Forgetting is the share of what earlier batches have said, of HᵀV and of HᵀH,
	// that is forgotten with each batch, in (0, 1]; 0 means 1 (after Mairal, Bach,
	// Ponce & Sapiro 2010).
	Forgetting float64
}

var _ Rule[float64] = (*Gaussian[float64])(nil)

func (*Gaussian[T]) Name() string { return "gaussian" }

func (*Gaussian[T]) Objective() Objective { return SquaredError }

func (r *Gaussian[T]) Describe() Description {
	return Description{
		Doc: "The rule for squared error, all stimuli at once (Lee & Seung 2001).",
		Sources: append([]string{
			"Lee DD, Seung HS (2001). Algorithms for non-negative matrix factorization. Advances in Neural Information Processing Systems 13:556–562.",
		}, remembering(r.Forgetting, "Mairal J, Bach F, Ponce J, Sapiro G (2010). Online learning for matrix factorization and sparse coding. Journal of Machine Learning Research 11:19–60.")...),
		Local:    true,
		Monotone: true,
		Example: Example{
			Text: `Squared error does not mind what crossings lack as much as the divergence does: nearly
every start finds all bars, as long as there is no hidden neuron to spare.

Look at figures/recovery.png: each true bar above the part learned in its place.`,
			Partner:  "lateral-inhibition",
			Learning: "epochs = 1000",
		},
	}
}

// Multiplies declares [Multiplicative].
func (*Gaussian[T]) Multiplies() {}

// SumsCoincidencesOfObjective declares [OfObjective].
func (*Gaussian[T]) SumsCoincidencesOfObjective() {}

// TakesMissing declares [Missing], and SumsSent [ReadsSent].
func (*Gaussian[T]) TakesMissing() {}
func (*Gaussian[T]) SumsSent()     {}

// Accepts refuses missing entries where earlier batches are remembered: what they predicted
// belongs to synapses of the past, and without a mask follows from HᵀH and the present ones.
func (r *Gaussian[T]) Accepts(f Form) error {
	if f.Missing && r.Forgetting > 0 && r.Forgetting < 1 {
		return fmt.Errorf("learning.forgetting = %v: rule %q cannot remember batches with missing entries, because what the present synapses predict there would have to be summed up for each visible neuron; allowed is 1, with learning.batch = 0",
			r.Forgetting, r.Name())
	}
	return nil
}

// NewAccumulator returns an accumulator for HᵀV and HᵀH.
func (*Gaussian[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return newGaussianSums[T](r, n)
}

func (r *Gaussian[T]) Parameters() []Parameter { return []Parameter{forgetting(&r.Forgetting)} }

// NewMemory returns a memory for both sums, nil where everything is forgotten.
func (r *Gaussian[T]) NewMemory(hidden, n int) *Accumulator[T] {
	return newMemory(Rule[T](r), r.Forgetting, hidden, n)
}

// Accumulate adds HᵀV and HᵀH of the block.
func (*Gaussian[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	addGaussianSums(acc, b)
}

// Propose multiplies by the ratio of the two sums.
func (r *Gaussian[T]) Propose(c *Change[T]) {
	n, hidden := c.Sum.Visible, c.Sum.Hidden
	next, met, overlap := c.Next[c.From*n:c.To*n], c.Sum.Coincidence, c.Sum.Overlap
	if c.Memory != nil {
		met, overlap = c.Memory.Coincidence, c.Memory.Overlap
		r.remember(c)
	}
	sentGaussian(c, overlap)
	for i, predicted := range next {
		switch now := c.Now[c.From*n+i]; {
		case predicted != 0:
			next[i] = now * met[c.From*n+i] / predicted
		case c.Sum.Sent != nil: // nothing was seen that it predicts
			next[i] = now
		}
	}
	for a := c.From; a < c.To && c.Memory != nil; a++ {
		if overlap[a*hidden+a] == 0 { // it has never fired
			copy(c.Next[a*n:(a+1)*n], c.Now[a*n:(a+1)*n])
		}
	}
}

// remember adds the sums of the batch to those of the memory. A neuron that fires for
// the first time finds a memory as if all batches before had been like this one and
// had shown just what the synapses predict. It uses the rows of c.Next.
func (r *Gaussian[T]) remember(c *Change[T]) {
	hidden := c.Sum.Hidden
	kernel.Mul(c.Next[c.From*c.Sum.Visible:c.To*c.Sum.Visible], c.Sum.Overlap[c.From*hidden:c.To*hidden], c.Now, c.To-c.From, hidden, c.Sum.Visible)
	for a := c.From; a < c.To; a++ {
		predicted, _, met := c.Of(a)
		_, overlap, evidence := c.Remembered(a)
		now := c.Sum.Overlap[a*hidden : (a+1)*hidden]
		if overlap[a] == 0 && now[a] > 0 {
			for b, x := range now {
				overlap[b] = x / T(r.Forgetting)
			}
			for j, x := range predicted {
				evidence[j] = x / T(r.Forgetting)
			}
		}
		remember(overlap, now, r.Forgetting)
		remember(evidence, met, r.Forgetting)
	}
}
