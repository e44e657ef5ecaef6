package sim

import (
	"context"
	"fmt"
	"math"
	"slices"
	"time"

	"partsnet/learning"
)

// firstRecords is the number of epochs at the start that are all recorded: there the
// objective falls fastest.
const firstRecords = 10

// learn runs the epochs and records the objective after each of the first
// firstRecords, then every x.Record-th and the last.
func (r *run[T]) learn(ctx context.Context, progress func(Progress)) error {
	plateau := learning.Plateau{Tolerance: r.x.Learning.Tolerance, MinEpochs: r.x.Learning.MinEpochs}
	epochs := r.x.Learning.Epochs
	r.report.Stopped = "all epochs were run"
	r.frameEpochs = frameEpochs(r.x.Look.Frames, epochs)
	if len(r.frameEpochs) > 0 && r.report.Resumed == 0 {
		if r.x.Recognition.Report > 0 {
			r.learner.Encode(r.x.Recognition.Steps)
		}
		r.keepFrame(0, r.learner.Objective())
	}
	reached := false
	for _, e := range r.records {
		reached = plateau.Reached(e.epoch, e.objective)
	}
	saved := time.Now()
	r.learning = saved
	defer r.stopClock()
	for epoch := r.learner.Epochs() + 1; epoch <= epochs && !reached; epoch++ {
		if err := r.learner.Epoch(); err != nil {
			return err
		}
		recorded := r.recorded(epoch)
		if recorded {
			if r.x.Recognition.Report > 0 {
				r.learner.Encode(r.x.Recognition.Steps)
			}
			if err := r.record(epoch); err != nil {
				return err
			}
		}
		objective := math.NaN()
		if n := len(r.records); n > 0 {
			objective = r.records[n-1].objective
		}
		r.keepFrame(epoch, objective)
		progress(Progress{Begun: r.report.Resumed, Epoch: epoch, Epochs: epochs, Symbol: r.report.Symbol, Objective: objective, Elapsed: time.Since(r.start)})
		reached = recorded && plateau.Reached(epoch, objective)
		interrupted := ctx.Err() != nil
		if interrupted || r.due(epoch, saved) {
			if err := r.keep(); err != nil {
				return err
			}
			saved = time.Now()
		}
		if interrupted {
			return r.interrupted(epoch)
		}
	}
	if r.goesOn() {
		if err := r.keep(); err != nil {
			return err
		}
	}
	if reached {
		r.report.Stopped = fmt.Sprintf("an epoch brought less than %v of the whole gain", r.x.Learning.Tolerance)
	}
	return r.encode()
}

// goesOn reports whether what follows learning may take as long again.
func (r *run[T]) goesOn() bool { return len(r.x.Constraints) > 1 || len(r.x.Stack.Hidden) > 0 }

// recorded reports whether an epoch is recorded. Where a rule learns online a record takes
// as long as the epoch, and a run that leaves no directory, and does not stop by what it
// finds, spares itself all but the last.
func (r *run[T]) recorded(epoch int) bool {
	if epoch < r.x.Learning.Epochs && r.out == nil && r.x.Recognition.Report > 0 && r.x.Learning.Tolerance == 0 {
		return false
	}
	return epoch <= firstRecords || epoch%r.x.Record == 0 || epoch == r.x.Learning.Epochs || slices.Contains(r.frameEpochs, epoch)
}

// encode recognises all stimuli anew with what was learned, where the rule learns online,
// and records what the rates that are reported come to.
func (r *run[T]) encode() error {
	if r.x.Recognition.Report == 0 {
		return nil
	}
	r.learner.Encode(r.x.Recognition.Report)
	end := len(r.records) - 1
	epoch := r.records[end].epoch
	if r.records[end].rise {
		r.report.Rises--
	}
	r.records = r.records[:end]
	return r.record(epoch)
}
