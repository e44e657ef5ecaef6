package network

import (
	"math/rand/v2"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// presented says which stimuli are being presented: all of them, or the batch
// order[from:to] of the present epoch.
type presented struct {
	order    []int
	from, to int
	epoch    int    // to which order belongs
	apart    uint64 // number of presentations outside of any epoch, this batch included; or 0
}

// size is the number of stimuli of the batch, 0 where all are presented at once.
func (p *presented) size() int { return p.to - p.from }

// batchPartition cuts a batch of that size into groups and blocks; 0 means all stimuli.
func (l *Learner[T]) batchPartition(batch int) partition {
	return Plan{Batch: batch}.partition(l.part.stimuli)
}

// nextBatch moves on to the next batch of the present epoch.
func (l *Learner[T]) nextBatch() {
	p := &l.presented
	if p.epoch != l.epoch+1 || p.order == nil {
		if p.order == nil {
			p.order = make([]int, l.part.stimuli)
		}
		for i := range p.order {
			p.order[i] = i
		}
		if l.plan.Shuffle != nil {
			l.plan.Shuffle(l.epoch+1, p.order)
		}
		p.epoch, p.to = l.epoch+1, 0
	}
	p.from, p.to = p.to, min(p.to+l.plan.Batch, len(p.order))
}

// Present lets the network learn from one batch of stimuli, in the given order, outside of
// any epoch. Such presentations have numbers of their own, so that stochastic circuits draw
// other random numbers than in any epoch. It panics for more stimuli than a batch.
func (l *Learner[T]) Present(stimuli ...int) error {
	if l.plan.Batch == 0 || len(stimuli) > l.plan.Batch {
		panic("network: Present: more stimuli than a batch")
	}
	kept := l.presented
	kept.apart += uint64(len(stimuli))
	l.presented = presented{order: stimuli, to: len(stimuli), apart: kept.apart}
	defer func() { l.presented = kept }()
	l.net.pool.Serial = l.plan.Batch < blockRows
	defer func() { l.net.pool.Serial, l.phase = false, 0 }()
	for k, phase := range l.phases {
		l.phase = k
		if err := l.run(phase); err != nil {
			return err
		}
	}
	return nil
}

// workerBlock fills the block of the worker with stimuli as they are being presented, with the noise
// of the plan.
func (l *Learner[T]) workerBlock(worker, block int) *learning.Block[T] {
	b := l.presentedBlock(worker, block)
	if n := l.plan.Noise; !n.None() && b.Rows > 0 {
		s := learning.StateOf[noisy[T]](b)
		v := learning.Buffer(&s.stimuli, b.Rows*b.Visible)
		for k := range b.Rows {
			number := b.PresentationID + uint64(k)
			if n.Frozen {
				number = uint64(b.Stimulus(k))
			}
			n.SeedOf(&s.chance, number, 0)
			from, to := k*b.Visible, (k+1)*b.Visible
			var seen []uint64
			if mask := l.v.mask(); mask != nil {
				seen = mask.Row(b.Stimulus(k))
			}
			neuron.Add(n, v[from:to], b.V[from:to], seen, &s.chance)
		}
		b.V = v
	}
	return b
}

// noisy is what a learner keeps with a block under noise: the stimuli as they are presented, Rows×n.
type noisy[T neuron.Float] struct {
	stimuli []T
	chance  rand.PCG
}

// presentedBlock fills the block of the worker with stimuli that are being presented. The
// stimuli of a batch are copied together, because they are not neighbours in memory.
func (l *Learner[T]) presentedBlock(worker, block int) *learning.Block[T] {
	p := &l.presented
	if l.plan.Batch == 0 {
		b := l.net.workerBlock(worker, l.part, block, l.v, l.h)
		b.PresentationID += uint64(l.epoch) * uint64(l.part.stimuli)
		b.Epoch = l.epoch + 1
		return b
	}
	from, to := l.batchPartition(p.size()).block(block)
	if to-from == 1 && l.v.view(0) != nil {
		i := p.order[p.from+from]
		b := l.net.carry(worker, i, i+1, l.v, l.h)
		b.PresentationID, b.Epoch = l.presentation(from), l.epoch+1
		return b
	}
	b := l.net.workerBlocks[worker]
	b.Rows, b.RowOffset, b.PresentationID, b.Epoch, b.Counts = to-from, 0, l.presentation(from), l.epoch+1, nil
	b.See(nil, nil)
	b.First, b.Order = 0, p.order[p.from+from:p.from+to]
	b.V, b.H = gatheredStimuli(b), gatheredRates(b)
	for k := range b.Rows {
		i := p.order[p.from+from+k]
		l.v.spread(i, b.V[k*b.Visible:(k+1)*b.Visible])
		copy(b.H[k*b.Hidden:(k+1)*b.Hidden], l.h.Of(i))
	}
	if seen := l.v.mask(); seen != nil {
		see(b, seen, func(k int) int { return p.order[p.from+from+k] })
	}
	b.Drive, b.Inhibition = b.Drive[:b.Rows*b.Hidden], b.Inhibition[:b.Rows*b.Hidden]
	return b
}

// gathered is what a learner keeps with a block: copies of the stimuli of a batch, Rows×n,
// and of their hidden rates, Rows×r.
type gathered[T neuron.Float] struct{ stimuli, rates []T }

func gatheredStimuli[T neuron.Float](b *learning.Block[T]) []T {
	return learning.Buffer(&learning.StateOf[gathered[T]](b).stimuli, b.Rows*b.Visible)
}

func gatheredRates[T neuron.Float](b *learning.Block[T]) []T {
	return learning.Buffer(&learning.StateOf[gathered[T]](b).rates, b.Rows*b.Hidden)
}

// presentation returns the number of the presentation of a stimulus of the batch.
func (l *Learner[T]) presentation(inBatch int) uint64 {
	if p := &l.presented; p.apart > 0 && p.epoch == 0 {
		return outside>>1 | (p.apart - uint64(p.to) + uint64(inBatch))
	}
	return uint64(l.epoch)*uint64(l.part.stimuli) + uint64(l.presented.from+inBatch)
}

// scatter copies the rates of a gathered block back to the hidden rates of all stimuli.
func (l *Learner[T]) scatter(b *learning.Block[T], block int) {
	p := &l.presented
	if l.plan.Batch == 0 || b.Rows == 1 && l.v.view(0) != nil {
		return
	}
	from, _ := l.batchPartition(p.size()).block(block)
	for k := range b.Rows {
		copy(l.h.Of(p.order[p.from+from+k]), b.H[k*b.Hidden:(k+1)*b.Hidden])
	}
}

// begin sets the rates of a block to those from which recognition starts; see
// [Network.Start].
func (n *Network[T]) begin(b *learning.Block[T]) {
	if learning.Has[Resting](n.circuit) {
		clear(b.H)
		return
	}
	for i := range b.Rows {
		shareOut(b.H[i*b.Hidden:(i+1)*b.Hidden], totalOf(b, i))
	}
}

// totalOf returns the total of stimulus i of a block.
func totalOf[T neuron.Float](b *learning.Block[T], i int) (total float64) {
	if b.Counts == nil {
		return kernel.Sum(b.V[i*b.Visible : (i+1)*b.Visible])
	}
	for k := b.Counts.Start[b.RowOffset+i]; k < b.Counts.Start[b.RowOffset+i+1]; k++ {
		total += float64(b.Counts.At(k))
	}
	return total
}

// RecogniseAll recognises all stimuli again with the present synapses, from the initial
// rates and for that many steps. A rule that learns online needs it at the end: each
// stimulus still has the rates that belonged to the synapses at its last presentation.
func (l *Learner[T]) RecogniseAll(steps int) {
	l.net.Start(l.stimuli, l.h)
	l.net.recognise(l.stimuli, l.h, steps, l.events.at(l.epoch-1))
}
