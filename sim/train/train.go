package train

import (
	"context"
	"runtime/debug"

	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/memory"
	"partsnet/sim/outcome"
)

// Options say how a run is made. They change no result.
type Options struct {
	Clock    *outcome.Clock
	Workers  int  // goroutines; 0 for one a processor
	InMemory bool // whether the run is one of many in one process and leaves no directory

	// From finds what a killed run is continued from, nil where there is nothing. It is called
	// once the experiment and its inputs were found to fit. It may be nil.
	From func() (Source, error)
}

// run is an experiment on its way.
type run struct {
	Options
	x     *experiment.Experiment
	in    *inputs.Inputs
	watch observers
	begun int // epochs, or starts, with which this session began

	best   *session        // the start that is kept
	starts []outcome.Start // nil where there is one
	others [][]float64     // synapses of every start that has learned, where their stability is asked for
}

// Learn lets the network of an experiment learn from its inputs, and what else the experiment
// asks for: several starts, layers above the first, and networks under other constraints
// to compare with. The context ends it early, after the epoch; the error is an
// [*outcome.Interrupted] then.
func Learn(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, how Options, watch ...Observer) (*outcome.Outcome, error) {
	r := &run{Options: how, x: x, in: in, watch: watch}
	r.giveBack() // what reading took makes room for learning
	if err := check(x, in); err != nil {
		return nil, err
	}
	looked, err := in.Find(x.Look.Stimulus)
	if err != nil {
		return nil, err
	}
	if err := in.Knows(x.Look.Word); err != nil {
		return nil, err
	}
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	learn := r.learn
	if x.Restarts > 1 {
		learn = r.learnStarts
	}
	if err := learn(ctx); err != nil {
		return nil, err
	}
	o, err := r.outcome(looked)
	if err != nil {
		return nil, err
	}
	r.best.model.Release()
	r.giveBack()
	if err := r.stackUp(ctx, o); err != nil {
		return nil, err
	}
	if err := r.compare(ctx, o); err != nil {
		return nil, err
	}
	o.Timing = r.Clock.Timing(o.Compared)
	o.Memory = memory.Of(x, in.Extent()).Most()
	return o, nil
}

// begin makes the first start ready, or goes back to the state of a killed run.
func (r *run) begin(ctx context.Context) (err error) {
	var from Source
	if r.From != nil {
		if from, err = r.From(); err != nil {
			return err
		}
	}
	if from == nil {
		r.best, err = newSession(ctx, r.x, r.in, 0, r.Workers, r.InMemory)
		return err
	}
	c, err := from.Snapshot(r.x.Measures)
	if err != nil {
		return err
	}
	if r.best, err = newSession(ctx, r.x, r.in, c.Start, r.Workers, r.InMemory); err != nil {
		return err
	}
	if err := r.best.restore(c, from); err != nil {
		return err
	}
	r.begun = c.Model.Epoch
	if c.Starts != nil {
		r.begun = learned(c.Starts)
		r.starts = c.Starts
		if r.stable() {
			if r.others, err = from.Others(c.Starts, len(r.best.model.Synapses())); err != nil {
				return err
			}
		}
	}
	c.Timing.Resumed = append(c.Timing.Resumed, r.begun)
	r.Clock.Continue(c.Timing)
	return from.Close()
}

// learn learns from the one start that there is.
func (r *run) learn(ctx context.Context) error {
	s := r.best
	r.Clock.StartLearning()
	defer r.Clock.StopLearning()
	now := func(event Event) Moment {
		return Moment{
			Event: event, Epoch: s.model.Epochs(), Epochs: r.x.Learning.Epochs, Begun: r.begun,
			Symbol: s.symbol(), Objective: s.objective(), Snapshot: r.snapshot,
		}
	}
	interrupted, err := s.learn(ctx,
		func(int) error { return r.watch.observe(now(EpochEnded)) },
		func() error { return r.learned(now(Learned)) })
	if err != nil || !interrupted {
		return err
	}
	return r.interrupted(now(Interrupted))
}

// learned tells that the first layer has learned, where what follows may take as long again.
func (r *run) learned(m Moment) error {
	if len(r.x.Constraints) == 1 && len(r.x.Stack.Hidden) == 0 {
		return nil
	}
	return r.watch.observe(m)
}

// interrupted tells that the context has ended, and returns the error.
func (r *run) interrupted(m Moment) error {
	if err := r.watch.observe(m); err != nil {
		return err
	}
	return r.stopped()
}

// stopped returns the error of a run that its context has ended.
func (r *run) stopped() error {
	if r.starts != nil {
		return &outcome.Interrupted{Epoch: r.best.model.Epochs(), Starts: learned(r.starts)}
	}
	return &outcome.Interrupted{Epoch: r.best.model.Epochs()}
}

// snapshot returns the state of the run.
func (r *run) snapshot() Snapshot {
	c := r.best.snapshot()
	c.Timing, c.Starts, c.Others = r.Clock.Timing(nil), r.starts, r.others
	return c
}

// giveBack gives unused memory back to the system. Many runs at a time in one process use
// it again at once, and are spared that.
func (r *run) giveBack() {
	if !r.InMemory {
		debug.FreeOSMemory()
	}
}
