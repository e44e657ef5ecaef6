package sim

import (
	"context"
	"errors"
	"fmt"
	"time"

	"partsnet/sim/checkpoint"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/program"
	"partsnet/sim/record"
	"partsnet/sim/recorded"
	"partsnet/sim/rundir"
	"partsnet/sim/train"
)

// Options say how a run is run. They change no result.
type Options struct {
	Progress func(Progress) // told of every epoch; or nil
	Stage    func(string)   // told what begins before and after the epochs, such as "drawing figures"; or nil
	Resume   bool           // whether a run that was killed in the place is continued
	Note     func(string)   // told at once what the user should know, such as a damaged checkpoint; or nil
	Disk     record.Disk    // nil for that of the system

	// Finished is called by Run when the directory is complete and its stimuli are still in memory; or nil.
	Finished func(in *inputs.Inputs)
}

// filled returns options without nil.
func (o Options) filled() Options {
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	if o.Stage == nil {
		o.Stage = func(string) {}
	}
	if o.Note == nil {
		o.Note = func(string) {}
	}
	if o.Disk == nil {
		o.Disk = record.OS
	}
	if o.Finished == nil {
		o.Finished = func(*inputs.Inputs) {}
	}
	return o
}

// Run runs an experiment of one network and writes its directory. The context ends it early: the
// epoch is finished, a checkpoint is written, and the error is an [*outcome.Interrupted]. If
// anything fails, what is left is DIR.partial with the last checkpoint or, where none
// was written yet, nothing. [RunGroups] runs an experiment whose groups learn alone.
func Run(ctx context.Context, x *experiment.Experiment, dir string, o Options) (report *Report, err error) {
	if x.Apart() {
		return nil, errGroups
	}
	clock := outcome.NewClock(time.Now())
	trained, err := runIn(ctx, x, dir, o.filled(), clock, making{prepare: func(ctx context.Context) (*inputs.Inputs, error) {
		in, err := inputs.Prepare(ctx, x)
		if err != nil {
			return nil, err
		}
		if err := in.Prove(ctx, x); err != nil {
			return nil, errors.Join(err, in.Release())
		}
		return in, nil
	}})
	if err != nil {
		return nil, err
	}
	return newReport(trained, dir, clock), nil
}

// errGroups is the error of functions for one network.
var errGroups = errors.New("sim: an experiment whose groups learn alone makes a network for each group; see RunGroups and LearnGroups")

// making is how a run is made. It changes no result.
type making struct {
	prepare func(ctx context.Context) (*inputs.Inputs, error) // returns the stimuli, with their checksums
	workers int                                               // goroutines; 0 for one a processor
}

// runIn runs an experiment of one network and writes its directory, with options that are filled.
func runIn(ctx context.Context, x *experiment.Experiment, dir string, o Options, clock *outcome.Clock, how making) (trained *outcome.Outcome, err error) {
	out, err := open(x, dir, o)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	if len(out.Checkpoints()) == 0 { // else it is saved already, or is that of the checkpoint until both are compared
		if err := out.SaveConfig(x.TOML()); err != nil {
			return nil, err
		}
	}
	o.Stage("reading the stimuli")
	in, err := how.prepare(ctx)
	if err == nil {
		defer func() { err = errors.Join(err, in.Release()) }()
		trained, err = learn(ctx, x, in, out, clock, o, how)
	}
	if e := new(outcome.Interrupted); errors.As(err, &e) && len(out.Checkpoints()) > 0 {
		e.Dir = out.Partial() // the checkpoint may be of an earlier session
	}
	if err != nil {
		return nil, err
	}
	if len(x.Figures) > 0 {
		o.Stage("drawing figures")
	}
	if err := rundir.Write(out, trained, clock); err != nil {
		return nil, err
	}
	if err := out.Commit(); err != nil {
		return nil, err
	}
	o.Finished(in)
	return trained, nil
}

