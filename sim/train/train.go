package train

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"

	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/memory"
	"partsnet/sim/outcome"
	"partsnet/sim/recorded"
)

// Options say how a run is made. They change no result.
type Options struct {
	Clock    *outcome.Clock
	Workers  int  // goroutines; 0 for one a processor
	InMemory bool // whether the run is one of many in one process and leaves no directory

	// From finds what a killed run is continued from, nil where there is nothing. It is called
	// once the experiment and its inputs were found to fit. It may be nil.
	From func() (Source, error)

	// Recorded opens the files of recorders, with the frames that a run which is continued took up to
	// an epoch; it is given no arrays and −1 where there are no recorders. Nothing is recorded where it
	// is nil.
	Recorded func(all []*recorded.Array, until int) (*recorded.Files, error)
}

// run is an experiment on its way.
type run struct {
	Options
	in    *inputs.Inputs
	watch observers
	begun int // epochs, or starts, with which this session began

	*candidate              // the one that is kept; the first until it is chosen
	candidates []*candidate // one for each number of hidden neurons, rising
	choice     *outcome.Choice
}

// candidate is the first layer with a number of hidden neurons.
type candidate struct {
	x      *experiment.Experiment // with that number
	best   *session               // the start that is kept
	starts []outcome.Start        // nil for a run from one start with one number of hidden neurons
	others [][]float64            // synapses of every start that has learned, where their stability is asked for
	held   []float64              // share of hidden entries that each fold predicts, NaN for one that has not learned
}

// Learn lets the network of an experiment learn from its inputs, and what else the experiment
// asks for: several starts, layers above the first, networks under other constraints
// to compare with, and a bootstrap. The context ends it early, after the epoch; the error is an
// [*outcome.Interrupted] then.
func Learn(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, how Options, watch ...Observer) (*outcome.Outcome, error) {
	r := &run{Options: how, in: in, watch: watch}
	for _, hidden := range x.Tried() {
		r.candidates = append(r.candidates, &candidate{x: x.WithHidden(hidden)})
	}
	r.candidate = r.candidates[0]
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
	if x.Bootstrap.Repeats > 0 { // what cannot be drawn is refused before it is learned from
		if _, _, err := r.units(); err != nil {
			return nil, err
		}
	}
	if err := r.begin(ctx); err != nil {
		return nil, err
	}
	if err := r.openRecording(); err != nil {
		return nil, err
	}
	learn := r.learn
	if r.many() {
		learn = r.learnStarts
	}
	if err := learn(ctx); err != nil {
		return nil, err
	}
	if err := r.best.recording.finish(); err != nil {
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
	if err := r.bootstrap(ctx, o); err != nil {
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
	for _, kept := range c.Kept {
		if err := r.restore(ctx, kept, from); err != nil {
			return err
		}
	}
	if r.best == nil { // a run that is to say the symbol of its objective
		if r.best, err = newSession(ctx, r.x, r.in, 0, r.Workers, r.InMemory); err != nil {
			return err
		}
	}
	r.begun = r.best.model.Epochs()
	if r.many() {
		r.begun = c.Learned()
	}
	c.Timing.Resumed = append(c.Timing.Resumed, r.begun)
	r.Clock.Continue(c.Timing)
	return from.Close()
}

// restore gives the candidate with a number of hidden neurons the state that was kept of it.
func (r *run) restore(ctx context.Context, kept Kept, from Source) (err error) {
	i := slices.IndexFunc(r.candidates, func(c *candidate) bool { return c.x.Hidden == kept.Hidden })
	if i < 0 {
		return fmt.Errorf("the checkpoint has %d hidden neurons, and the run learns %v", kept.Hidden, r.x.Tried())
	}
	c := r.candidates[i]
	if c.best, err = newSession(ctx, c.x, r.in, kept.Start, r.Workers, r.InMemory); err != nil {
		return err
	}
	if err := c.best.restore(kept, from); err != nil {
		return err
	}
	c.held = kept.Held
	if c.starts = kept.Starts; c.starts != nil && r.stable() {
		c.others, err = from.Others(kept.Hidden, c.starts, len(c.best.model.Synapses()))
	}
	return err
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
	if len(r.x.Constraints) == 1 && len(r.x.Stack.Hidden) == 0 && r.x.Bootstrap.Repeats == 0 {
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
	if r.many() {
		return &outcome.Interrupted{Epoch: r.best.model.Epochs(), Starts: r.haveLearned()}
	}
	return &outcome.Interrupted{Epoch: r.best.model.Epochs()}
}

// snapshot returns the state of the run.
func (r *run) snapshot() Snapshot {
	s := Snapshot{Timing: r.Clock.Timing(nil)}
	for _, c := range r.candidates {
		if r.many() && learned(c.starts) == 0 {
			continue
		}
		kept := c.best.snapshot()
		kept.Starts, kept.Others, kept.Held = c.starts, c.others, c.held
		s.Kept = append(s.Kept, kept)
	}
	return s
}

// giveBack gives unused memory back to the system. Many runs at a time in one process use
// it again at once, and are spared that.
func (r *run) giveBack() {
	if !r.InMemory {
		debug.FreeOSMemory()
	}
}
