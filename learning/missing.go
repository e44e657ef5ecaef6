package learning

import (
	"math"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// seenRates is what a block keeps for its mask.
type seenRates[T neuron.Float] struct{ known, predicted []T }

// See tells the block which entries of its stimuli are seen, and which stimuli lack any: bits as in
// Seen, or nil.
func (b *Block[T]) See(seen []uint64, lacks []bool) { b.Seen, b.Lacks, b.shown = seen, lacks, nil }

// Shown returns Seen as numbers, Rows×n, or nil where nothing is missing. The first call after
// [Block.See] writes them.
func (b *Block[T]) Shown() []T {
	if b.shown == nil && b.Seen != nil {
		b.shown = Buffer(&StateOf[seenRates[T]](b).known, b.Rows*b.Visible)
		words := kernel.Words(b.Visible)
		for k := range b.Rows {
			kernel.Expand(b.shown[k*b.Visible:(k+1)*b.Visible], b.Seen[k*words:(k+1)*words])
		}
	}
	return b.shown
}

// AllSeen returns Shown, or ones where nothing is missing, Rows×n.
func (b *Block[T]) AllSeen() []T {
	if b.Seen != nil {
		return b.Shown()
	}
	ones := Buffer(&StateOf[seenRates[T]](b).known, b.Rows*b.Visible)
	for i := range ones {
		ones[i] = 1
	}
	return ones
}

// SeenPrediction returns the prediction of what is seen of a block, M∘(H W), Rows×n.
func (b *Block[T]) SeenPrediction() []T {
	p := Buffer(&StateOf[seenRates[T]](b).predicted, b.Rows*b.Visible)
	kernel.Predict(p, b.H, b.Rows, b.Synapses)
	if b.Seen != nil {
		kernel.Multiply(p, p, b.Shown())
	}
	return p
}

// NextLacking returns the first run [from, to) of stimuli at or after a stimulus that all miss
// something; from is Rows where there is none.
func (b *Block[T]) NextLacking(after int) (from, to int) {
	for from = after; from < b.Rows && (b.Lacks == nil || !b.Lacks[from]); from++ {
	}
	for to = from; to < b.Rows && b.Lacks[to]; to++ {
	}
	return from, to
}

// sendRates adds Σ_i x_ia M_ij, what synapses send under the Poisson objective, for hidden rates x
// (Rows×r) or multiples of them.
func sendRates[T neuron.Float](acc *Accumulator[T], b *Block[T], x []T) {
	if acc.Sent == nil {
		return
	}
	if b.Seen != nil {
		kernel.SeenCorrelate(acc.Sent, x, b.Seen, b.Rows, acc.Hidden, acc.Visible, b.Scratch)
		return
	}
	for a := range acc.Hidden {
		total := T(0)
		for i := a; i < len(x); i += acc.Hidden {
			total += x[i]
		}
		sent := acc.Sent[a*acc.Visible : (a+1)*acc.Visible]
		for j := range sent {
			sent[j] += total
		}
	}
}

// sendPredictions adds Σ_i h_ia M_ij p_ij, what synapses send under the Gaussian objective.
func sendPredictions[T neuron.Float](acc *Accumulator[T], b *Block[T]) {
	if acc.Sent != nil {
		kernel.PredictCorrelate(acc.Sent, b.H, b.Shown(), b.Rows, b.Synapses, b.Scratch)
	}
}

// rememberSent adds what the synapses of a neuron have sent in this batch to what they sent in
// earlier ones. A synapse that sends for the first time finds a memory as if all batches before
// had been like this one and had shown just what it predicts.
func rememberSent[T neuron.Float](old, sent, evidence, weights []T, forgetting float64) {
	for j, s := range sent {
		if old[j] == 0 && s > 0 {
			old[j] = s / T(forgetting)
			evidence[j] = weights[j] * s / T(forgetting)
		}
	}
	remember(old, sent, forgetting)
}

// shareSteps is the largest number of Newton steps of [shareAmong].
const shareSteps = 64

// shareExact is how far the sum may be from 1 before the last step, which squares it.
const shareExact = 0x1p-27

// shareAmong shares out one unit of weight among the synapses of a neuron, where s_j = w_j Σ_i h_i
// M_ij q_ij stands in next and t_j = Σ_i h_i M_ij in sent:
//
//	w_j ← s_j / ( t_j + λ ),    Σ_j w_j = 1
//
// It is the largest Σ_j ( s_j log w_j − t_j w_j ) under that constraint. A synapse with t_j = 0 keeps
// its weight, and the others share what is left.
//
// With f(λ) = Σ_j s_j/(t_j + λ), which falls, 1/f is concave, so that Newton's steps on it from
// below climb to the root without passing it. The denominators are t_j − t + μ, with the smallest
// t of all, and μ = t + λ > 0, so that none is lost in rounding. Sums are in float64.
func shareAmong[T neuron.Float](next, now, sent []T) {
	left, total, least, most := 1.0, 0.0, math.Inf(1), 0.0
	for j, t := range sent {
		switch {
		case t == 0:
			next[j] = now[j]
			left -= float64(now[j])
		case next[j] != 0:
			total += float64(next[j])
			least, most = min(least, float64(t)), max(most, float64(t))
		}
	}
	if left <= 0 {
		copy(next, now)
		return
	}
	if total > 0 {
		mu := total/left - (most - least)
		for j, s := range next {
			if sent[j] != 0 && s != 0 {
				mu = max(mu, float64(s)/left-(float64(sent[j])-least))
			}
		}
		for range shareSteps {
			f, slope := 0.0, 0.0
			for j, s := range next {
				if sent[j] != 0 && s != 0 {
					one := 1 / (float64(sent[j]) - least + mu)
					term := float64(s) * one
					f += float64(term)
					slope += float64(term * one)
				}
			}
			mu += max(0, (f/left-1)*f/slope)
			if !(f/left-1 > shareExact) {
				break
			}
		}
		for j, s := range next {
			if sent[j] != 0 && s != 0 {
				next[j] = T(float64(s) / (float64(sent[j]) - least + mu))
			}
		}
	}
	if sum := kernel.Sum(next); sum != 0 {
		kernel.Divide(next, T(sum))
	}
}

// evidenceMissing writes the evidence of hidden neuron a for its next weights, w_aj Σ_i h_ia v_ij/p_ij, into
// its row of c.Next, and returns that row, its present weights, and what each of its synapses sends. With
// forgetting both are those that are remembered.
func evidenceMissing[T neuron.Float](c *Change[T], a int, forgetting float64) (next, now, sent []T) {
	next, now, met := c.Of(a)
	n := len(next)
	sent = c.Sum.Sent[a*n : (a+1)*n]
	kernel.Multiply(next, now, met)
	if c.Memory != nil {
		_, _, evidence := c.Remembered(a)
		all := c.Memory.Sent[a*n : (a+1)*n]
		rememberSent(all, sent, evidence, now, forgetting)
		remember(evidence, next, forgetting)
		copy(next, evidence)
		sent = all
	}
	return next, now, sent
}

// sentGaussian writes what the synapses of the hidden neurons c.From, ..., c.To−1 send under
// the Gaussian objective into their rows of c.Next: HᵀH W, or what was summed up.
func sentGaussian[T neuron.Float](c *Change[T], overlap []T) {
	n, hidden := c.Sum.Visible, c.Sum.Hidden
	next := c.Next[c.From*n : c.To*n]
	if c.Sum.Sent != nil {
		copy(next, c.Sum.Sent[c.From*n:c.To*n])
		return
	}
	kernel.Mul(next, overlap[c.From*hidden:c.To*hidden], c.Now, c.To-c.From, hidden, n)
}

// missingBalance is the [Balance] of stimuli with missing entries: a rate sends Σ_j w_aj s_ij, a
// synapse Σ_i h_ia s_ij, s_ij = M_ij for the Poisson objective and M_ij p_ij for the Gaussian.
type missingBalance[T neuron.Float] struct {
	sends func(b *Block[T]) []T // s, Rows×n
	sent  [][]T                 // r×n, one a group
}

func newMissingBalance[T neuron.Float](p Pass[T], sends func(b *Block[T]) []T) *missingBalance[T] {
	m := &missingBalance[T]{sends: sends}
	for range p.Groups {
		m.sent = append(m.sent, make([]T, p.Hidden*p.Visible))
	}
	return m
}

func (m *missingBalance[T]) Look(group int, b *Block[T]) {
	s := m.sends(b)
	kernel.GaussianDrive(b.Inhibition, s, b.Rows, b.Synapses)
	kernel.Correlate(m.sent[group], b.H, s, b.Rows, b.Hidden, b.Visible)
}

func (*missingBalance[T]) Rate(b *Block[T], i int) float64 { return float64(b.Inhibition[i]) }

func (m *missingBalance[T]) Synapses([]T) func(i int) float64 {
	for _, s := range m.sent[1:] {
		kernel.Add(m.sent[0], s)
	}
	return func(i int) float64 { return float64(m.sent[0][i]) }
}
