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
	wake    chan struct{}
	state   *poolState
}

// poolState is what the workers hold on to. It is apart from pool so that a
// network nobody uses any more can be collected, which ends its workers.
type poolState struct {
	job   func(worker, item int)
	items int
	next  atomic.Int64
	busy  sync.WaitGroup
}

// newPool returns a pool of that many workers, the caller being the first; 0
// means one for each processor that Go uses.
func newPool(workers int) *pool {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	p := &pool{workers: workers, wake: make(chan struct{}), state: &poolState{}}
	for id := 1; id < workers; id++ {
		go func(id int, wake <-chan struct{}, s *poolState) {
			for range wake {
				s.work(id)
				s.busy.Done()
			}
		}(id, p.wake, p.state)
	}
	runtime.AddCleanup(p, func(wake chan struct{}) { close(wake) }, p.wake)
	return p
}

// run calls job(worker, item) for every item in [0, items) and returns when
// all are done. Calls with the same worker number do not overlap.
func (p *pool) run(items int, job func(worker, item int)) {
	s := p.state
	s.job, s.items = job, items
	s.next.Store(0)
	helpers := min(p.workers, items) - 1
	s.busy.Add(max(0, helpers))
	for range helpers {
		p.wake <- struct{}{}
	}
	s.work(0)
	s.busy.Wait()
	s.job = nil
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
