package pool

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Pool is a fixed set of workers that wait for the next job. Its methods are for
// one caller at a time. The workers end when the pool is garbage collected.
type Pool struct {
	// Serial makes the caller do all jobs, where they are too small to share.
	Serial bool

	workers int
	state   *state
}

// state is what the workers refer to. It is separate from Pool so that a pool that
// nobody uses any more can be collected, which ends its workers.
type state struct {
	job   func(worker, item int)
	items int
	next  atomic.Int64

	begun   atomic.Uint64 // calls of Run so far
	busy    atomic.Int64  // helpers that have not finished
	spins   int
	mu      sync.Mutex
	changed sync.Cond // begun rose, busy fell to zero, or ended
	ended   atomic.Bool
}

// spinLimit is how often a worker tests for new work, or a caller for the end of the
// work, before it sleeps: about as long as the serial parts of an epoch take, because
// waking a goroutine costs as much as a small job. Every yieldEvery tests it yields the
// processor to other goroutines.
const (
	spinLimit  = 20_000
	yieldEvery = 64
)

// New returns a pool of that many workers, of which the caller is the first; 0
// means one for each processor that Go uses.
func New(workers int) *Pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	s := &state{}
	s.changed.L = &s.mu
	if workers <= runtime.GOMAXPROCS(0) {
		s.spins = spinLimit
	}
	p := &Pool{workers: workers, state: s}
	for id := 1; id < workers; id++ {
		go s.serve(id)
	}
	runtime.AddCleanup(p, (*state).end, s)
	return p
}

// Workers returns the number of workers.
func (p *Pool) Workers() int { return p.workers }

// Run calls job(worker, item) for every item in [0, items) and returns when
// all are done. Calls with the same worker number do not overlap.
func (p *Pool) Run(items int, job func(worker, item int)) {
	if p.Serial || items == 1 {
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
func (s *state) serve(worker int) {
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

func (s *state) work(worker int) {
	for {
		item := int(s.next.Add(1)) - 1
		if item >= s.items {
			return
		}
		s.job(worker, item)
	}
}

// await returns when the condition holds: it looks for a while, then sleeps.
func (s *state) await(holds func() bool) {
	for k := range s.spins {
		if holds() {
			return
		}
		if k%yieldEvery == yieldEvery-1 {
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
func (s *state) wake() {
	s.mu.Lock()
	s.changed.Broadcast()
	s.mu.Unlock()
}

func (s *state) end() {
	s.ended.Store(true)
	s.wake()
}
