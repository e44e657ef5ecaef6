package page

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"

	"partsnet/sim/citation"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/recall"
	"partsnet/sim/rundir"
	"partsnet/sim/text"
)

// run is what a page shows of the directory of a run.
type run struct {
	*rundir.Saved
	*outcome.Outcome
	records table
	fates   []measure.Fate
	cited   string
	notes   []string // what is left out, and why

	in     *inputs.Inputs        // nil where the stimuli cannot be read again
	row    func(i int) []float64 // a stimulus as it was learned, NaN where nothing is known; nil where there are none
	linear bool                  // whether a prediction is the sum of parts, each by a rate
	truth  *measure.Recovery     // nil where the parts that made the stimuli are not known
	shown  []int                 // the stimuli that are in the page
	steps  int                   // that the circuit needs
	others []network             // under other constraints
}

// network is parts and rates that were learned under a constraint.
type network struct {
	Name   string
	W      []float64 // r×n
	H      measure.Rates
	Signed bool
}

// Write writes the page of a finished run of one network. It reads the directory alone and, where they
// are still there and the same, the stimuli that its config names. It returns an error if the directory
// is not that of a finished run, or was changed.
func Write(ctx context.Context, dir string, to io.Writer) error {
	r, err := read(ctx, dir, nil)
	if err != nil {
		return err
	}
	defer func() {
		if r.in != nil {
			_ = r.in.Release() // nothing was written to it
		}
	}()
	return r.write(to)
}

// WriteOf is [Write] of a run whose stimuli are in memory, with their checksums.
func WriteOf(ctx context.Context, dir string, in *inputs.Inputs, to io.Writer) error {
	r, err := read(ctx, dir, in)
	if err != nil {
		return err
	}
	return r.write(to)
}

func (r *run) write(to io.Writer) error {
	v, err := r.view()
	if err != nil {
		return err
	}
	return v.write(to)
}

// read reads what a page shows, with stimuli that are in memory unless in is nil.
func read(ctx context.Context, dir string, in *inputs.Inputs) (*run, error) {
	r := &run{}
	var err error
	if r.Saved, err = rundir.Open(dir); err != nil {
		return nil, err
	}
	if r.cited, err = citation.Cite(dir); err != nil {
		return nil, err
	}
	if r.Outcome, err = r.Saved.Outcome(); err != nil {
		return nil, err
	}
	if err = r.ReadRates(r.Outcome); err != nil {
		return nil, err
	}
	if err = r.ReadFilm(r.Outcome); err != nil {
		return nil, err
	}
	if r.records, err = r.readTable(rundir.MetricsFile); err != nil {
		return nil, err
	}
	r.fates = measure.FatesOf(r.Synapses(), measure.Overlap(r.Synapses(), r.Rates.Hidden), r.Rates)
	if err := r.stimuli(ctx, in); err != nil {
		return nil, err
	}
	r.network()
	if err := r.compared(); err != nil {
		return nil, err
	}
	r.shown = r.choose()
	return r, nil
}

// stimuli reads the stimuli of the run again, unless they are given. Where they are gone or others, the page does without.
func (r *run) stimuli(ctx context.Context, in *inputs.Inputs) (err error) {
	x := r.Saved.Experiment
	if in == nil {
		if in, err = inputs.Prepare(ctx, x); err == nil {
			if err = in.Prove(ctx, x); err != nil {
				err = errors.Join(err, in.Release())
			}
		}
	}
	if interrupted := new(*outcome.Interrupted); errors.As(err, interrupted) {
		return err
	}
	own := &r.Outcome.Stimuli
	if err != nil || in.Checksum != own.Checksum {
		why := "they are not those that the run was shown: their checksum differs"
		if err != nil {
			why = err.Error()
		}
		if own.Height == 0 { // of an earlier version
			own.Height, own.Width = x.Stimulus.Height, x.Stimulus.Width
		}
		return r.saved(why)
	}
	r.in = in
	r.row = in.Known
	shown := in.Shown()
	shown.Neurons, shown.Texts = own.Neurons, own.Texts
	shown.Source, shown.Checksum = own.Source, own.Checksum
	r.Outcome.Stimuli = shown
	if t := shown.Truth; t != nil {
		recovery := measure.Recover(t.Parts, r.Synapses(), shown.Size)
		r.truth = &recovery
	}
	return nil
}

