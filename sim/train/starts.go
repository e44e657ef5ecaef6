package train

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync"

	"partsnet/internal/pool"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// stable reports whether the stability of several starts is measured.
func (r *run) stable() bool { return slices.Contains(r.x.Measures, measure.OfStarts) }

// learned returns the number of starts that have learned.
func learned(starts []outcome.Start) (n int) {
	for _, s := range starts {
		if s.Learned {
			n++
		}
	}
	return n
}

// learnStarts learns from every random start that had not learned before a run was
// killed, and keeps the one with the lowest objective, of equal ones the first. Starts
// learn side by side, each by as few workers as keeps all processors busy; what they
// learn does not depend on it.
func (r *run) learnStarts(ctx context.Context) error {
	n := r.x.Restarts
	if r.starts == nil {
		r.starts = make([]outcome.Start, n)
	}
	if r.others == nil && r.stable() {
		r.others = make([][]float64, n)
	}
	var left []int
	for k, s := range r.starts {
		if !s.Learned {
			left = append(left, k)
		}
	}
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
	now := func(event Event) Moment {
		return Moment{Event: event, Epoch: epochs, Epochs: n * r.x.Learning.Epochs, Symbol: r.best.symbol(), Objective: best}
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
		s, err := newSession(ctx, r.x, r.in, left[item], max(1, processors/together), true)
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
			r.keep(s)
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
		if learned(r.starts) == 0 {
			m.Snapshot = nil
		}
		return r.interrupted(m)
	}
	m.Event = Learned
	if err := r.learned(m); err != nil {
		return err
	}
	if r.others == nil {
		return nil
	}
	alike, ok, err := measure.Stability(ctx, r.others, r.in.Neurons())
	if err != nil {
		m.Event = Interrupted
		return r.interrupted(m)
	}
	if ok {
		r.best.rec.records[len(r.best.rec.records)-1].Measures.Set(measure.OfStarts, alike)
	}
	return nil
}

// keep notes the result of a start, and keeps it if it is the best so far.
func (r *run) keep(s *session) {
	first := learned(r.starts) == 0
	r.starts[s.start] = s.started()
	if r.others != nil {
		r.others[s.start] = s.model.Synapses()
	}
	if first || s.objective() < r.best.objective() || s.objective() == r.best.objective() && s.start < r.best.start {
		r.best = s
	}
}
