package pool

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls job(worker, item) for every item in [0, items) on at most that many
// goroutines, and returns when all calls have returned. Workers below 1 mean one for each
// processor that Go uses. Items are started in order. Calls with the same worker number
// do not overlap. A job that is no longer wanted, because another has failed or a context
// has ended, returns at once.
func Each(workers, items int, job func(worker, item int)) {
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	var next atomic.Int64
	var all sync.WaitGroup
	for worker := range min(workers, items) {
		all.Go(func() {
			for item := int(next.Add(1)) - 1; item < items; item = int(next.Add(1)) - 1 {
				job(worker, item)
			}
		})
	}
	all.Wait()
}
