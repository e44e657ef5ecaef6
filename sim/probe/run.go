package probe

import (
	"context"
	"errors"
	"fmt"
	"math"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/recall"
	"partsnet/sim/record"
	"partsnet/sim/stream"
)

// Result is what a probe has found.
type Result struct {
	Dir     string
	Probe   *Probe // every default filled in
	Read    []string
	Symbol  string // of the objective
	Numbers []int  // of the stimuli
	Names   []string
	Fixed   []float64 // rates at which hidden neurons were kept at the end, −1 for those that were free; nil
	Cut     bool      // whether synapses were cut
	Intact  Answer    // without events
	Frozen  *Answer   // the rates of Intact, while what is fixed is fixed and what is cut is cut; nil where nothing is
	Anew    *Answer   // recognised while the events acted; nil without events
	Parts   [2][]float64
	Shown   []string // what is shown when, a phrase for each show
	Watched *course  // of the network to which events are done

	scenes   *scenes // nil where stimuli stay as they are
	opened   *recall.Opened
	in       *inputs.Inputs // the stimuli that are shown
	predicts bool
}

// Answer is the hidden rates to some stimuli, what they predict, and its error.
type Answer struct {
	Rates      [][]float64 // of each stimulus
	Prediction [][]float64
	Loss       []float64 // objective of each stimulus; nil if it is no sum over stimuli
	RMSE       []float64 // root mean squared error over the visible neurons that are known
}

// Run shows stimuli to the network of a finished run, follows recognition step by step while events
// act, and writes what it finds into dir. Settings are those of [recall.Recognise]. It returns an error
// if the run, the stimuli or the probe do not fit each other; the context ends it early with an
// [*outcome.Interrupted], and nothing is written.
func Run(ctx context.Context, run string, p *Probe, settings []string, dir string) (r *Result, err error) {
	o, err := recall.Open(ctx, run, settings, dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, o.In.Release()) }()
	whole := *p
	r = &Result{Dir: dir, Probe: &whole, opened: o, Read: append(o.Dropped, o.In.Set.Read...)}
	if err := r.complete(); err != nil {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s: %w", p.file, err)}
	}
	if r.in, err = r.first(); err != nil {
		return nil, err
	}
	intact, err := o.Load()
	if err != nil {
		return nil, err
	}
	disturbed, err := o.Load()
	if err != nil {
		return nil, err
	}
	objective := intact.Circuit().Objective()
	_, r.predicts = objective.(learning.Predictive)
	r.Symbol = objective.Symbol()
	r.Parts[0] = intact.Synapses()
	out, err := record.Create(dir)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	watched := out // of the last presentation
	if len(whole.Events) > 0 {
		watched = nil
	}
	h, _, err := r.present(ctx, intact, nil, watched)
	if err != nil {
		return nil, err
	}
	r.Intact = r.answer(intact, h)
	if len(whole.Events) > 0 {
		after, fixed, err := r.present(ctx, disturbed, experiment.Seeded(whole.Events, func(what string) uint64 {
			return stream.New(whole.Seed, what).Uint64()
		}), out)
		if err != nil {
			return nil, err
		}
		anew := r.answer(disturbed, after)
		r.Anew = &anew
		if err := r.freeze(disturbed, h, fixed); err != nil {
			return nil, err
		}
	}
	r.Parts[1] = disturbed.Synapses()
	if err := r.write(out); err != nil {
		return nil, err
	}
	return r, out.Commit()
}

// complete fills in the defaults that follow from the run.
func (r *Result) complete() error {
	p, o := r.Probe, r.opened
	if p.Seed < 0 {
		p.Seed = o.Experiment.Seed
	}
	circuit, err := experiment.Circuit[float64](o.Experiment)
	if err != nil {
		return err
	}
	if p.Steps == 0 {
		p.Steps = circuit.Describe().Steps
	}
	if len(p.Shows) > 0 {
		if len(p.Stimuli) > 0 {
			return fmt.Errorf("stimuli = %q with show; allowed is [], as shows say what is shown when", p.Stimuli)
		}
		if r.scenes, err = newScenes(o.In, p.Shows, p.Steps, o.Looked); err != nil {
			return err
		}
		for row := range r.scenes.names {
			r.Numbers = append(r.Numbers, row)
		}
		r.Names = r.scenes.labels()
		for k := range p.Shows {
			r.Shown = append(r.Shown, r.scenes.says(k))
		}
	} else if len(p.Stimuli) == 0 {
		r.Numbers = []int{o.Looked}
	}
	for _, name := range p.Stimuli {
		i, err := o.In.Find(name)
		if err != nil {
			return fmt.Errorf("stimuli: %w", err)
		}
		r.Numbers = append(r.Numbers, i)
	}
	for _, i := range r.Numbers {
		if r.scenes != nil {
			break
		}
		name := ""
		if o.In.Set.Names != nil {
			name = o.In.Set.Names[i]
		}
		r.Names = append(r.Names, name)
	}
	for k, e := range p.Events {
		if e.Until > p.Steps {
			return fmt.Errorf("event[%d].until = %d; there are %d steps: allowed is 0, to the end, or at most %d", k+1, e.Until, p.Steps, p.Steps)
		}
		if e.From >= p.Steps {
			return fmt.Errorf("event[%d].from = %d; there are %d steps, and an event begins before the last: allowed is 0 to %d", k+1, e.From, p.Steps, p.Steps-1)
		}
	}
	for k, x := range p.Recorders {
		if x.Every > p.Steps {
			return fmt.Errorf("recorder[%d].every = %d; allowed is a number from 1 to steps = %d", k+1, x.Every, p.Steps)
		}
	}
	named := network.Choice{Name: o.Experiment.Recognition.Circuit, Parameters: o.Experiment.Recognition.Parameters}
	if err := experiment.CheckRecorders(p.Recorders, experiment.Steps, circuit, named, o.Experiment.Separate, o.Experiment.Hidden); err != nil {
		return err
	}
	plan := network.Plan{Events: p.Events, Untied: o.Experiment.Separate}
	return network.CheckEvents(circuit, plan, false, o.Experiment.Hidden, o.In.Neurons())
}