// saved reads the stimuli that the run has saved, where it has. Why says why they are not read again.
func (r *run) saved(why string) error {
	own := &r.Outcome.Stimuli
	if titles := r.Manifest.Files[rundir.TitlesFile]; titles != "" {
		path, err := r.File(rundir.TitlesFile)
		if err != nil {
			return err
		}
		if own.Names, err = text.ReadList(path); err != nil || len(own.Names) != own.Count {
			own.Names = nil // blank lines are left out of a list
		}
	}
	if r.Manifest.Files[rundir.StimuliFile] == "" {
		r.notes = append(r.notes, "The stimuli are not in this page, nor what was learned of single ones: "+why+". A run with stimulus.save = true keeps them.")
		return nil
	}
	v, err := r.Saved.Matrix(rundir.StimuliFile)
	if err != nil {
		return err
	}
	if v.Rows() != own.Count || v.Cols() != own.Size {
		return fmt.Errorf("%s: %s is %d×%d; there are %d stimuli of %d values", r.Dir, rundir.StimuliFile, v.Rows(), v.Cols(), own.Count, own.Size)
	}
	r.row = func(i int) []float64 { return v.Values[i*own.Size : (i+1)*own.Size] }
	return nil
}

// network asks the trained network whether it predicts by adding parts.
func (r *run) network() {
	if r.row == nil {
		return
	}
	net, err := recall.Network(r.Saved, r.Saved.Experiment, r.Stimuli.Size)
	if err != nil {
		r.notes = append(r.notes, "The network could not be set up again, so that the page predicts nothing: "+err.Error()+".")
		return
	}
	r.steps = net.Circuit().Describe().Steps
	h := make([]float64, r.Rates.Hidden)
	r.Rates.Stimulus(0, h)
	r.linear = true
	said := net.Predict(h)
	top := 0.0
	for _, p := range said {
		top = max(top, math.Abs(p))
	}
	for j, p := range sum(r.Synapses(), h) {
		r.linear = r.linear && math.Abs(p-said[j]) <= 1e-4*top
	}
}

// sum returns Σ_a h_a w_a.
func sum(w, h []float64) []float64 {
	n := len(w) / len(h)
	p := make([]float64, n)
	for a, rate := range h {
		for j, x := range w[a*n : (a+1)*n] {
			p[j] += float64(rate * x)
		}
	}
	return p
}

// compared reads what was learned under other constraints.
func (r *run) compared() error {
	x := r.Saved.Experiment
	for _, name := range x.Constraints[1:] {
		w, err := r.Saved.Matrix("arrays/W-" + name + ".npy")
		if err != nil {
			return err
		}
		h, err := r.Saved.Matrix("arrays/H-" + name + ".npy")
		if err != nil {
			return err
		}
		if w.Rows() != x.Hidden || w.Cols() != r.Stimuli.Size || h.Rows() != r.Stimuli.Count || h.Cols() != x.Hidden {
			return fmt.Errorf("%s: the arrays of %q do not fit those of the run", r.Dir, name)
		}
		r.others = append(r.others, network{name, w.Values, measure.RatesOf(h.Values, x.Hidden), name == experiment.Orthonormal})
	}
	return nil
}

// Numbers of what a page holds.
const (
	mostStimuli = 2000
	mostValues  = 100_000 // of stimuli
	partsBytes  = 1_400_000
	ratesBytes  = 400_000
	filmBytes   = 1_000_000
)

// choose returns the stimuli that are in the page: all, or as many as there is room for, evenly
// spaced, and the one that figures show.
func (r *run) choose() (all []int) {
	if r.row == nil {
		return nil
	}
	count := r.Stimuli.Count
	most := min(count, mostStimuli, max(12, mostValues/r.Stimuli.Size))
	if r.Stimuli.Texts {
		most = min(count, 300)
	}
	for k := range most {
		all = append(all, k*count/most)
	}
	if r.in == nil {
		return all
	}
	if i, err := r.in.Find(r.Saved.Experiment.Look.Stimulus); err == nil && !slices.Contains(all, i) {
		all[i*most/count] = i
		slices.Sort(all)
		all = slices.Compact(all)
	}
	return all
}
