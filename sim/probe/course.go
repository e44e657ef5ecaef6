package probe

import (
	"fmt"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/recorded"
)

// course follows a presentation: it keeps frames for figures and hands others to recorders.
type course struct {
	r      *Result
	net    network.Trained
	shown  network.Presented
	files  *recorded.Files
	every  int         // steps from one frame that is kept to the next; 0 for none
	spikes [][]float64 // of each stimulus, so far
	fired  [][]float64 // since the last frame that is kept

	Steps  []int
	Frames [][]Frame // of each stimulus
}

// Frame is the state of a network in a step of the presentation of a stimulus.
type Frame struct {
	Visible    []float64 // as they were shown, filled in by the prediction where one is missing
	Prediction []float64 // nil where the circuit predicts nothing
	Hidden     []float64
	Spikes     []float64 // of each visible neuron since the frame before; nil for circuits without
}

// Limits of what figures keep.
const (
	mostFrames  = 600
	mostCourses = 6          // stimuli
	mostKept    = 10_000_000 // numbers
)

// watch returns what follows a presentation.
func (r *Result) watch(net network.Trained, shown network.Presented, out *record.Dir) (*course, error) {
	x := r.opened.Experiment
	all, err := r.plan(net)
	if err == nil {
		err = recorded.Affordable(all, x.Precision, r.Probe.RecorderLimit)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s: %w", r.Probe.file, err)}
	}
	c := &course{r: r, net: net, shown: shown}
	if c.files, err = recorded.Open(out, all, x.Precision, -1); err != nil {
		return nil, err
	}
	rows := min(r.in.Stimuli(), mostCourses)
	perFrame := 2*r.in.Neurons() + r.opened.Experiment.Hidden
	if len(r.opened.Experiment.Figures) > 0 {
		for rows > 1 && rows*perFrame > mostKept/200 {
			rows--
		}
		frames := max(2, min(mostFrames, mostKept/(rows*perFrame)))
		c.every = (r.Probe.Steps + frames - 1) / frames
		c.Frames = make([][]Frame, rows)
	}
	if shown.LastSpikes() != nil {
		for range r.in.Stimuli() {
			c.spikes, c.fired = append(c.spikes, make([]float64, r.in.Neurons())), append(c.fired, make([]float64, r.in.Neurons()))
		}
	}
	return c, nil
}

// step looks at the state after a number of steps.
func (c *course) step(step int) error {
	if step > 0 {
		for i, j := range c.shown.LastSpikes() {
			if j >= 0 {
				c.spikes[i][j]++
				c.fired[i][j]++
			}
		}
	}
	if err := c.files.Take(c, step); err != nil {
		return err
	}
	if c.every == 0 || step%c.every != 0 {
		return nil
	}
	c.Steps = append(c.Steps, step)
	for i := range c.Frames {
		f := Frame{Hidden: c.Hidden(i)}
		if c.r.predicts {
			f.Prediction = c.Predict(f.Hidden)
			f.Visible = c.r.in.Filled(i, f.Prediction)
		} else {
			f.Visible = c.r.in.Row(i)
		}
		if c.fired != nil {
			f.Spikes = append([]float64(nil), c.fired[i]...)
			clear(c.fired[i])
		}
		c.Frames[i] = append(c.Frames[i], f)
	}
	return nil
}

// Hidden returns the hidden rates to a stimulus.
func (c *course) Hidden(stimulus int) []float64 {
	return append([]float64(nil), c.shown.Rates().Of(stimulus)...)
}

// Visible returns what is shown, 0 where a rate is missing.
func (c *course) Visible(stimulus int) []float64 { return c.r.in.Row(stimulus) }

// Shows reports whether a visible rate is known.
func (c *course) Shows(stimulus, neuron int) bool { return c.r.in.Shows(stimulus, neuron) }

// Predict returns the prediction of hidden rates.
func (c *course) Predict(h []float64) []float64 { return c.net.Predict(h) }

// Spikes returns those of each visible neuron so far.
func (c *course) Spikes(stimulus int) []float64 { return c.spikes[stimulus] }

// Observe returns an observable of the circuit.
func (c *course) Observe(name string, stimulus int) []float64 { return c.shown.Observe(name, stimulus) }

// Readables returns the projections of the network.
func (c *course) Readables() []network.Readable { return c.net.Readables() }

// unit returns the time of a step on the axis and the name of the axis.
func (r *Result) unit(net network.Trained) (step float64, axis, unit string) {
	u := net.Circuit().Describe().Unit
	return net.StepTaken(), u.Axis, u.Name
}

// plan returns what the recorders of the probe write.
func (r *Result) plan(net network.Trained) ([]*recorded.Array, error) {
	circuit, err := experiment.Circuit[float64](r.opened.Experiment)
	if err != nil {
		return nil, err
	}
	observables := network.ObservablesOf(circuit)
	is := "stimulus"
	if r.scenes != nil {
		is = "scene"
	}
	return recorded.Plan(r.Probe.Recorders, recorded.Network{
		Stimuli: r.in.Stimuli(), Visible: r.in.Neurons(), Hidden: r.opened.Experiment.Hidden,
		StimulusIs: is, StimulusNumbers: r.Numbers, StimulusNames: r.recordedNames(), VisibleNames: r.opened.In.Set.Neurons,
		Readables: net.Readables(), Observables: observables,
	}, r.clock(net), r.Probe.Steps)
}

// recordedNames returns the names of stimuli or scenes; nil where there are none.
func (r *Result) recordedNames() []string {
	for _, name := range r.Names {
		if name != "" {
			return r.Names
		}
	}
	return nil
}

// clock returns the axis of recognition steps.
func (r *Result) clock(net network.Trained) recorded.Clock {
	step, axis, unit := r.unit(net)
	c := recorded.Clock{Is: "recognition step"}
	switch unit {
	case "ms":
		c.Step, c.Unit = step, unit
	case "step":
	default:
		c.Is = axis
	}
	return c
}
