package sim

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
	"partsnet/synapse"
)

// Progress is what a run says while it learns.
type Progress struct {
	Epoch, Epochs int
	Begun         int     // epoch after which this session began; 0 unless it goes on with a killed run
	Symbol        string  // of the objective, "D" or "E"
	Objective     float64 // at the last record
	Elapsed       time.Duration
}

// Report is what a run says when it has ended.
type Report struct {
	Dir        string
	Figures    bool   // whether there are any in Dir/figures
	Documents  bool   // whether stimuli are documents
	Parts      string // what the truth has, "parts" or "topics"
	Epochs     int
	Stopped    string   // why, in words
	Starts     []Start  // where there were several, in their order
	Best       int      // index of the start that was kept
	Resumed    int      // epoch after which a killed run went on, of several starts how many were learned; 0 for none
	Damaged    []string // checkpoints that could not be used, and why
	Symbol     string
	Objective  float64
	Likelihood float64 // the paper's F; NaN for the Gaussian objective
	Measures   measure.Values
	Census     measure.Census
	Optimality network.Optimality
	Why        string // learning stopped, in a sentence
	Recovery   *measure.Recovery
	Stack      []Stacked         // the layers, where there are several; or nil
	Joint      float64           // objective after all layers were learned together, if they were
	Compared   []Compared        // networks under other constraints, the run's own first; or nil
	Meanings   *measure.Meanings // where the truth has words of several meanings
	Rises      int               // records at which the objective had risen beyond rounding
	Invariants network.Invariants
	Elapsed    time.Duration // over all sessions of a run that was killed and went on
}

// Options say how a run is run. They change no result.
type Options struct {
	Progress func(Progress) // told of every epoch; or nil
	Resume   bool           // whether a run that was killed in the place goes on
	Note     func(string)   // told at once what the user should know, such as a damaged checkpoint; or nil
	Disk     record.Disk    // nil for that of the system
}

// Interrupted is the error of a run that was ended by its context.
type Interrupted struct {
	Dir    string // what holds the checkpoint; "" for a run that leaves no directory
	Epoch  int    // that was the last, of a run from one start
	Starts int    // that were learned, of a run from several
}

// Error says how to go on.
func (e *Interrupted) Error() string {
	switch {
	case e.Dir == "":
		return "interrupted"
	case e.Epoch == 0:
		return fmt.Sprintf("interrupted after %d starts; %s holds a checkpoint, and the same command with --resume goes on", e.Starts, e.Dir)
	}
	return fmt.Sprintf("interrupted after epoch %d; %s holds a checkpoint, and the same command with --resume goes on", e.Epoch, e.Dir)
}

