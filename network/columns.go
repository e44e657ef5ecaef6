package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// readColumns makes the stimuli ready by visible neuron for a rule that reads them so.
func (l *Learner[T]) readColumns() {
	if !learning.Has[learning.ByColumn](l.rule) {
		return
	}
	m, n := l.part.stimuli, l.net.Visible.Size
	l.columns = &learning.Columns[T]{Stimuli: m, Rates: make([]T, l.net.Hidden.Size*m)}
	if counts, ok := l.stimuli.(*neuron.Counts[T]); ok {
		l.columns.Counts = counts.Held().Transposed(n, 0, m)
		return
	}
	if l.v.view(0) == nil || !l.plan.Noise.None() {
		l.shown = make([]T, m*n)
		for i := range m {
			l.v.spread(i, l.shown[i*n:(i+1)*n])
		}
	}
	l.columns.Load = func(out []T, from, to int) {
		for i := range m {
			v := l.v.view(i)
			if l.shown != nil {
				v = l.shown[i*n : (i+1)*n]
			}
			for j, x := range v[from:to] {
				out[j*m+i] = x
			}
		}
	}
}

// see keeps the stimuli of a block as they are presented, where noise makes them others than those that are
// given.
func (l *Learner[T]) see(b *learning.Block[T]) {
	if l.columns == nil || l.plan.Noise.None() {
		return
	}
	for k := range b.Rows {
		i := b.Stimulus(k)
		copy(l.shown[i*b.Visible:(i+1)*b.Visible], b.V[k*b.Visible:(k+1)*b.Visible])
	}
}

// turnRates writes the hidden rates by hidden neuron, in jobs of the pool.
func (l *Learner[T]) turnRates(_, slice int) {
	r, m := l.net.Hidden.Size, l.part.stimuli
	from, to := share(r, 1, slice, proposalJobs)
	kernel.Rows(l.columns.Rates[from*m:to*m], l.h.Rows(0, m), m, r, from, to)
}
