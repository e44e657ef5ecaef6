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
	var known []T // all rates, where they are not held in one piece
	if l.v.view(0) == nil {
		known = make([]T, m*n)
		for i := range m {
			l.v.spread(i, known[i*n:(i+1)*n])
		}
	}
	l.columns.Load = func(out []T, from, to int) {
		for i := range m {
			v := l.v.view(i)
			if known != nil {
				v = known[i*n : (i+1)*n]
			}
			for j, x := range v[from:to] {
				out[j*m+i] = x
			}
		}
	}
}

// turnRates writes the hidden rates by hidden neuron, in jobs of the pool.
func (l *Learner[T]) turnRates(_, slice int) {
	r, m := l.net.Hidden.Size, l.part.stimuli
	from, to := share(r, 1, slice, proposalJobs)
	kernel.Rows(l.columns.Rates[from*m:to*m], l.h.Rows(0, m), m, r, from, to)
}
