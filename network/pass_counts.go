package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// visiblePass passes over counts, all at once. Coincidences of
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
type visiblePass[T neuron.Float] struct {
	l           *Learner[T]
	objective   learning.Additive[T]
	runs        []*kernel.Counts[T] // transposed: one row a visible neuron
	run         int                 // the present one
	coincidence []T                 // r×n
	sumsOf      [][]T               // blockRows×r coincidences, one a worker
	rowsOf      [][]T               // blockRows×r weights, one a worker
	gathered    []T                 // n×r sums of several runs; or nil

	gatherBlock, turnBlock func(worker, item int) // jobs of the pool, made once
}

// runBytes is the size of the hidden rates of a run in float64.
const runBytes = 8 << 20

// stimuliOfRun returns the number of stimuli of a run.
func stimuliOfRun(hidden int) int { return max(1, runBytes/(8*hidden)) }

// phasesOfCounts is [phases] for a pass by visible neuron: counts are accumulated by
// visible neuron and recognised by stimulus, so that the two are phases of their own.
var phasesOfCounts = [...][]Phase{
	LearnRecognise: {Accumulate, Propose, Commit, Recognise},
	RecogniseLearn: {Recognise, Accumulate, Propose, Commit},
	Simultaneous:   {Accumulate, Recognise, Propose, Commit},
}

func newVisiblePass[T neuron.Float](l *Learner[T], counts *kernel.Counts[T], o learning.Additive[T]) *visiblePass[T] {
	r, n := l.net.Hidden.Size, l.net.Visible.Size
	p := &visiblePass[T]{l: l, objective: o}
	p.gatherBlock, p.turnBlock = p.sumBlock, p.columnsOfBlock
	stimuli := stimuliOfRun(r)
	for from := 0; from < counts.Rows(); from += stimuli {
		p.runs = append(p.runs, counts.Transposed(n, from, min(from+stimuli, counts.Rows())))
	}
	if len(p.runs) > 1 {
		p.gathered = make([]T, n*r)
		kernel.HugePages(p.gathered)
		return p
	}
	for range l.net.pool.Workers() {
		p.sumsOf, p.rowsOf = append(p.sumsOf, make([]T, blockRows*r)), append(p.rowsOf, make([]T, blockRows*r))
	}
	return p
}

// lends reports whether the memory of the next proposal is free during recognition
// and for coincidences: the first while they are not both needed, the second if the
// rule sums up no overlaps, see [learning.Change]. Where there are several runs it is lent
// for neither.
func (p *visiblePass[T]) lends() (rows, coincidence bool) {
	if p.gathered != nil {
		return false, false
	}
	return p.l.plan.Order != Simultaneous, p.l.groups[0].Overlap == nil
}

func (*visiblePass[T]) columns() int { return 0 }

func (p *visiblePass[T]) begin() ([]Phase, *learning.Accumulator[T]) {
	if _, coincidence := p.lends(); !coincidence {
		p.coincidence = make([]T, p.l.net.Hidden.Size*p.l.net.Visible.Size)
	}
	p.committed()
	total := *p.l.groups[0]
	total.Visible = p.l.net.Visible.Size
	return phasesOfCounts[p.l.plan.Order], &total
}

func (p *visiblePass[T]) pack() {
	p.l.net.mustRefresh()
	p.l.net.packed.PackRows()
}

// gather sums up the coincidences with the present rates and synapses, if the rule reads them.
func (p *visiblePass[T]) gather() {
	rows, _ := p.lends()
	if rows {
		p.l.net.packed.RowsIn(nil) // whoever reads the objective meanwhile gets other memory
	}
	if p.l.groups[0].Coincidence != nil {
		p.coincide()
	}
}

// coincide sums up the coincidences.
func (p *visiblePass[T]) coincide() {
	_, coincidence := p.lends()
	if coincidence {
		p.coincidence = p.l.proposed[0]
	}
	p.l.total.Coincidence = p.coincidence
	blocks := (p.l.net.Visible.Size + blockRows - 1) / blockRows
	for p.run = range p.runs {
		p.l.net.pool.Run(blocks, p.gatherBlock)
	}
	if p.gathered != nil {
		p.l.net.pool.Run(blocks, p.turnBlock)
	}
}

// sumBlock sums up the coincidences of some visible neurons in the present run.
func (p *visiblePass[T]) sumBlock(worker, block int) {
	l, r, n := p.l, p.l.net.Hidden.Size, p.l.net.Visible.Size
	from, to := block*blockRows, min((block+1)*blockRows, n)
	var sums, rows []T
	if p.gathered != nil {
		sums, rows = p.gathered[from*r:to*r], l.net.packed.RowsOf(from, to)
	} else {
		sums, rows = p.sumsOf[worker][:(to-from)*r], p.rowsOf[worker][:(to-from)*r]
		kernel.Rows(rows, l.net.synapses.Weights(), r, n, from, to)
	}
	if p.run == 0 {
		clear(sums)
	}
	p.objective.CoincideCounts(sums, rows, p.runs[p.run], from, to, l.h.Rows(0, l.h.Stimuli()), r)
	if p.gathered == nil {
		kernel.Columns(p.coincidence, sums, r, n, from, to)
	}
}

// columnsOfBlock writes the sums of some visible neurons over all runs where the rule
// reads them.
func (p *visiblePass[T]) columnsOfBlock(_, block int) {
	r, n := p.l.net.Hidden.Size, p.l.net.Visible.Size
	from, to := block*blockRows, min((block+1)*blockRows, n)
	kernel.Columns(p.coincidence, p.gathered[from*r:to*r], r, n, from, to)
}

func (p *visiblePass[T]) committed() {
	if rows, _ := p.lends(); rows {
		p.l.net.packed.RowsIn(p.l.proposed[0])
	}
}

func (p *visiblePass[T]) release() { p.l.net.packed.RowsIn(nil) }

func (*visiblePass[T]) sums() ([][]T, bool) { return nil, true }

func (p *visiblePass[T]) reached([][]T) []T {
	p.gather()
	if p.l.groups[0].Coincidence == nil {
		p.coincide()
	}
	return p.coincidence
}
