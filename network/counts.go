package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
)

// byVisible is what a learner needs to accumulate over counts. Coincidences of
// hidden rates and error units are summed up by visible neuron, each by one
// worker over all its stimuli, so that no accumulator of the size of the synapses
// is needed for a group.
type byVisible[T kernel.Float] struct {
	counts      *kernel.Counts[T] // transposed: one row a visible neuron
	gathered    []T               // n×r
	coincidence []T               // r×n
	parts       []float64         // r, the sum of the synapses of each hidden neuron

	gatherBlock, turnSlice func(worker, item int) // jobs of the pool, made once
}

func newByVisible[T kernel.Float](counts *kernel.Counts[T], r, n int) *byVisible[T] {
	return &byVisible[T]{
		counts: counts.Transposed(n), gathered: make([]T, n*r), coincidence: make([]T, r*n), parts: make([]float64, r),
	}
}

// gather sums up the coincidences with the present rates and synapses.
func (l *Learner[T]) gather() {
	l.net.pool.run((l.net.Visible.Size+BlockRows-1)/BlockRows, l.byVisible.gatherBlock)
	l.net.pool.run(slices, l.byVisible.turnSlice)
}

func (l *Learner[T]) gatherBlock(_, block int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	from, to := block*BlockRows, min((block+1)*BlockRows, n)
	kernel.CorrelateCounts(l.byVisible.gathered[from*r:to*r], l.byVisible.counts, from, to, l.h.Rows(0, l.h.Stimuli()), l.net.packed)
}

func (l *Learner[T]) turnSlice(_, slice int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	kernel.Transpose(l.byVisible.coincidence, l.byVisible.gathered, n, r, slice*r/slices, (slice+1)*r/slices)
}

// countsLoss returns the share of a block in the divergence: its terms where
// there are counts, and its predictions where there are none.
func (l *Learner[T]) countsLoss(b *learning.Block[T]) float64 {
	loss, predicted := kernel.CountsLoss(b.Counts, b.From, b.From+b.Rows, b.H, b.Synapses, b.Scratch)
	everywhere := 0.0
	for i, h := range b.H {
		everywhere += float64(float64(h) * l.byVisible.parts[i%len(l.byVisible.parts)])
	}
	return loss + (everywhere - predicted)
}
