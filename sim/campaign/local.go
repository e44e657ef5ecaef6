package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"time"

	"partsnet/internal/pool"
)

// Local is the [Engine] that does jobs in this process.
type Local struct {
	Workers int // jobs at a time; 0 for one a processor
}

// Together returns the number of workers.
func (e *Local) Together() int {
	if e.Workers == 0 {
		return runtime.GOMAXPROCS(0)
	}
	return e.Workers
}

// Do does the jobs that no other process has done or does.
func (e *Local) Do(ctx context.Context, l *Ledger, jobs []Job) error {
	q := &queue{l: l, jobs: jobs}
	pool.Each(e.Together(), e.Together(), func(int, int) {
		for {
			j, ok := q.take(ctx)
			if !ok {
				return
			}
			if err := l.do(ctx, j); err != nil {
				q.fail(err)
			}
		}
	})
	return q.err
}

// queue hands out jobs.
type queue struct {
	l *Ledger

	mu      sync.Mutex
	jobs    []Job // those that nobody was asked for yet
	waiting []Job // those that another process does, as far as is known
	err     error
}

func (q *queue) fail(err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil {
		q.err = err
	}
}

// take returns a job that is to be done, and claims it; ok is false where none is left. It waits
// for jobs of other processes, which may leave them.
func (q *queue) take(ctx context.Context) (j Job, ok bool) {
	for ctx.Err() == nil {
		j, ok, left := q.next()
		if ok || !left {
			return j, ok
		}
		if !pause(ctx, q.l.times.look) {
			break
		}
	}
	return j, false
}

// next looks for a job that can be claimed; left reports whether there may be one later.
func (q *queue) next() (j Job, ok, left bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.err == nil && time.Since(q.l.looked) > 2*q.l.times.look { // others may be at it
		q.err = q.l.refresh()
	}
	for q.err == nil && len(q.jobs) > 0 {
		j, q.jobs = q.jobs[0], q.jobs[1:]
		if q.l.has(j.Key) {
			continue
		}
		if ok, q.err = q.l.claim(j.Key); ok {
			return j, true, true
		}
		q.waiting = append(q.waiting, j)
	}
	var still []Job
	for k, j := range q.waiting {
		if q.err != nil {
			return j, false, false
		}
		if q.l.has(j.Key) {
			continue
		}
		if ok, q.err = q.l.claim(j.Key); ok {
			q.waiting = append(still, q.waiting[k+1:]...)
			return j, true, true
		}
		still = append(still, j)
	}
	q.waiting = still
	return j, false, q.err == nil && len(still) > 0
}

// do does one job and writes down how it ended. An interrupted one is not written down.
func (l *Ledger) do(ctx context.Context, j Job) error {
	begin := time.Now()
	e := Entry{Key: j.Key, Config: j.Config}
	result, err := guarded(ctx, j, l.cell(j))
	if ctx.Err() != nil {
		return nil // it may be incomplete
	}
	e.Seconds = time.Since(begin).Seconds()
	if err == nil {
		e.Result, err = json.Marshal(result)
	}
	if err != nil {
		e.Error = err.Error()
	}
	return l.append(e)
}

// guarded does a job. A panic is an error of that job, not of the campaign.
func guarded(ctx context.Context, j Job, place string) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return j.Do(ctx, place)
}
