package score

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"partsnet/internal/pool"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Options control how a score is run. They do not change results.
type Options struct {
	Progress func(Progress) // told of every run; or nil
	Resume   bool           // whether to continue an interrupted score in the directory
	Command  string         // the command line, for the table
}

// Progress is reported after every run.
type Progress struct {
	Runs, Of int
	Cell     string // of the run that has just ended
	Seed     int64
	Failed   int           // runs so far
	Left     time.Duration // estimated time of the remaining runs; < 0 if unknown
}

// Run runs the cells of the score and writes its directory: the table as CSV and
// Markdown, the runs, the figures and the config. The context ends it early; the same
// call with Resume continues it. If some runs failed, the directory is DIR.partial, in which
// the same call with Resume repeats them; if all failed, nothing is left and the error
// gives the reason of the first.
func Run(ctx context.Context, s *Score, dir string, o Options) (card *Card, err error) {
	begin := time.Now()
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	out, err := record.Open(record.OS, dir, o.Resume)
	if finished := new(record.ExistsError); o.Resume && errors.As(err, &finished) {
		if _, err := os.Stat(filepath.Join(finished.Dir, "score.csv")); err != nil {
			return nil, &experiment.RequestError{Err: fmt.Errorf("%s is already there, and is not a finished score: it has no score.csv; choose another place with --out", finished.Dir)}
		}
		places, err := PlacesOf(s)
		if err != nil {
			return nil, err
		}
		if d, known := places.Finished(finished.Dir); known && d != nil {
			return nil, &experiment.RequestError{Err: fmt.Errorf("%s is finished, with other runs: %s; choose another place with --out", finished.Dir, sim.Some(d))}
		}
		return nil, errors.Join(finished, record.RemoveTransient(record.OS, finished.Dir))
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	log, lines, damaged, err := out.OpenLog(logFile)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	c := &campaign{score: s, log: log, done: map[run]result{}, progress: o.Progress}
	if err := c.plan(); err != nil {
		return nil, err
	}
	if err := c.reread(lines); err != nil {
		return nil, err
	}
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	card = newCard(s, c.done)
	if card.Failed == len(card.runs) {
		return nil, errors.Join(fmt.Errorf("all %d runs failed, the first of them (%s): %s", card.Failed, card.runs[0].Cell, card.runs[0].Error), out.Discard())
	}
	card.Dir, card.Damaged, card.Elapsed, card.Command = dir, len(damaged), time.Since(begin), o.Command
	if err := card.write(out); err != nil {
		return nil, err
	}
	if card.Failed > 0 { // it is not finished: a resumed one runs again what failed
		card.Dir = out.Partial()
		return card, out.Leave()
	}
	return card, out.Commit()
}

// run is a cell and a seed.
type run struct {
	cell string
	seed int64
}

// campaign is a score that is being run.
type campaign struct {
	score    *Score
	log      *record.Log
	progress func(Progress)
	jobs     []job // all runs, seed by seed over all cells, so that the time left is known early

	mu     sync.Mutex
	done   map[run]result
	failed int
	err    error // of the log, which ends the score
}

// job is a run that has not been done.
type job struct {
	run
	cell   Cell
	x      *experiment.Experiment
	config string
}

// plan lists all runs.
func (c *campaign) plan() error {
	most := 0
	for _, cell := range c.score.Cells() {
		most = max(most, cell.Task.Seeds)
	}
	for k := range most {
		for _, cell := range c.score.Cells() {
			if k >= cell.Task.Seeds {
				continue
			}
			x, err := cell.Experiment(c.score.SeedsOf(cell)[k])
			if err != nil {
				return err
			}
			c.jobs = append(c.jobs, job{run{cell.Name(), x.Seed}, cell, x, configSum(x)})
		}
	}
	return nil
}

// run does all runs that are not in the log.
func (c *campaign) run(ctx context.Context) error {
	workers := runtime.GOMAXPROCS(0)
	pool.Each(workers, len(c.jobs), func(_, k int) {
		c.mu.Lock()
		_, done := c.done[c.jobs[k].run]
		stop := c.err != nil || ctx.Err() != nil
		c.mu.Unlock()
		if !done && !stop {
			c.learn(ctx, c.jobs[k], workers)
		}
	})
	if c.err == nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted after %d of %d runs", len(c.done), len(c.jobs))
	}
	return c.err
}

// learn does one run and logs its result.
func (c *campaign) learn(ctx context.Context, j job, workers int) {
	begin := time.Now()
	r := result{Cell: j.run.cell, Seed: j.seed, Config: j.config}
	learned, err := learn(ctx, j.x)
	if ctx.Err() != nil {
		return // the run may be incomplete
	}
	r.Seconds = time.Since(begin).Seconds()
	if err != nil {
		r.Error = err.Error()
	} else {
		r.take(learned, j.cell)
	}
	text, err := json.Marshal(r)
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		err = c.log.Append(text)
	}
	if err != nil && c.err == nil {
		c.err = err
	}
	if r.Error != "" {
		c.failed++
	}
	c.done[j.run] = r
	c.progress(Progress{
		Runs: len(c.done), Of: len(c.jobs), Cell: r.Cell, Seed: r.Seed,
		Failed: c.failed, Left: c.left(workers),
	})
}

// learn does one run. A panic is an error of that run, not of the score.
func learn(ctx context.Context, x *experiment.Experiment) (r *sim.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return sim.Learn(ctx, x, 1)
}

// left estimates the time of the remaining runs from the mean of their cell or, if it has
// none yet, of all runs.
func (c *campaign) left(workers int) time.Duration {
	sum, count := map[string]float64{}, map[string]int{}
	all := 0.0
	for _, r := range c.done {
		sum[r.Cell] += r.Seconds
		count[r.Cell]++
		all += r.Seconds
	}
	seconds := 0.0
	for _, cell := range c.score.Cells() {
		name := cell.Name()
		mean := all / float64(len(c.done))
		if count[name] > 0 {
			mean = sum[name] / float64(count[name])
		}
		seconds += mean * float64(max(0, cell.Task.Seeds-count[name]))
	}
	return time.Duration(seconds / float64(workers) * float64(time.Second))
}
