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
//
// Where there is one run there are two arrays of the size of the synapses, the weights and
// the memory of the next proposal. While nothing is proposed that holds the weights by
// visible neuron, for recognition; then the coincidences; then the proposal. Where there
// are several runs the hidden rates are larger than the synapses or near it, and turning
// weights and sums in every run would take as long as all else: then there are arrays of
// their own for the weights by visible neuron, the sums and the coincidences.
type byVisible[T kernel.Float] struct {
	runs        []*kernel.Counts[T] // transposed: one row a visible neuron
	run         int                 // the present one
	coincidence []T                 // r×n
	sums, rows  [][]T               // BlockRows×r coincidences and weights, one a worker
	gathered    []T                 // n×r sums of several runs; or nil
	objective   learning.Additive[T]

	gatherBlock, turnBlock func(worker, item int) // jobs of the pool, made once
}

// runBytes is the size of the hidden rates of a run in float64.
const runBytes = 8 << 20

func newByVisible[T kernel.Float](counts *kernel.Counts[T], o learning.Additive[T], r, n, workers int) *byVisible[T] {
	c := &byVisible[T]{objective: o}
	stimuli := max(1, runBytes/(8*r))
	for from := 0; from < counts.Rows(); from += stimuli {
		c.runs = append(c.runs, counts.Transposed(n, from, min(from+stimuli, counts.Rows())))
	}
	if len(c.runs) > 1 {
		c.gathered = make([]T, n*r)
		kernel.HugePages(c.gathered)
		return c
	}
	for range workers {
		c.sums, c.rows = append(c.sums, make([]T, BlockRows*r)), append(c.rows, make([]T, BlockRows*r))
	}
	return c
}

// lends reports whether the memory of the next proposal is free during recognition
// and for coincidences: the first while they are not both needed, the second if the
// rule sums up no overlaps, see [learning.Change]. Where
// there are several runs it is lent for neither.
func (l *Learner[T]) lends() (rows, coincidence bool) {
	if l.byVisible.gathered != nil {
		return false, false
	}
	return l.plan.Order != Simultaneous, l.groups[0].Overlap == nil
}

// Release gives back the memory that learning alone needs, when it is over. Hidden
// rates and synapses stay; another epoch panics.
func (l *Learner[T]) Release() {
	if l.byVisible != nil {
		l.net.packed.RowsIn(nil)
	}
	clear(l.proposed)
	l.byVisible, l.groups, l.total, l.before = nil, nil, nil, nil
	clear(l.changes[:])
}

// gather sums up the coincidences with the present rates and synapses.
func (l *Learner[T]) gather() {
	c := l.byVisible
	rows, coincidence := l.lends()
	if rows {
		l.net.packed.RowsIn(nil) // who looks at the objective meanwhile gets other memory
	}
	if coincidence {
		c.coincidence = l.proposed[0]
	}
	l.total.Coincidence = c.coincidence
	blocks := (l.net.Visible.Size + BlockRows - 1) / BlockRows
	for c.run = range c.runs {
		l.net.pool.Run(blocks, c.gatherBlock)
	}
	if c.gathered != nil {
		l.net.pool.Run(blocks, c.turnBlock)
	}
}

// gatherBlock sums up the coincidences of some visible neurons in the present run.
func (l *Learner[T]) gatherBlock(worker, block int) {
	r, n, c := l.net.Hidden.Size, l.net.Visible.Size, l.byVisible
	from, to := block*BlockRows, min((block+1)*BlockRows, n)
	var sums, rows []T
	if c.gathered != nil {
		sums, rows = c.gathered[from*r:to*r], l.net.packed.RowsOf(from, to)
	} else {
		sums, rows = c.sums[worker][:(to-from)*r], c.rows[worker][:(to-from)*r]
		kernel.Rows(rows, l.net.synapses.Weights(), r, n, from, to)
	}
	if c.run == 0 {
		clear(sums)
	}
	run, h := c.runs[c.run], l.h.Rows(0, l.h.Stimuli())
	c.objective.CoincideCounts(sums, rows, run, from, to, h, r)
	if c.gathered == nil {
		kernel.Columns(c.coincidence, sums, r, n, from, to)
	}
}

// turnBlock writes the sums of some visible neurons over all runs where the rule reads
// them.
func (l *Learner[T]) turnBlock(_, block int) {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	from, to := block*BlockRows, min((block+1)*BlockRows, n)
	kernel.Columns(l.byVisible.coincidence, l.byVisible.gathered[from*r:to*r], r, n, from, to)
}
