package score

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
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
	Config   string              // checksum of the resolved experiment
	Error    string              `json:",omitempty"`
	Seconds  float64             // of one processor
	Measures map[string]measured `json:",omitempty"` // by constraint, that of the run itself first: ""
	Parts    []float32           `json:",omitempty"` // synapses, where their stability is asked for
}

// measured are measures by name, those that are defined.
type measured map[string]float64

// logFile is the name of the log, and header its first line.
const logFile = "runs.log"

type header struct{ Version, Kernel string }

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
	card.Dir, card.Damaged, card.Elapsed, card.Command = dir, len(damaged), time.Since(begin), o.Command
	if err := card.write(out); err != nil {
		return nil, err
	}
	return card, out.Commit()
}

// run is a cell and a seed.
type run struct {
	cell string
	seed int64
}

// campaign is a score on its way.
type campaign struct {
	score    *experiment.Score
	log      *record.Log
	progress func(Progress)
	jobs     []job // all, seed by seed over all cells, so that the time left is soon known

	mu     sync.Mutex
	done   map[run]result
	failed int
	err    error // of the log: nothing can go on
}

// job is a run that is to be done.
type job struct {
	run
	cell   experiment.Cell
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
			sum := sha256.Sum256([]byte(x.TOML()))
			c.jobs = append(c.jobs, job{run{cell.Name(), x.Seed}, cell, x, hex.EncodeToString(sum[:8])})
		}
	}
	return nil
}

// reread takes from the log what is done already, and writes its header if it is new. A
// run is taken if its experiment was the same to the last setting; a score may go on with
// more seeds, or other tasks.
func (c *campaign) reread(lines [][]byte) error {
	want := header{sim.Version(), kernel.Level()}
	if len(lines) == 0 {
		text, err := json.Marshal(want)
		if err == nil {
			err = c.log.Append(text)
		}
		return err
	}
	var was header
	if err := json.Unmarshal(lines[0], &was); err != nil || was != want {
		what := fmt.Sprintf("version %s began it, and this is %s", was.Version, want.Version)
		switch {
		case err != nil || was == header{}:
			what = "its log has no header"
		case was.Kernel != want.Kernel:
			what = fmt.Sprintf("the kernel was %s and is %s; %s=%s goes on with the same bits", was.Kernel, want.Kernel, kernel.Variable, was.Kernel)
		}
		return &sim.RequestError{Err: fmt.Errorf("the score cannot go on: %s; use the same, or another place with --out", what)}
	}
	configs := map[run]string{}
	for _, j := range c.jobs {
		configs[j.run] = j.config
	}
	for _, line := range lines[1:] {
		var r result
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("a line of the log is whole and cannot be read: %w", err)
		}
		if of := (run{r.Cell, r.Seed}); r.Error == "" && configs[of] == r.Config { // one that failed is tried again
			c.done[of] = r
		}
	}
	return nil
}

// run runs all runs that are not done.
func (c *campaign) run(ctx context.Context) error {
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
	for _, j := range c.jobs {
		c.mu.Lock()
		_, done := c.done[j.run]
		stop := c.err != nil || ctx.Err() != nil
		c.mu.Unlock()
		if stop {
			break
		}
		if !done {
			next <- j
		}
	}
	close(next)
	wg.Wait()
	if c.err == nil && ctx.Err() != nil {
		return fmt.Errorf("interrupted after %d of %d runs; the same command with --resume goes on", len(c.done), len(c.jobs))
	}
	return c.err
}

// learn learns one run and notes what came of it.
func (c *campaign) learn(ctx context.Context, j job, workers int) {
	begin := time.Now()
	r := result{Cell: j.run.cell, Seed: j.seed, Config: j.config}
	learned, err := learn(ctx, j.x)
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
	c.done[j.run] = r
	c.progress(Progress{
		Runs: len(c.done), Of: len(c.jobs), Cell: r.Cell, Seed: r.Seed,
		Failed: c.failed, Left: c.left(workers),
	})
}

// learn learns one run. A panic is an error of that run, not of the score.
func learn(ctx context.Context, x *experiment.Experiment) (r *sim.Result, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
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
		seconds += mean * float64(max(0, cell.Task.Seeds-count[name]))
	}
	return time.Duration(seconds / float64(workers) * float64(time.Second))
}
