package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
)

// byVisible is what a learner needs to accumulate over counts. Coincidences of
// hidden rates and error units are summed up by visible neuron, each by one
// worker at a time, so that no accumulator of the size of the synapses is needed
// for a group. One run of stimuli comes after the other, because their hidden rates
// are read in no order and must stay in cache.
type byVisible[T kernel.Float] struct {
	runs        []*kernel.Counts[T] // transposed: one row a visible neuron
	run         int                 // the present one
	gathered    []T                 // n×r
	coincidence []T                 // r×n

	gatherBlock, turnSlice func(worker, item int) // jobs of the pool, made once
}

// runBytes is the size of the hidden rates of a run in float64.
const runBytes = 8 << 20

func newByVisible[T kernel.Float](counts *kernel.Counts[T], r, n int) *byVisible[T] {
	c := &byVisible[T]{gathered: make([]T, n*r), coincidence: make([]T, r*n)}
	kernel.HugePages(c.gathered)
	kernel.HugePages(c.coincidence)
	stimuli := max(1, runBytes/(8*r))
	for from := 0; from < counts.Rows(); from += stimuli {
		c.runs = append(c.runs, counts.Transposed(n, from, min(from+stimuli, counts.Rows())))
	}
	return c
}

// gather sums up the coincidences with the present rates and synapses.
func (l *Learner[T]) gather() {
	for l.byVisible.run = range l.byVisible.runs {
		l.net.pool.run((l.net.Visible.Size+BlockRows-1)/BlockRows, l.byVisible.gatherBlock)
	}
	l.net.pool.run(slices, l.byVisible.turnSlice)
}

func (l *Learner[T]) gatherBlock(_, block int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	from, to := block*BlockRows, min((block+1)*BlockRows, n)
	c := l.byVisible.gathered[from*r : to*r]
	if l.byVisible.run == 0 {
		clear(c)
	}
	run, h := l.byVisible.runs[l.byVisible.run], l.h.Rows(0, l.h.Stimuli())
	if l.rule.Nature().Objective == learning.Gaussian {
		kernel.GaussianCorrelateCounts(c, run, from, to, h, r)
		return
	}
	kernel.CorrelateCounts(c, run, from, to, h, l.net.packed)
}

func (l *Learner[T]) turnSlice(_, slice int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	kernel.Transpose(l.byVisible.coincidence, l.byVisible.gathered, n, r, slice*r/slices, (slice+1)*r/slices)
}
