package sim

import (
	"context"
	"errors"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
)

// Result is a run that left no directory.
type Result struct {
	*Report
	Visible  int       // number of visible neurons
	Synapses []float64 // Hidden×Visible
}

// Learn runs the experiment in memory: the run that [Run] makes, with as many workers as
// it is told (0 for one a processor), without directory, checkpoint and figures. The
// context ends it early; the error is an [*Interrupted] then.
func Learn(ctx context.Context, x *experiment.Experiment, workers int) (*Result, error) {
	if x.Precision == "float32" {
		return learnAs[float32](ctx, x, workers)
	}
	return learnAs[float64](ctx, x, workers)
}

func learnAs[T kernel.Float](ctx context.Context, x *experiment.Experiment, workers int) (_ *Result, err error) {
	start := time.Now()
	v, err := prepareUntil[T](ctx, x)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.release()) }()
	r := &run[T]{x: x, set: v.set, v: v, workers: workers, start: start, report: &Report{Documents: v.set.Words != nil}}
	if err := r.all(ctx, func(Progress) {}); err != nil {
		return nil, err
	}
	r.report.Elapsed = time.Since(start)
	return &Result{r.report, v.set.Size, kernel.Wide(r.net.Synapses().Weights())}, nil
}

// prepare returns the stimuli of an experiment that memory can hold.
func prepare[T kernel.Float](x *experiment.Experiment) (*shown[T], error) {
	if err := ordinary(x); err != nil {
		return nil, err
	}
	if e, ok := announced(x); ok {
		if err := affordable(x, e, estimate[T](x, e).most()); err != nil {
			return nil, err
		}
	}
	v, err := show[T](x)
	if err != nil {
		return nil, err
	}
	e := v.extent()
	if err := affordable(x, e, estimate[T](x, e).further()); err != nil {
		return nil, errors.Join(err, v.release())
	}
	return v, nil
}
