package network

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// pool is a fixed set of workers that live as long as the network. Its
// methods are for one caller at a time.
type pool struct {
	workers int
	alone   bool // the caller does all jobs: they are too small to share
	state   *poolState
}

// poolState is what the workers hold on to. It is apart from pool so that a
// network nobody uses any more can be collected, which ends its workers.
type poolState struct {
	job   func(worker, item int)
	items int
	next  atomic.Int64

	begun   atomic.Uint64 // calls of run so far
	busy    atomic.Int64  // helpers that have not finished
	spins   int
	mu      sync.Mutex
	changed sync.Cond // begun rose, busy fell to zero, or ended
	ended   atomic.Bool
}

// patience is how often a worker looks whether there is work, or a caller whether
// it is done, before it sleeps: about as long as the serial parts of an epoch
// take, since to be woken takes as long as some of the work. It gives way every
// few looks, so that it takes no processor from whoever needs one.
const (
	patience = 20_000
	giveWay  = 64
)

// newPool returns a pool of that many workers, the caller being the first; 0
// means one for each processor that Go uses.
func newPool(workers int) *pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	s := &poolState{}
	s.changed.L = &s.mu
	if workers <= runtime.GOMAXPROCS(0) {
		s.spins = patience
	}
	p := &pool{workers: workers, state: s}
	for id := 1; id < workers; id++ {
		go s.serve(id)
	}
	runtime.AddCleanup(p, (*poolState).end, s)
	return p
}

// run calls job(worker, item) for every item in [0, items) and returns when
// all are done. Calls with the same worker number do not overlap.
func (p *pool) run(items int, job func(worker, item int)) {
	if p.alone || items == 1 {
		for item := range items {
			job(0, item)
		}
		return
	}
	s := p.state
	s.job, s.items = job, items
	s.next.Store(0)
	s.busy.Store(int64(p.workers - 1))
	s.begun.Add(1)
	s.wake()
	s.work(0)
	s.await(func() bool { return s.busy.Load() == 0 })
	s.job = nil
}

// serve is the life of a helper.
func (s *poolState) serve(worker int) {
	for seen := uint64(0); ; {
		s.await(func() bool { return s.begun.Load() != seen || s.ended.Load() })
		if s.begun.Load() == seen {
			return
		}
		seen++
		s.work(worker)
		if s.busy.Add(-1) == 0 {
			s.wake()
		}
	}
}

func (s *poolState) work(worker int) {
	for {
		item := int(s.next.Add(1)) - 1
		if item >= s.items {
			return
		}
		s.job(worker, item)
	}
}

// await returns when the condition holds: it looks for a while, then sleeps.
func (s *poolState) await(holds func() bool) {
	for k := range s.spins {
		if holds() {
			return
		}
		if k%giveWay == giveWay-1 {
			runtime.Gosched()
		}
	}
	s.mu.Lock()
	for !holds() {
		s.changed.Wait()
	}
	s.mu.Unlock()
}

// wake lets those who sleep look again.
func (s *poolState) wake() {
	s.mu.Lock()
	s.changed.Broadcast()
	s.mu.Unlock()
}

func (s *poolState) end() {
	s.ended.Store(true)
	s.wake()
}
