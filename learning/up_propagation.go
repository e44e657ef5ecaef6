package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// UpPropagation is the rule that fine-tunes several hidden layers at once,
// "up-propagation". The stimuli are predicted through all of them,
//
//	P = H W_K … W_2 W_1          W_1 r_1×n, W_k r_k×r_{k−1}, H m×r_K
//
// so that the parts of the top layer are C = W_K … W_1. Each epoch changes one layer, the
// lowest first, and then the next; with A = HᵀQ, Q = V/P, the layers above in U = W_K …
// W_{k+1} and those below in B = W_{k−1} … W_1,
//
//	W_k ← W_k ( Uᵀ A Bᵀ ) / ( Uᵀ h ⊗ b ),   h_a = Σ_i h_ia,  b_c = Σ_j B_cj
//
// element by element: the mismatch between stimuli and prediction climbs through the
// synapses to the layer that is to change. D never rises.
//
// The rule is local in the layer below: what climbs is a rate at the lower end of the
// synapse and the rates of its upper end. The layers are projections of the network beside
// C, and the rule proposes weights for all of them. Which layer changes follows from the
// number of the epoch.
//
// Source: Ahn, Choi & Oh 2004.
type UpPropagation[T neuron.Float] struct {
	// Layers are the projections, the lowest first: the layer that one predicts is the
	// hidden layer of the one before. The rule reads their weights.
	Layers []*synapse.Projection[T]
}

var _ Rule[float64] = (*UpPropagation[float64])(nil)

func (*UpPropagation[T]) Name() string { return "up-propagation" }

func (*UpPropagation[T]) Objective() Objective { return KL }

func (*UpPropagation[T]) Describe() Description {
	return Description{
		Doc: "Joint learning of all layers of a stack (Ahn, Choi & Oh 2004).",
		Sources: []string{
			"Ahn JH, Choi S, Oh JH (2004). A multiplicative up-propagation algorithm. Proceedings of the 21st International Conference on Machine Learning.",
		},
		Local:    true,
		Monotone: true,
	}
}

// Multiplies declares [Multiplicative].
func (*UpPropagation[T]) Multiplies() {}

// ProposesAllRows declares [AllRows]: the layers below the top are shared by all parts.
func (*UpPropagation[T]) ProposesAllRows() {}

// WhyAll completes the sentence of [NeedsAll].
func (*UpPropagation[T]) WhyAll() string {
	return "what an upper layer sends runs through all visible neurons"
}

// NewAccumulator returns an accumulator for HᵀQ and the summed rates.
func (*UpPropagation[T]) NewAccumulator(r, n int) *Accumulator[T] {
	return &Accumulator[T]{Hidden: r, Visible: n, Coincidence: make([]T, r*n), Total: make([]T, r)}
}

// Accumulate adds HᵀQ and the rates of the block.
func (*UpPropagation[T]) Accumulate(acc *Accumulator[T], b *Block[T]) {
	(&PoissonFree[T]{}).Accumulate(acc, b)
}

// Through returns the parts of the top layer in the visible layer, W_K … W_1 (r_K×n).
func Through[T neuron.Float](layers []*synapse.Projection[T]) []T {
	c := append([]T(nil), layers[0].Weights()...)
	for _, w := range layers[1:] {
		c = product(w.Weights(), c, w.Pre(), w.Post(), layers[0].Post())
	}
	return c
}

// product returns A B, A m×k and B k×n.
func product[T neuron.Float](a, b []T, m, k, n int) []T {
	c := make([]T, m*n)
	kernel.Mul(c, a, b, m, k, n)
	return c
}

// Propose proposes other weights for one layer, in epoch c.Epoch layer c.Epoch mod K, the
// present ones for the others, and the parts of all neurons of the top layer that follow.
func (r *UpPropagation[T]) Propose(c *Change[T]) {
	learns, through := c.Epoch%len(r.Layers), []T(nil)
	for k, w := range r.Layers {
		if k == learns {
			r.proposeLayer(c.Own[k], k, c.Sum)
		} else {
			copy(c.Own[k], w.Weights())
		}
		if k == 0 {
			through = c.Own[0]
		} else {
			through = product(c.Own[k], through, w.Pre(), w.Post(), c.Sum.Visible)
		}
	}
	copy(c.Next, through)
}

// proposeLayer writes the weights into next that layer k, counted from 0, is to get.
func (r *UpPropagation[T]) proposeLayer(next []T, k int, sum *Accumulator[T]) {
	w := r.Layers[k]
	rows, cols := w.Pre(), w.Post()
	// Climb: A Bᵀ, r_K×cols.
	up, below := sum.Coincidence, make([]T, cols)
	if k > 0 {
		b := Through(r.Layers[:k])
		up = make([]T, sum.Hidden*cols)
		bt := transpose(b, cols, sum.Visible)
		kernel.Mul(up, sum.Coincidence, bt, sum.Hidden, sum.Visible, cols)
		for c := range cols {
			below[c] = T(kernel.Sum(b[c*sum.Visible : (c+1)*sum.Visible]))
		}
	} else {
		for c := range below {
			below[c] = 1
		}
	}
	// Spread over the layers above: Uᵀ A Bᵀ and Uᵀ h.
	drive, total := up, sum.Total
	if k+1 < len(r.Layers) {
		u := Through(r.Layers[k+1:])
		drive, total = make([]T, rows*cols), make([]T, rows)
		kernel.Correlate(drive, u, up, sum.Hidden, rows, cols)
		kernel.Correlate(total, u, sum.Total, sum.Hidden, rows, 1)
	}
	copy(next, w.Weights())
	for a := range rows {
		for c := range cols {
			if down := T(total[a] * below[c]); down != 0 {
				next[a*cols+c] *= drive[a*cols+c] / down
			} else {
				next[a*cols+c] = 0
			}
		}
	}
}

func transpose[T neuron.Float](x []T, rows, cols int) []T {
	out := make([]T, len(x))
	for i := range rows {
		for j := range cols {
			out[j*rows+i] = x[i*cols+j]
		}
	}
	return out
}
