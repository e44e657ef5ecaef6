package sim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"sync"
	"time"

	"partsnet/internal/kernel"
	"partsnet/internal/pool"
	"partsnet/sim/measure"
	"partsnet/sim/record"
)

// Start is what one of several random starts has come to.
type Start struct {
	Learned   bool // false for one that was not reached
	Epochs    int
	Objective float64
	Rises     int
}

// learnFromStarts learns from every random start that was not learned before a run was
// killed, and keeps the one with the lowest objective, of equal ones the first. Starts are
// learned side by side, each by as few workers as keeps all processors busy; what they
// learn does not depend on it.
func (r *run[T]) learnFromStarts(ctx context.Context, progress func(Progress)) error {
	n := r.x.Restarts
	if r.report.Starts == nil {
		r.report.Starts = make([]Start, n)
	}
	if r.others == nil && r.stable() {
		r.others = make([][]float64, n)
	}
	var left []int
	for k, s := range r.report.Starts {
		if !s.Learned {
			left = append(left, k)
		}
	}
	processors := runtime.GOMAXPROCS(0)
	if r.workers > 0 {
		processors = r.workers
	}
	r.learning = time.Now()
	defer r.stopClock()
	together := max(1, min(len(left), processors))
	r.v.constants() // made here once, for all to read
	var (
		mu     sync.Mutex
		failed error
		epochs = (n - len(left)) * r.x.Learning.Epochs
		best   = math.Inf(1)
	)
	stopped := func() bool {
		mu.Lock()
		defer mu.Unlock()
		return failed != nil
	}
	show := func(p Progress) {
		mu.Lock()
		defer mu.Unlock()
		epochs++
		best = min(best, p.Objective)
		progress(Progress{Epoch: epochs, Epochs: n * r.x.Learning.Epochs, Symbol: p.Symbol, Objective: best, Elapsed: time.Since(r.start)})
	}
	pool.Each(together, len(left), func(_, item int) {
		if stopped() {
			return
		}
		s := &run[T]{x: r.x, set: r.set, v: r.v, workers: max(1, processors/together), nth: left[item], start: r.start, report: &Report{}}
		err := s.build()
		if err == nil {
			err = s.learn(ctx, show)
		}
		mu.Lock()
		defer mu.Unlock()
		if err == nil {
			epochs += s.x.Learning.Epochs - s.learner.Epochs() // of one that ended early
			err = r.keepStart(s)
		}
		if err != nil && failed == nil {
			failed = err
		}
	})
	if failed == nil && ctx.Err() != nil {
		failed = &Interrupted{}
	}
	if errors.As(failed, new(*Interrupted)) {
		if r.learnedStarts() > 0 {
			if err := r.keep(); err != nil {
				return err
			}
		}
		return r.interrupted(0)
	}
	if failed != nil {
		return failed
	}
	r.report.Best = r.nth
	if r.goesOn() {
		if err := r.keep(); err != nil {
			return err
		}
	}
	if r.others != nil {
		alike, err := measure.Stability(ctx, r.others, r.set.Size)
		if err != nil {
			return errors.Join(r.keep(), r.interrupted(0))
		}
		last := r.records[len(r.records)-1].measures
		last[slices.IndexFunc(last, func(m measure.Value) bool { return m.Name == stability })].Value = alike
	}
	return nil
}

// stability is the measure that needs the synapses of every start.
const stability = "stability"

func (r *run[T]) stable() bool { return slices.Contains(r.x.Measures, stability) }

// interrupted returns the error of a run that its context has ended.
func (r *run[T]) interrupted(epoch int) error {
	e := &Interrupted{Epoch: epoch, Starts: r.learnedStarts()}
	if r.out != nil && len(r.out.Kept()) > 0 {
		e.Dir = r.out.Partial()
	}
	return e
}

// learnedStarts returns the number of starts that were learned, of a run from several.
func (r *run[T]) learnedStarts() (n int) {
	for _, s := range r.report.Starts {
		if s.Learned {
			n++
		}
	}
	return n
}

// keepStart notes what a start has come to, keeps it if it is the best so far, and
// writes a checkpoint.
func (r *run[T]) keepStart(s *run[T]) error {
	objective := s.records[len(s.records)-1].objective
	first := !slices.ContainsFunc(r.report.Starts, func(s Start) bool { return s.Learned })
	r.report.Starts[s.nth] = Start{true, s.learner.Epochs(), objective, s.report.Rises}
	if r.others != nil {
		r.others[s.nth] = kernel.Wide(s.net.Synapses().Weights())
	}
	if first || objective < r.kept() || objective == r.kept() && s.nth < r.nth {
		r.nth, r.net, r.learner, r.records, r.streams = s.nth, s.net, s.learner, s.records, s.streams
		r.frameEpochs, r.frames = s.frameEpochs, s.frames
		r.report.Rises, r.report.Stopped = s.report.Rises, s.report.Stopped
	}
	if every := r.x.Checkpoint; every.Epochs == 0 && every.Seconds == 0 {
		return nil
	}
	return r.keep()
}

// kept is the objective of the start that is kept.
func (r *run[T]) kept() float64 { return r.records[len(r.records)-1].objective }

// writeStarts writes what every start has come to.
func (r *run[T]) writeStarts(out *record.Dir) error {
	if r.report.Starts == nil {
		return nil
	}
	return out.Write("starts.csv", func(w io.Writer) error {
		_, err := fmt.Fprintf(w, "start,epochs,%s,rises,above_best\n", r.report.Symbol)
		for k, s := range r.report.Starts {
			if err == nil {
				_, err = fmt.Fprintf(w, "%d,%d,%v,%d,%v\n", k, s.Epochs, s.Objective, s.Rises, s.Objective-r.report.Objective)
			}
		}
		return err
	})
}

// savedStart is a [Start] that was learned, as a checkpoint holds it.
type savedStart struct {
	Start, Epochs int
	Objective     hexFloat
	Rises         int
}

func savedStarts(starts []Start) (saved []savedStart) {
	for k, s := range starts {
		if s.Learned {
			saved = append(saved, savedStart{k, s.Epochs, hexFloat(s.Objective), s.Rises})
		}
	}
	return saved
}

// restoreStarts restores what a checkpoint says of the starts, and returns the names of
// the arrays that were read for it.
func (r *run[T]) restoreStarts(c *checkpointFile) (names []string, err error) {
	r.report.Starts = make([]Start, r.x.Restarts)
	if r.stable() {
		r.others = make([][]float64, r.x.Restarts)
	}
	for _, s := range c.Starts {
		if s.Start < 0 || s.Start >= r.x.Restarts {
			return nil, fmt.Errorf("the checkpoint has a start %d of %d", s.Start, r.x.Restarts)
		}
		r.report.Starts[s.Start] = Start{true, s.Epochs, float64(s.Objective), s.Rises}
		if r.others == nil {
			continue
		}
		w := make([]T, r.x.Hidden*r.set.Size)
		if err := c.read(otherArray(s.Start), w); err != nil {
			return nil, err
		}
		r.others[s.Start] = kernel.Wide(w)
		names = append(names, otherArray(s.Start))
	}
	return names, nil
}

// otherArray is the name of the array with the synapses that a start has learned.
func otherArray(start int) string { return fmt.Sprintf("synapses of start %d", start) }
