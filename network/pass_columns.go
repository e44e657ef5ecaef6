package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// columnsPass passes over dense stimuli, all at once, where the synapses are many.
// Coincidences are summed up by chunks of visible neurons: a worker takes one chunk through all
// groups of blocks and adds up the groups, in the tree in which [groupPass] adds them, as soon
// as two neighbours are complete. So few accumulators are needed, of the size of a
// chunk, and every sum has the same bits as with one accumulator for each group.
//
// As in [visiblePass] the coincidences stand in the memory of the next proposal where the rule
// sums up no overlaps.
type columnsPass[T neuron.Float] struct {
	l           *Learner[T]
	objective   learning.Additive[T]
	coincidence []T     // r×n
	levels      [][][]T // of each worker: sums of 1, 2, 4, ... groups over a chunk, r×chunk

	sumChunk func(worker, chunk int) // job of the pool, made once
}

// columnsFrom is the number of synapses from which they are many, and chunksFrom the number of
// chunks from which a pass by chunks keeps workers busy.
var (
	columnsFrom = 1 << 21
	chunksFrom  = 16
)

// byColumns reports whether learning from dense stimuli of which nothing is missing sums up
// coincidences by chunks of visible neurons.
func byColumns[T neuron.Float](rule learning.Rule[T], plan Plan, r, n int) bool {
	chunk := kernel.ChunkColumns[T]()
	return plan.Batch == 0 && plan.Order == LearnRecognise && learning.Has[learning.OfObjective](rule) &&
		r*n >= columnsFrom && (n+chunk-1)/chunk >= chunksFrom
}

func newColumnsPass[T neuron.Float](l *Learner[T], o learning.Additive[T]) *columnsPass[T] {
	p := &columnsPass[T]{l: l, objective: o, levels: make([][][]T, l.net.pool.Workers())}
	p.sumChunk = p.sum
	for w := range p.levels {
		p.levels[w] = make([][]T, levelsOf(l.part.groups()))
		for k := range p.levels[w] {
			p.levels[w][k] = make([]T, l.net.Hidden.Size*kernel.ChunkColumns[T]())
		}
	}
	return p
}

// levelsOf returns how many sums of a tree over groups are held at once.
func levelsOf(groups int) (levels int) {
	for ; groups > 0; groups /= 2 {
		levels++
	}
	return levels
}

// lends reports whether the memory of the next proposal is free for coincidences; see
// [learning.Change].
func (p *columnsPass[T]) lends() bool { return p.l.groups[0].Overlap == nil }

func (*columnsPass[T]) columns() int { return 0 }

func (p *columnsPass[T]) begin() ([]Phase, *learning.Accumulator[T]) {
	if !p.lends() {
		p.coincidence = make([]T, p.l.net.Hidden.Size*p.l.net.Visible.Size)
		kernel.HugePages(p.coincidence)
	}
	p.l.apart = make([]T, 0)
	total := *p.l.groups[0]
	total.Visible = p.l.net.Visible.Size
	return phases[p.l.plan.Order], &total
}

func (p *columnsPass[T]) pack() { p.l.net.packPanels() }

// gather sums up the coincidences with the present rates and synapses.
func (p *columnsPass[T]) gather() {
	if p.lends() {
		p.coincidence = p.l.proposed[0]
	}
	p.l.total.Coincidence = p.coincidence
	chunk := kernel.ChunkColumns[T]()
	p.l.net.pool.Run((p.l.net.Visible.Size+chunk-1)/chunk, p.sumChunk)
}

// sum sums up the coincidences of one chunk of visible neurons.
func (p *columnsPass[T]) sum(worker, chunk int) {
	l, r, n := p.l, p.l.net.Hidden.Size, p.l.net.Visible.Size
	from := chunk * kernel.ChunkColumns[T]()
	cols := min(kernel.ChunkColumns[T](), n-from)
	levels, held := p.levels[worker], 0
	join := func() {
		held--
		kernel.Add(levels[held-1][:r*cols], levels[held][:r*cols])
	}
	for group := range l.part.groups() {
		sums := levels[held][:r*cols]
		clear(sums)
		first, end := l.part.group(group)
		for block := first; block < end; block++ {
			if b := l.net.workerBlock(worker, l.part, block, l.v, l.h); b.Rows > 0 {
				p.objective.CoincideColumns(sums, b, from, cols)
			}
		}
		held++
		for k := group; k&1 == 1; k >>= 1 {
			join()
		}
	}
	for held > 1 {
		join()
	}
	for a := range r {
		copy(p.coincidence[a*n+from:a*n+from+cols], levels[0][a*cols:(a+1)*cols])
	}
}

func (*columnsPass[T]) committed() {}
func (*columnsPass[T]) release()   {}

func (*columnsPass[T]) sums() ([][]T, bool) { return nil, true }

func (p *columnsPass[T]) reached([][]T) []T {
	p.gather()
	return p.coincidence
}