// Run runs the experiment and writes its directory. The context ends it early: the
// epoch is finished, a checkpoint is written, and the error is an [*Interrupted]. If
// anything fails, what is left is DIR.partial with the last checkpoint or, where none
// was written yet, nothing.
func Run(ctx context.Context, x *experiment.Experiment, dir string, o Options) (*Report, error) {
	if o.Progress == nil {
		o.Progress = func(Progress) {}
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
	v, err := prepare[T](x)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, v.release()) }()
	out, err := record.Open(o.Disk, dir, o.Resume)
	if err != nil {
		return nil, &RequestError{err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	r := &run[T]{x: x, set: v.set, v: v, out: out, start: start, note: o.Note, report: &Report{Dir: dir, Figures: len(x.Figures) > 0, Documents: v.set.Words != nil}}
	if r.inputs, err = inputs(x); err != nil {
		return nil, err
	}
	if err := r.all(ctx, o.Progress); err != nil {
		return nil, err
	}
	r.report.Elapsed = time.Duration(r.timing().Seconds * float64(time.Second))
	if err := r.write(out); err != nil {
		return nil, err
	}
	return r.report, out.Commit()
}

// RequestError is an error of what was asked for, not of the run.
type RequestError struct{ Err error }

// Error returns the text of the error within.
func (e *RequestError) Error() string { return e.Err.Error() }

// Unwrap returns the error within.
func (e *RequestError) Unwrap() error { return e.Err }

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

func (r *run[T]) build() error {
	var err error
	if err := r.checkForm(); err != nil {
		return err
	}
	if r.looked, err = r.v.find(r.x.Look.Stimulus); err != nil {
		return err
	}
	if err := r.v.knows(r.x.Look.Word); err != nil {
		return err
	}
	circuit, rule, plan, err := r.way()
	if err != nil {
		return err
	}
	w := synapse.New[T]("hidden→visible", r.x.Hidden, r.set.Size, synapse.Excitatory)
	r.streams = stream.NewStart(r.x.Seed, r.nth)
	w.Randomise(r.streams.New("synapses"), r.x.Start.Low, r.x.Start.High)
	start, err := startFrom[T]("synapses.path", r.x.Start.Synapses, r.x.Hidden, r.set.Size)
	if err != nil {
		return err
	}
	if start != nil {
		if err := w.Set(start); err != nil {
			return &RequestError{err}
		}
	}
	w.Normalise(startNorm(rule.Nature()))
	r.net, err = network.New(neuron.Layer{Name: "visible", Size: r.set.Size}, neuron.Layer{Name: "hidden", Size: r.x.Hidden}, w, circuit, r.workers)
	if err != nil {
		return err
	}
	r.net.Floor = T(r.x.Floor)
	if r.x.Separate {
		up := synapse.New[T]("visible→hidden", r.x.Hidden, r.set.Size, synapse.Excitatory)
		up.Randomise(r.streams.New("synapses up"), r.x.Start.Low, r.x.Start.High)
		up.Normalise(startNorm(rule.Nature()))
		if err := r.net.Separate(up); err != nil {
			return err
		}
	}
	h := neuron.NewRates[T](r.set.Count, r.x.Hidden)
	rng := r.streams.New("rates")
	r.net.Start(r.v.stimuli, h)
	rates := h.Rows(0, r.set.Count)
	for i := range rates {
		share := float64(2*float64(rng.Float64())) - 1
		rates[i] *= T(1 + float64(r.x.Start.Spread*share))
	}
	if start, err = startFrom[T]("rates.path", r.x.Start.Rates, r.set.Count, r.x.Hidden); err != nil {
		return err
	}
	copy(rates, start)
	r.learner, err = network.NewLearner(r.net, rule, plan, r.v.stimuli, h)
	if err != nil {
		return err
	}
	r.learner.Relax(slices.Index(network.Relaxations, r.x.Learning.Relaxation))
	r.report.Symbol = rule.Nature().Objective.Symbol()
	return nil
}

// way returns how the experiment recognises and learns: a circuit of its own for each
// network that learns.
func (r *run[T]) way() (circuit network.Circuit[T], rule learning.Rule[T], plan network.Plan, err error) {
	if circuit, err = newCircuit[T](r.x, r.nth); err != nil {
		return nil, nil, plan, err
	}
	if rule, err = experiment.Rule[T](r.x); err != nil {
		return nil, nil, plan, err
	}
	plan, err = r.x.Plan()
	plan.Shuffle = shuffle(r.x.Seed, r.nth)
	return circuit, rule, plan, err
}

// startNorm returns what the synapses of a run are brought to before it begins.
func startNorm(n learning.Nature) synapse.Normalisation {
	if n.Normalisation == synapse.Free {
		return n.Start
	}
	return n.Normalisation
}

// newCircuit returns the circuit of an experiment, with its source of chance.
func newCircuit[T kernel.Float](x *experiment.Experiment, start int) (network.Circuit[T], error) {
	circuit, err := experiment.Circuit[T](x)
	switch c := circuit.(type) {
	case *network.SpikeBySpike[T]:
		c.Source = stream.NewStart(x.Seed, start).New("spikes").Uint64()
	case *network.PredictiveHierarchy[T]:
		c.Source = stream.NewStart(x.Seed, start).New("synapses between stages").Uint64()
	}
	return circuit, err
}

// shuffle returns the order in which each epoch presents its stimuli: every epoch draws
// from a stream of its own, so that none depends on those before.
func shuffle(seed int64, start int) func(epoch int, order []int) {
	return func(epoch int, order []int) {
		stream.NewStart(seed, start).New(fmt.Sprintf("presentations of epoch %d", epoch)).Shuffle(len(order), func(i, k int) {
			order[i], order[k] = order[k], order[i]
		})
	}
}

// startFrom reads a matrix (rows×cols) to start from; nil if no file is named.
func startFrom[T kernel.Float](key, path string, rows, cols int) ([]T, error) {
	if path == "" {
		return nil, nil
	}
	set, err := stimulus.Load(path)
	if err == nil && set.Counts != nil {
		err = fmt.Errorf("%s holds counts; allowed is a dense array", path)
	}
	if err == nil && (set.Count != rows || set.Size != cols) {
		err = fmt.Errorf("%s is %d×%d; here %d×%d are needed", path, set.Count, set.Size, rows, cols)
	}
	if err != nil {
		return nil, &RequestError{fmt.Errorf("%s: %w", key, err)}
	}
	return narrow[T](set.Rates), nil
}

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
	defer func() { r.learned, r.learning = time.Since(r.learning).Seconds(), time.Time{} }()
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
		if r.out != nil && (interrupted || r.due(epoch, saved)) {
			if err := r.save(r.out); err != nil {
				return err
			}
			saved = time.Now()
		}
		if interrupted {
			return r.interrupted(epoch)
		}
	}
	if r.out != nil && (len(r.x.Constraints) > 1 || len(r.x.Stack.Hidden) > 0) { // what follows may take as long again
		if err := r.save(r.out); err != nil {
			return err
		}
	}
	if reached {
		r.report.Stopped = fmt.Sprintf("an epoch brought less than %v of the whole gain", r.x.Learning.Tolerance)
	}
	return r.encode()
}

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

// rounding is the relative rise of the objective that rounding can explain.
func rounding[T kernel.Float]() float64 {
	var one T = 1
	if _, ok := any(one).(float32); ok {
		return 1e-5
	}
	return 1e-11
}
