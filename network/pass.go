package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// pass is how a learner passes over stimuli of one form. [Learner.passGroup] takes them
// block by block; a pass says what is made ready before, what is summed up after, and
// where.
type pass[T neuron.Float] interface {
	// columns is the number of columns of the coincidences that groups of blocks sum up: n,
	// or 0 if gather sums them up.
	columns() int
	// begin is called once the accumulators of all groups are made. It returns the phases of
	// an epoch, and the accumulator in which the sums over all groups stand at the end.
	begin() ([]Phase, *learning.Accumulator[T])
	// pack makes the synapses ready for a pass.
	pack()
	// gather is called after the phase Accumulate.
	gather()
	// committed is called after the phase Commit.
	committed()
	// release gives back what only learning needs.
	release()
	// sums returns memory in which each group sums up coincidences for [Learner.Optimality],
	// nil if reached does; false if they cannot be known.
	sums() (sums [][]T, ok bool)
	// reached returns the coincidences of all stimuli.
	reached(sums [][]T) []T
}

// groupPass passes over stimuli of which blocks hold all rates. Groups of blocks sum up
// coincidences.
type groupPass[T neuron.Float] struct {
	l     *Learner[T]
	dense bool // the stimuli themselves hold all rates
}

func (p *groupPass[T]) columns() int { return p.l.net.Visible.Size }

func (p *groupPass[T]) begin() ([]Phase, *learning.Accumulator[T]) {
	return phases[p.l.plan.Order], p.l.groups[0]
}

func (p *groupPass[T]) pack()    { p.l.net.packPanels() }
func (*groupPass[T]) gather()    {}
func (*groupPass[T]) committed() {}
func (*groupPass[T]) release()   {}

func (p *groupPass[T]) sums() (sums [][]T, ok bool) {
	l, size := p.l, p.l.net.Hidden.Size*p.l.net.Visible.Size
	if !p.dense {
		return nil, false
	}
	for g := range l.part.groups() {
		if l.plan.Batch == 0 && len(l.groups[g].Coincidence) == size {
			clear(l.groups[g].Coincidence)
			sums = append(sums, l.groups[g].Coincidence)
		} else {
			sums = append(sums, make([]T, size))
		}
	}
	return sums, true
}

func (*groupPass[T]) reached(sums [][]T) []T {
	for _, s := range sums[1:] {
		kernel.Add(sums[0], s)
	}
	return sums[0]
}

// passGroup takes the blocks of one group through the present phase.
func (l *Learner[T]) passGroup(worker, group int) {
	phase, acc := l.phases[l.phase], l.groups[group]
	if phase != Recognise {
		acc.Clear()
	}
	from, to := l.batchPartition(l.presented.size()).group(group)
	for block := from; block < to; block++ {
		b := l.workerBlock(worker, block)
		if b.Rows == 0 {
			continue
		}
		switch {
		case phase == Accumulate:
			l.see(b)
			b.Coincidence = l.apart
			l.rule.Accumulate(acc, b)
			b.Coincidence = nil
		case phase == Recognise:
			l.settle(worker, b, nil)
		case phase == RecogniseAccumulate && l.plan.Order == Simultaneous:
			b.Coincidence = acc.Coincidence // one look at the error units serves both
			l.net.drive(b, l.now)
			l.rule.Accumulate(acc, b)
			b.Coincidence = nil
			l.net.move(worker, b, l.accelerator, l.now)
		default:
			l.settle(worker, b, acc)
			l.see(b)
			l.rule.Accumulate(acc, b)
		}
		l.scatter(b, block)
	}
}

// settle takes a block through the steps of recognition. A rule that reads error units
// step by step finds their coincidences in the accumulator.
func (l *Learner[T]) settle(worker int, b *learning.Block[T], acc *learning.Accumulator[T]) {
	if l.online {
		l.net.begin(b)
	}
	l.net.open(b, l.now)
	silent := l.plan.Steps / 2
	for step := range l.plan.Steps {
		if l.eachStep && acc != nil && step == silent {
			b.Coincidence, b.CoincidenceWeight = acc.Coincidence, 1/T(l.plan.Steps-silent)
		}
		l.net.drive(b, l.now)
		l.net.move(worker, b, l.accelerator, l.now)
	}
	b.Coincidence = nil
}
