package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
)

// passGroup takes the blocks of one group through the present phase.
func (l *Learner[T]) passGroup(worker, group int) {
	phase, acc := l.phases[l.phase], l.groups[group]
	if phase != Recognise {
		acc.Clear()
	}
	from, to := l.batchPartition(l.presented.size()).group(group)
	for block := from; block < to; block++ {
		b := l.carrier(worker, block)
		if b.Rows == 0 {
			continue
		}
		switch {
		case phase == Accumulate:
			l.rule.Accumulate(acc, b)
		case phase == Recognise:
			l.settle(worker, b, nil)
		case phase == RecogniseAccumulate && l.plan.Order == Simultaneous:
			b.Coincide = acc.Coincidence // one look at the error units serves both
			l.net.circuit.Drive(b)
			l.rule.Accumulate(acc, b)
			b.Coincide = nil
			l.update(worker, b)
		default:
			l.settle(worker, b, acc)
			l.rule.Accumulate(acc, b)
		}
		l.scatter(b, block)
	}
}

// settle takes a block through the steps of recognition. A rule that reads error units
// step by step finds their coincidences in the accumulator.
func (l *Learner[T]) settle(worker int, b *learning.Block[T], acc *learning.Accumulator[T]) {
	nature := l.rule.Nature()
	if nature.Online {
		l.net.begin(b)
	}
	l.net.circuit.Begin(b)
	silent := l.plan.Steps / 2
	for step := range l.plan.Steps {
		if nature.Stepwise && acc != nil && step == silent {
			b.Coincide, b.Credit = acc.Coincidence, 1/T(l.plan.Steps-silent)
		}
		l.net.circuit.Drive(b)
		l.update(worker, b)
	}
	b.Coincide = nil
}

// update moves the rates of a block by what was driven, and further where the
// steps are relaxed.
func (l *Learner[T]) update(worker int, b *learning.Block[T]) {
	if l.halvings == 0 {
		l.net.circuit.Update(b)
	} else {
		before := l.before[worker][:len(b.H)]
		copy(before, b.H)
		l.net.circuit.Update(b)
		kernel.Relax(b.H, before, l.halvings)
	}
	kernel.Flush(b.H, l.net.Floor)
}
