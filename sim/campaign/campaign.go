package campaign

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"sync"
	"time"

	"partsnet/internal/pool"
	"partsnet/sim/record"
)

// Job is one run.
type Job struct {
	Key    string // tells it from all others
	Like   string // jobs with the same word take about as long
	Config string // checksum of all that decides its result

	// Do does it. What it returns is kept as JSON.
	Do func(ctx context.Context) (any, error)
}

// Entry is a job that has ended, a line of the ledger.
type Entry struct {
	Key     string
	Config  string
	Error   string          `json:",omitempty"` // why it failed; "" if it did not
	Seconds float64         // of one processor
	Result  json.RawMessage `json:",omitempty"` // nil if it failed
}

// Progress is reported after every job.
type Progress struct {
	Done, Of int
	Job      Job           // the one that has just ended
	Failed   int           // jobs so far
	Left     time.Duration // estimated time of the remaining jobs
}

// Campaign is the jobs that are to be done.
type Campaign struct {
	What     string // "score" or "sweep", in messages
	Identity any    // what it is; its JSON stands in the ledger from the beginning, see [Identity]
	Jobs     []Job  // in the order in which they are begun
	Workers  int    // jobs at a time; 0 for one a processor

	Progress func(Progress) // told of every job; or nil
}

// Run does all jobs that the ledger in a directory does not have, and returns the entries of all by
// their keys, and how many lines of the ledger were damaged, whose jobs were done again. The
// context ends it early; the jobs on their way are then done anew by the next call.
func (c *Campaign) Run(ctx context.Context, out *record.Dir) (entries map[string]Entry, damaged int, err error) {
	log, lines, broken, err := out.OpenLog(LedgerFile)
	if err != nil {
		return nil, 0, err
	}
	r := &running{Campaign: c, log: log, workers: c.Workers, done: map[string]Entry{}}
	if r.workers == 0 {
		r.workers = runtime.GOMAXPROCS(0)
	}
	if err = r.reread(lines); err == nil {
		err = r.run(ctx)
	}
	if closing := log.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return nil, 0, err
	}
	return r.done, len(broken), nil
}

// running is a campaign on its way.
type running struct {
	*Campaign
	log     *record.Log
	workers int

	mu     sync.Mutex
	done   map[string]Entry
	failed int
	err    error // of the ledger, which ends the campaign
}

// run does the jobs that are left.
func (r *running) run(ctx context.Context) error {
	pool.Each(r.workers, len(r.Jobs), func(_, k int) {
		r.mu.Lock()
		_, done := r.done[r.Jobs[k].Key]
		stop := r.err != nil || ctx.Err() != nil
		r.mu.Unlock()
		if !done && !stop {
			r.do(ctx, r.Jobs[k])
		}
	})
	if r.err == nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted after %d of %d runs", len(r.done), len(r.Jobs))
	}
	return r.err
}

// do does one job and writes down how it ended.
func (r *running) do(ctx context.Context, j Job) {
	begin := time.Now()
	e := Entry{Key: j.Key, Config: j.Config}
	result, err := guarded(ctx, j)
	if ctx.Err() != nil {
		return // it may be incomplete
	}
	e.Seconds = time.Since(begin).Seconds()
	if err == nil {
		e.Result, err = json.Marshal(result)
	}
	if err != nil {
		e.Error = err.Error()
	}
	text, err := json.Marshal(e)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		err = r.log.Append(text)
	}
	if err != nil && r.err == nil {
		r.err = err
	}
	if e.Error != "" {
		r.failed++
	}
	r.done[j.Key] = e
	if r.Progress != nil {
		r.Progress(Progress{Done: len(r.done), Of: len(r.Jobs), Job: j, Failed: r.failed, Left: r.left()})
	}
}

// guarded does a job. A panic is an error of that job, not of the campaign.
func guarded(ctx context.Context, j Job) (result any, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return j.Do(ctx)
}

// left estimates the time of the remaining jobs from the mean of those like them or, where none has
// ended yet, of all.
func (r *running) left() time.Duration {
	type sum struct {
		seconds float64
		count   int
	}
	like, all := map[string]sum{}, sum{}
	for _, j := range r.Jobs {
		if e, ok := r.done[j.Key]; ok {
			s := like[j.Like]
			like[j.Like] = sum{s.seconds + e.Seconds, s.count + 1}
			all = sum{all.seconds + e.Seconds, all.count + 1}
		}
	}
	seconds := 0.0
	for _, j := range r.Jobs {
		if _, ok := r.done[j.Key]; ok {
			continue
		}
		of := all
		if s := like[j.Like]; s.count > 0 {
			of = s
		}
		seconds += of.seconds / float64(of.count)
	}
	return time.Duration(seconds / float64(r.workers) * float64(time.Second))
}