// open starts or continues the directory of a run.
func open(x *experiment.Experiment, dir string, o Options) (*record.Dir, error) {
	if err := rundir.AmongStimuli(x, dir); err != nil {
		return nil, err
	}
	out, err := record.Open(o.Disk, dir, o.Resume)
	if finished := new(record.ExistsError); o.Resume && errors.As(err, &finished) {
		return nil, rundir.FinishedAs(x, finished, o.Disk)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	if err := ownPlace(out, x); err != nil {
		return nil, errors.Join(err, out.Abandon())
	}
	return out, nil
}

// learn finds the checkpoint from which the run is continued, and learns.
func learn(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, out *record.Dir, clock *outcome.Clock, o Options, how making) (trained *outcome.Outcome, err error) {
	identity := checkpoint.Of(x, in, program.Version())
	var found checkpoint.Found
	resume := func() (train.Source, error) {
		var err error
		if found, err = checkpoint.Resume(out, identity, x.Restarts); err != nil {
			return nil, err
		}
		tellDamage(found, o.Note)
		if found.Source == nil && len(found.Damaged) > 0 { // they may have been of another experiment
			return nil, out.SaveConfig(x.TOML())
		}
		return found.Source, nil
	}
	recording := func(all []*recorded.Array, until int) (*recorded.Files, error) {
		return recorded.Open(out, all, x.Precision, until)
	}
	trained, err = train.Learn(ctx, x, in, train.Options{Clock: clock, From: resume, Workers: how.workers, Recorded: recording},
		train.ObserverFunc(func(m train.Moment) error {
			switch m.Event {
			case train.Learned:
				if x.Bootstrap.Repeats > 0 {
					o.Stage(fmt.Sprintf("learning again from %d draws", x.Bootstrap.Repeats))
				}
			case train.EpochEnded:
				o.Progress(Progress{Begun: m.Begun, Epoch: m.Epoch, Epochs: m.Epochs, Symbol: m.Symbol, Objective: m.Objective, Elapsed: clock.Elapsed()})
			}
			return nil
		}),
		checkpoint.NewKeeper(x, func() (*record.Dir, checkpoint.Identity, error) { return out, identity, nil }))
	if err != nil {
		return nil, err
	}
	trained.Damaged = found.Damaged
	return trained, nil
}

// tellDamage says which checkpoints could not be used, before learning continues.
func tellDamage(found checkpoint.Found, note func(string)) {
	for _, d := range found.Damaged {
		note(d)
	}
	if len(found.Damaged) > 0 && found.Begun > 0 {
		note(fmt.Sprintf("the checkpoint before it is used, after epoch %d", found.Begun))
	} else if len(found.Damaged) > 0 {
		note("no whole checkpoint is left: the run begins at its start")
	}
}

// Learn runs the experiment in memory: the run that [Run] makes, with as many workers as
// it is told (0 for one a processor), without directory, checkpoint and figures. The
// context ends it early; the error is an [*outcome.Interrupted] then.
func Learn(ctx context.Context, x *experiment.Experiment, workers int) (*Result, error) {
	return LearnFrom(ctx, x, workers, "")
}

// LearnFrom is [Learn] with checkpoints: where they are due, and where the context ends the run, they are
// written into DIR.partial of that place, which is made then; a run that finds some there continues
// from them. When it has ended nothing is left in the place. There are none where the place is "".
func LearnFrom(ctx context.Context, x *experiment.Experiment, workers int, place string) (_ *Result, err error) {
	if x.Apart() {
		return nil, errGroups
	}
	clock := outcome.NewClock(time.Now())
	in, err := inputs.Prepare(ctx, x)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Release()) }()
	o := train.Options{Clock: clock, Workers: workers, InMemory: true}
	var watch []train.Observer
	kept := &keptRun{x: x, in: in, place: place}
	if place != "" {
		o.From = func() (train.Source, error) { return kept.found(ctx) }
		watch = append(watch, checkpoint.NewKeeper(x, func() (*record.Dir, checkpoint.Identity, error) {
			return kept.open(context.WithoutCancel(ctx)) // an interrupted run writes its last one
		}))
	}
	trained, err := train.Learn(ctx, x, in, o, watch...)
	if err := errors.Join(err, kept.close(err == nil)); err != nil {
		return nil, err
	}
	return &Result{newReport(trained, "", clock), in.Neurons(), trained.Synapses()}, nil
}

// keptRun is where a run that leaves no directory keeps its checkpoints meanwhile.
type keptRun struct {
	x        *experiment.Experiment
	in       *inputs.Inputs
	place    string
	out      *record.Dir // nil until there is something to read or write
	identity checkpoint.Identity
}

// open opens the directory, once.
func (k *keptRun) open(ctx context.Context) (*record.Dir, checkpoint.Identity, error) {
	if k.out != nil {
		return k.out, k.identity, nil
	}
	if err := k.in.Prove(ctx, k.x); err != nil {
		return nil, k.identity, err
	}
	k.identity = checkpoint.Of(k.x, k.in, program.Version())
	out, err := record.Share(record.OS, k.place, true) // one that wrote it before may hang on another machine
	k.out = out
	return out, k.identity, err
}

// found returns the checkpoint from which the run continues, nil where there is none.
func (k *keptRun) found(ctx context.Context) (train.Source, error) {
	if len(record.CheckpointsIn(k.place+".partial")) == 0 {
		return nil, nil
	}
	out, identity, err := k.open(ctx)
	if err != nil {
		return nil, err
	}
	found, err := checkpoint.Resume(out, identity, k.x.Restarts)
	if found.Source == nil { // a nil of the type would be a source
		return nil, err
	}
	return found.Source, err
}

// close leaves the checkpoints, or removes them.
func (k *keptRun) close(ended bool) error {
	switch {
	case k.out == nil:
		return nil
	case ended:
		return k.out.Remove()
	}
	return k.out.Leave()
}
