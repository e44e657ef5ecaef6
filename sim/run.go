package sim

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// Options say how a run is run. They change no result.
type Options struct {
	Progress func(Progress) // told of every epoch; or nil
	Stage    func(string)   // told what begins before and after the epochs, such as "drawing figures"; or nil
	Resume   bool           // whether a run that was killed in the place goes on
	Note     func(string)   // told at once what the user should know, such as a damaged checkpoint; or nil
	Disk     record.Disk    // nil for that of the system
}

// Run runs the experiment and writes its directory. The context ends it early: the
// epoch is finished, a checkpoint is written, and the error is an [*Interrupted]. If
// anything fails, what is left is DIR.partial with the last checkpoint or, where none
// was written yet, nothing.
func Run(ctx context.Context, x *experiment.Experiment, dir string, o Options) (*Report, error) {
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
	if x.Precision == "float32" {
		return runAs[float32](ctx, x, dir, o)
	}
	return runAs[float64](ctx, x, dir, o)
}

func runAs[T kernel.Float](ctx context.Context, x *experiment.Experiment, dir string, o Options) (report *Report, err error) {
	start := time.Now()
	if err := amongStimuli(x, dir); err != nil {
		return nil, err
	}
	out, err := record.Open(o.Disk, dir, o.Resume)
	if finished := new(record.Finished); o.Resume && errors.As(err, &finished) {
		return nil, finishedAs(x, finished, o.Disk)
	}
	if err != nil {
		return nil, &RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	o.Stage("reading the stimuli")
	v, err := prepareUntil[T](ctx, x)
	if err != nil {
		return nil, keptBy(out, err)
	}
	defer func() { err = errors.Join(err, v.release()) }()
	r := &run[T]{x: x, set: v.set, v: v, out: out, start: start, note: o.Note, report: &Report{Dir: dir, Figures: len(x.Figures) > 0, Documents: v.set.Words != nil}}
	var sums map[string]string
	if err := await(ctx, func() (err error) { sums, err = inputs(x); return err }, func(error) {}); err != nil {
		return nil, keptBy(out, err)
	}
	r.inputs = sums
	if err := r.all(ctx, o.Progress); err != nil {
		return nil, err
	}
	r.report.Elapsed = time.Duration(r.timing().Seconds * float64(time.Second))
	if len(x.Figures) > 0 {
		o.Stage("drawing figures")
	}
	if err := r.write(out); err != nil {
		return nil, err
	}
	return r.report, out.Commit()
}

// run is one experiment on its way.
type run[T kernel.Float] struct {
	x       *experiment.Experiment
	set     *stimulus.Set
	v       *shown[T]
	looked  int // number of the stimulus that figures show
	net     *network.Network[T]
	learner *network.Learner[T]
	out     *record.Dir  // nil for a run that leaves no directory
	workers int          // goroutines that carry blocks; 0 for one a processor
	nth     int          // which of the random starts
	others  [][]float64  // synapses that every start has learned, where their stability is asked for
	streams *stream.Set  // that are drawn from while the run learns, or were before
	note    func(string) // tells the user at once
	records []entry
	report  *Report

	start    time.Time         // of this session
	learning time.Time         // when it began to learn; zero before and after
	learned  float64           // seconds that it learned, where it has ended
	before   timing            // of the sessions that were killed
	inputs   map[string]string // SHA-256 of files, by path
	need     float64           // estimate of its memory, in bytes

	course      *network.Course[T] // of the stimulus looked at, where there are figures
	frameEpochs []int              // epochs whose parts a film shows
	frames      []figure.Frame
	stack       *network.Stack[T] // nil where there is one hidden layer
}

// all takes a run through everything but the writing of its directory.
func (r *run[T]) all(ctx context.Context, progress func(Progress)) error {
	r.giveBack() // what reading took makes room for learning
	r.need = estimate[T](r.x, r.v.extent()).most()
	if err := r.build(); err != nil {
		return err
	}
	if r.out != nil {
		if err := r.resume(r.out); err != nil {
			return err
		}
		r.tellDamage()
	}
	learn := r.learn
	if r.x.Restarts > 1 {
		learn = r.learnFromStarts
	}
	if err := learn(ctx, progress); err != nil {
		return err
	}
	if err := r.look(); err != nil {
		return err
	}
	r.learner.Release()
	r.giveBack()
	if err := r.stackUp(ctx); err != nil {
		return err
	}
	return r.compare(ctx)
}

// tellDamage says which checkpoints could not be used, before learning goes on.
func (r *run[T]) tellDamage() {
	for _, d := range r.report.Damaged {
		r.note(d)
	}
	if len(r.report.Damaged) > 0 && r.report.Resumed > 0 {
		r.note(fmt.Sprintf("the checkpoint before it is used, after epoch %d", r.report.Resumed))
	} else if len(r.report.Damaged) > 0 {
		r.note("no whole checkpoint is left: the run begins at its start")
	}
}

// giveBack gives unused memory back to the system. Many runs at a time in one process use
// it again at once, and are spared that.
func (r *run[T]) giveBack() {
	if r.out != nil {
		debug.FreeOSMemory()
	}
}
