package train

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"

	"partsnet/internal/pool"
	"partsnet/sim/outcome"
)

// stable reports whether the stability of several starts is measured.
func (r *run) stable() bool { return r.x.Stability() }

// learned returns the number of starts that have learned.
func learned(starts []outcome.Start) (n int) {
	for _, s := range starts {
		if s.Learned {
			n++
		}
	}
	return n
}

// many reports whether the first layer learns more than once: from several random starts or with
// several numbers of hidden neurons.
func (r *run) many() bool { return r.x.Restarts > 1 || len(r.x.Choose.Among) > 0 }

// haveLearned returns the number of starts and folds that have learned, with all numbers of hidden
// neurons.
func (r *run) haveLearned() (n int) {
	for _, c := range r.candidates {
		n += learned(c.starts) + folded(c.held)
	}
	return n
}

// haveKept reports whether a start has learned, so that there is something to keep.
func (r *run) haveKept() bool {
	return slices.ContainsFunc(r.candidates, func(c *candidate) bool { return learned(c.starts) > 0 })
}

// attempt is one random start with one number of hidden neurons, or one fold.
type attempt struct {
	*candidate
	start int
	fold  bool // whether start is the number of a fold
}

// learnStarts learns from every random start, with every number of hidden neurons, that had not
// learned before a run was killed. With each number it keeps the start with the lowest objective,
// of equal ones the first, and of the numbers the one that the criterion chooses. Starts learn side
// by side, each by as few workers as keeps all processors busy; what they learn does not depend on
// it, nor on what other numbers of hidden neurons are tried.
func (r *run) learnStarts(ctx context.Context) error {
	n := r.x.Attempts()
	var left, folds []attempt
	for _, c := range r.candidates {
		if c.starts == nil {
			c.starts = make([]outcome.Start, r.x.Restarts)
		}
		if c.others == nil && r.stable() {
			c.others = make([][]float64, r.x.Restarts)
		}
		for k, s := range c.starts {
			if !s.Learned {
				left = append(left, attempt{c, k, false})
			}
		}
		if c.held == nil {
			c.held = slices.Repeat([]float64{math.NaN()}, r.x.Choose.Folds)
		}
		for k, share := range c.held {
			if math.IsNaN(share) {
				folds = append(folds, attempt{c, k, true})
			}
		}
	}
	if len(folds) > 0 { // before the starts take long
		if _, _, err := r.foldModel(folds[0], 1); err != nil {
			return err
		}
	}
	left = append(left, folds...) // there is nothing to keep before a start has learned
	processors := runtime.GOMAXPROCS(0)
	if r.Workers > 0 {
		processors = r.Workers
	}
	r.Clock.StartLearning()
	defer r.Clock.StopLearning()
	together := max(1, min(len(left), processors))
	var (
		mu          sync.Mutex
		failed      error
		interrupted bool
		epochs      = (n - len(left)) * r.x.Learning.Epochs
		best        = math.Inf(1)
	)
	symbol := r.best.symbol()
	now := func(event Event) Moment {
		return Moment{Event: event, Epoch: epochs, Epochs: n * r.x.Learning.Epochs, Symbol: symbol, Objective: best}
	}
	over := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return failed != nil || interrupted
	}
	pool.Each(together, len(left), func(_, item int) {
		if over() {
			return
		}
		at := left[item]
		if at.fold {
			err := r.learnFold(ctx, at, max(1, processors/together), func() error {
				mu.Lock()
				defer mu.Unlock()
				epochs++
				return r.watch.observe(now(EpochEnded))
			})
			mu.Lock()
			defer mu.Unlock()
			ended := errors.As(err, new(*outcome.Interrupted))
			if m := now(StartEnded); err == nil {
				if r.haveKept() {
					m.Snapshot = r.snapshot
				}
				err = r.watch.observe(m)
			}
			if interrupted = interrupted || ended; failed == nil && !ended {
				failed = err
			}
			return
		}
		s, err := newSession(ctx, at.x, r.in, at.start, max(1, processors/together), true)
		ended := errors.As(err, new(*outcome.Interrupted))
		switch {
		case ended:
			err = nil
		case err == nil:
			ended, err = s.learn(ctx, func(int) error {
				mu.Lock()
				defer mu.Unlock()
				epochs++
				best = min(best, s.objective())
				return r.watch.observe(now(EpochEnded))
			}, func() error { return nil })
		}
		mu.Lock()
		defer mu.Unlock()
		if err == nil && !ended {
			epochs += r.x.Learning.Epochs - s.model.Epochs() // of one that ended early
			at.keep(s)
			if len(r.x.Choose.Among) > 0 {
				at.starts[at.start].Shares = r.shares(s)
			}
			m := now(StartEnded)
			m.Snapshot = r.snapshot
			err = r.watch.observe(m)
		}
		interrupted = interrupted || ended
		if failed == nil {
			failed = err
		}
	})
	if failed != nil {
		return failed
	}
	m := now(Interrupted)
	m.Snapshot = r.snapshot
	if interrupted || ctx.Err() != nil {
		if !r.haveKept() {
			m.Snapshot = nil
		}
		return r.interrupted(m)
	}
	m.Event = Learned
	if err := r.learned(m); err != nil {
		return err
	}
	if err := r.choose(ctx); err != nil {
		m.Event = Interrupted
		return r.interrupted(m)
	}
	return nil
}

// keep notes the result of a start, and keeps it if it is the best so far.
func (c *candidate) keep(s *session) {
	first := learned(c.starts) == 0
	c.starts[s.start] = s.started()
	if c.others != nil {
		c.others[s.start] = s.model.Synapses()
	}
	if first || s.objective() < c.best.objective() || s.objective() == c.best.objective() && s.start < c.best.start {
		c.best = s
	}
}
