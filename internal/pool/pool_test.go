package pool_test

import (
	"sync/atomic"
	"testing"

	"partsnet/internal/pool"
)

// TestEveryItemOnce counts the calls for every item, and refuses two calls of one worker
// at the same time, for fewer, as many and more items than workers.
func TestEveryItemOnce(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 5} {
		kept := pool.New(workers)
		serial := pool.New(workers)
		serial.Serial = true
		for name, run := range map[string]func(int, func(worker, item int)){
			"Each":   func(items int, job func(worker, item int)) { pool.Each(workers, items, job) },
			"Run":    kept.Run,
			"Serial": serial.Run,
		} {
			for _, items := range []int{0, 1, 3, 100, 1000} {
				calls := make([]atomic.Int32, items)
				var busy [64]atomic.Int32
				var overlaps atomic.Int32
				run(items, func(worker, item int) {
					overlaps.Add(busy[worker].Add(1) - 1)
					calls[item].Add(1)
					busy[worker].Add(-1)
				})
				for item := range calls {
					if n := calls[item].Load(); n != 1 {
						t.Fatalf("%s, %d workers: item %d of %d was called %d times", name, workers, item, items, n)
					}
				}
				if overlaps.Load() != 0 {
					t.Errorf("%s, %d workers: calls of one worker overlap", name, workers)
				}
			}
		}
	}
}