// first returns the stimuli that are shown first.
func (r *Result) first() (*inputs.Inputs, error) {
	if r.scenes != nil {
		return r.scenes.at(0)
	}
	return r.opened.In.Drawn(r.Numbers)
}

// present lets a network recognise what is shown step by step, and returns the hidden rates and which
// of them events keep at the end. What is shown at the end are the stimuli of the result then. It is
// watched, and recorders write, where it has a directory.
func (r *Result) present(ctx context.Context, net network.Trained, events []experiment.Event, out *record.Dir) (network.Hidden, []float64, error) {
	var err error
	if r.in, err = r.first(); err != nil {
		return nil, nil, err
	}
	p, err := net.Present(r.in.Data, events)
	if err != nil {
		return nil, nil, &experiment.RequestError{Err: err}
	}
	watch := func(int) error { return nil }
	if out != nil {
		if r.Watched, err = r.watch(net, p, out); err != nil {
			return nil, nil, err
		}
		watch = r.Watched.step
		if err := watch(0); err != nil {
			return nil, nil, err
		}
	}
	for step := range r.Probe.Steps {
		if ctx.Err() != nil {
			return nil, nil, &outcome.Interrupted{}
		}
		if r.scenes != nil && step > 0 && r.scenes.changed(step) {
			if r.in, err = r.scenes.at(step); err != nil {
				return nil, nil, err
			}
			if err := p.Show(r.in.Data); err != nil {
				return nil, nil, &experiment.RequestError{Err: err}
			}
		}
		if err := p.Step(); err != nil {
			return nil, nil, err
		}
		if err := watch(step + 1); err != nil {
			return nil, nil, err
		}
	}
	if out != nil {
		if err := r.Watched.files.Finish(); err != nil {
			return nil, nil, err
		}
	}
	return p.Rates(), p.Fixed(), p.Rates().Check()
}

// freeze finds what the network predicts if all other rates stay as they were without events.
func (r *Result) freeze(net network.Trained, intact network.Hidden, fixed []float64) error {
	for _, e := range r.Probe.Events {
		r.Cut = r.Cut || e.Kind == network.Cut
	}
	if len(fixed) > 0 {
		r.Fixed = fixed
	}
	if r.Fixed == nil && !r.Cut {
		return nil
	}
	var rates []float64
	for i := range intact.Stimuli() {
		h := append([]float64(nil), intact.Of(i)...)
		for a, x := range r.Fixed {
			if x >= 0 {
				h[a] = x
			}
		}
		rates = append(rates, h...)
	}
	h, err := r.in.Engine.Hidden(intact.Stimuli(), intact.Neurons(), rates)
	if err != nil {
		return err
	}
	frozen := r.answer(net, h)
	r.Frozen = &frozen
	return nil
}

// answer says what hidden rates predict.
func (r *Result) answer(net network.Trained, h network.Hidden) (a Answer) {
	for i := range h.Stimuli() {
		rates := append([]float64(nil), h.Of(i)...)
		a.Rates = append(a.Rates, rates)
		if !r.predicts {
			continue
		}
		p := net.Predict(rates)
		a.Prediction = append(a.Prediction, p)
		squares, known := 0.0, 0
		for j, v := range r.in.Row(i) {
			if r.in.Shows(i, j) {
				squares += float64((v - p[j]) * (v - p[j]))
				known++
			}
		}
		a.RMSE = append(a.RMSE, math.Sqrt(squares/float64(known)))
	}
	if r.predicts {
		a.Loss = net.Losses(net.Circuit().Objective(), r.in.Data, h)
	}
	return a
}
