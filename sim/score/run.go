package score

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// Options say how a score is run. They change no result.
type Options struct {
	Progress func(Progress) // told of every run; or nil
	Resume   bool           // whether a score that was killed in the place goes on
	Command  string         // what the user has typed, for the table to say
}

// Progress is what a score says while it runs.
type Progress struct {
	Runs, Of int
	Cell     string // of the run that has just ended
	Seed     int64
	Failed   int           // runs so far
	Left     time.Duration // what the rest will take, as far as the runs so far tell; < 0 before there are any
}

// result is what a run has come to: a line of the log.
type result struct {
	Cell     string
	Seed     int64
	Error    string              `json:",omitempty"`
	Seconds  float64             // of one processor
	Measures map[string]measured `json:",omitempty"` // by constraint, that of the run itself first: ""
	Parts    []float32           `json:",omitempty"` // synapses, where their stability is asked for
}

// measured are measures by name, those that are defined.
type measured map[string]float64

// logFile is the name of the log, and header its first line.
const logFile = "runs.log"

type header struct{ Version, Kernel, Score string }

// Run runs what is wanted of the score and writes its directory: the table as CSV and
// Markdown, the runs, the figures and the config. The context ends it early; the same
// call with Resume goes on.
func Run(ctx context.Context, s *experiment.Score, dir string, o Options) (card *Card, err error) {
	begin := time.Now()
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	out, err := record.Open(record.OS, dir, o.Resume)
	if err != nil {
		return nil, &sim.RequestError{Err: err}
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
	done, err := reread(s, lines, log)
	if err != nil {
		return nil, err
	}
	c := &campaign{score: s, log: log, done: done, progress: o.Progress}
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	card = newCard(s, c.done)
	card.Dir, card.Damaged, card.Elapsed, card.Command = dir, len(damaged), time.Since(begin), o.Command
	if err := card.write(out); err != nil {
		return nil, err
	}
	return card, out.Commit()
}

// reread returns the results of a log by run, and writes its header if it is new.
func reread(s *experiment.Score, lines [][]byte, log *record.Log) (map[string]result, error) {
	done := map[string]result{}
	want := header{sim.Version(), kernel.Level(), s.TOML()}
	if len(lines) == 0 {
		text, err := json.Marshal(want)
		if err == nil {
			err = log.Append(text)
		}
		return done, err
	}
	var was header
	if err := json.Unmarshal(lines[0], &was); err != nil || was != want {
		what := "the score was another"
		switch {
		case err != nil:
			what = "the log has no header"
		case was.Version != want.Version:
			what = fmt.Sprintf("version %s began it, and this is %s", was.Version, want.Version)
		case was.Kernel != want.Kernel:
			what = fmt.Sprintf("the kernel was %s and is %s; %s=%s goes on with the same bits", was.Kernel, want.Kernel, kernel.Variable, was.Kernel)
		}
		return nil, &sim.RequestError{Err: fmt.Errorf("the score cannot go on: %s; use the same, or another place with --out", what)}
	}
	for _, line := range lines[1:] {
		var r result
		if err := json.Unmarshal(line, &r); err != nil {
			return nil, fmt.Errorf("a line of the log is whole and cannot be read: %w", err)
		}
		if r.Error == "" { // one that failed is tried again
			done[key(r.Cell, r.Seed)] = r
		}
	}
	return done, nil
}

func key(cell string, seed int64) string { return fmt.Sprintf("%s %d", cell, seed) }

// campaign is a score on its way.
type campaign struct {
	score    *experiment.Score
	log      *record.Log
	progress func(Progress)

	mu     sync.Mutex
	done   map[string]result
	failed int
	err    error // of the log: nothing can go on
}

// job is a run that is left to do.
type job struct {
	cell experiment.Cell
	seed int64
}

// run runs all runs that are not done, seed by seed over all cells, so that the time left
// is soon known.
func (c *campaign) run(ctx context.Context) error {
	var jobs []job
	for k := range int64(c.score.Seeds) {
		for _, cell := range c.score.Cells() {
			if _, ok := c.done[key(cell.Name(), c.score.FirstSeed+k)]; !ok {
				jobs = append(jobs, job{cell, c.score.FirstSeed + k})
			}
		}
	}
	workers := runtime.GOMAXPROCS(0)
	next := make(chan job)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range next {
				c.learn(ctx, j, workers)
			}
		}()
	}
	for _, j := range jobs {
		c.mu.Lock()
		stop := c.err != nil
		c.mu.Unlock()
		if stop || ctx.Err() != nil {
			break
		}
		next <- j
	}
	close(next)
	wg.Wait()
	if c.err == nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted after %d of %d runs; the same command with --resume goes on", len(c.done), c.score.Seeds*len(c.score.Cells()))
	}
	return c.err
}

// learn learns one run and notes what came of it.
func (c *campaign) learn(ctx context.Context, j job, workers int) {
	begin := time.Now()
	r := result{Cell: j.cell.Name(), Seed: j.seed}
	learned, err := learn(ctx, j)
	if ctx.Err() != nil {
		return // it is not known whether the run was whole
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
	c.done[key(r.Cell, r.Seed)] = r
	c.progress(Progress{
		Runs: len(c.done), Of: c.score.Seeds * len(c.score.Cells()), Cell: r.Cell, Seed: r.Seed,
		Failed: c.failed, Left: c.left(workers),
	})
}

// learn learns one run. A panic is an error of that run, not of the score.
func learn(ctx context.Context, j job) (r *sim.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	x, err := j.cell.Experiment(j.seed)
	if err != nil {
		return nil, err
	}
	return sim.Learn(ctx, x, 1)
}

// take takes what the cell asks for, and what is always kept, from a run.
func (r *result) take(learned *sim.Result, cell experiment.Cell) {
	own := measured(learned.Measures.Defined())
	own["objective"], own["rises"] = learned.Objective, float64(learned.Rises)
	own["dead"], own["duplicate"] = float64(learned.Census.Dead), float64(learned.Census.Duplicate)
	r.Measures = map[string]measured{"": own}
	for _, other := range learned.Compared {
		if other.Constraint != experiment.NonNegative {
			r.Measures[other.Constraint] = other.Measures.Defined()
		}
	}
	if slices.Contains(cell.Asked(), stability) {
		r.Parts = make([]float32, len(learned.Synapses))
		for i, x := range learned.Synapses {
			r.Parts[i] = float32(x)
		}
	}
}

// stability is the measure that is taken between the runs of a cell.
const stability = "stability"

// left estimates what the runs that are not done will take: as long as the others of
// their cell, or of their size where there are none yet.
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
		seconds += mean * float64(max(0, c.score.Seeds-count[name]))
	}
	return time.Duration(seconds / float64(workers) * float64(time.Second))
}
