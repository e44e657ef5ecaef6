package probe

import (
	"fmt"
	"slices"

	"partsnet/sim/draw"
	"partsnet/sim/figure"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
)

// drawCourse draws what went on in the presentation that was watched: of each stimulus or scene a
// timeline and, where neurons fire spikes, a raster; the answers to several objects against those to
// each of them; and how neurons are tuned to what changes along a line.
func (r *Result) drawCourse(out *record.Dir) error {
	x, c := r.opened.Experiment, r.Watched
	caption := func(of string) string {
		return fmt.Sprintf("%s of %s, seed %d. %s", r.Probe.Name, x.Name, x.Seed, of)
	}
	write := func(name, of string, f *figure.Figure) error {
		return figure.WriteAll(map[string]*figure.Figure{name: f.Captioned(caption(of))}, x.Figures, out.Write)
	}
	look := r.look()
	for row := range c.Frames {
		t := c.timeline(row)
		name, of := "", r.called(row)+"."
		if len(c.Frames) > 1 {
			name = fmt.Sprintf("-%d", row)
		}
		if err := write("timeline"+name, of, t.Course(look)); err != nil {
			return err
		}
		if t.Spikes != nil {
			if err := write("spikes"+name, of, t.SpikeRaster(look)); err != nil {
				return err
			}
		}
		if tuned, axis := c.tuned(row); tuned != nil {
			if err := write("tuning"+name, of+" "+axis, figure.Tuning(look, *tuned)); err != nil {
				return err
			}
		}
	}
	if s, of := r.superposed(); s != nil {
		return write("superposition", of, figure.Superposition(look, *s))
	}
	return nil
}

// look returns how the figures of a probe look: as those of the run.
func (r *Result) look() figure.Look {
	return draw.Look(&outcome.Outcome{Experiment: r.opened.Experiment, Stimuli: r.opened.In.Shown()})
}

// called names a stimulus or a scene.
func (r *Result) called(row int) string {
	switch {
	case r.scenes != nil && r.scenes.names[row] != "":
		return "Scene " + r.Names[row]
	case r.scenes != nil:
		return "Shown: " + r.Names[row]
	case r.Names[row] != "":
		return fmt.Sprintf("Stimulus %d: %s", r.Numbers[row], r.Names[row])
	}
	return fmt.Sprintf("Stimulus %d", r.Numbers[row])
}

// timeline returns the frames of a stimulus or scene as a figure has them.
func (c *course) timeline(row int) figure.Timeline {
	step, axis, _ := c.r.unit(c.net)
	set := c.r.in.Set
	t := figure.Timeline{Axis: axis, Names: set.Neurons, Height: set.Height, Width: set.Width}
	for k, f := range c.Frames[row] {
		t.Times = append(t.Times, float64(c.Steps[k])*step)
		t.Visible, t.Rates = append(t.Visible, f.Visible), append(t.Rates, f.Hidden)
		if f.Prediction != nil {
			t.Prediction = append(t.Prediction, f.Prediction)
		}
		if f.Spikes != nil {
			t.Spikes = append(t.Spikes, f.Spikes)
		}
	}
	steps := c.r.Probe.Steps
	if s := c.r.scenes; s != nil {
		for k := range s.shows {
			if x := &s.shows[k]; x.Scene == s.names[row] {
				to := x.Weight
				if x.To != same {
					to = x.To
				}
				t.Shown = append(t.Shown, figure.Span{Label: x.label(s.in, s.of[k]), From: float64(x.From) * step, To: float64(x.end(steps)) * step, Start: x.Weight, End: to})
			}
		}
	}
	for k := range c.r.Probe.Events {
		e := &c.r.Probe.Events[k]
		until := e.Until
		if until == 0 {
			until = steps
		}
		t.Shown = append(t.Shown, figure.Span{Label: e.Says(), From: float64(e.From) * step, To: float64(min(until, steps)) * step, Start: 1, End: 1})
	}
	return t
}

// tuned returns the hidden rates along the first path of a scene: while the weight of one stimulus
// rises or falls along a line, or of two against each other; nil where there is none.
func (c *course) tuned(row int) (t *figure.Tuned, axis string) {
	s := c.r.scenes
	if s == nil {
		return nil, ""
	}
	var along []int
	for k := range s.shows {
		x := &s.shows[k]
		if x.Scene == s.names[row] && x.changes() && (len(along) == 0 || x.From == s.shows[along[0]].From && x.end(s.steps) == s.shows[along[0]].end(s.steps)) {
			along = append(along, k)
		}
	}
	if len(along) == 0 || len(along) > 2 {
		return nil, ""
	}
	first := &s.shows[along[0]]
	label := func(k int) string { return s.shows[along[k]].label(s.in, s.of[along[k]]) }
	at := func(step int) float64 { return first.at(step, s.steps) }
	t = &figure.Tuned{Axis: "weight of " + label(0)}
	if len(along) == 2 {
		second := &s.shows[along[1]]
		if (first.To > first.Weight) == (second.To > second.Weight) {
			return nil, "" // both rise or both fall
		}
		if second.To > second.Weight {
			first, second, along[0], along[1] = second, first, along[1], along[0]
		}
		at = func(step int) float64 {
			a, b := first.at(step, s.steps), second.at(step, s.steps)
			return a / (a + b)
		}
		t.Axis = "share of " + label(0) + " against " + label(1)
	}
	for k, f := range c.Frames[row] {
		if step := c.Steps[k] - 1; step >= first.From && step < first.end(s.steps) {
			t.At, t.Rates = append(t.At, at(step)), append(t.Rates, f.Hidden)
		}
	}
	if len(t.At) < 2 {
		return nil, ""
	}
	steps := first.end(s.steps) - first.From
	if t.At[0] > t.At[len(t.At)-1] {
		slices.Reverse(t.At)
		slices.Reverse(t.Rates)
	}
	return t, fmt.Sprintf("The stimulus goes along the axis in %d steps; rates lag behind it by what recognition takes.", steps)
}

// superposed returns the answers at the end to a scene of several objects and to each of them in a
// scene of its own; nil where there are no such scenes.
func (r *Result) superposed() (s *figure.Superposed, of string) {
	if r.scenes == nil {
		return nil, ""
	}
	answer := &r.Intact
	if r.Anew != nil {
		answer = r.Anew
	}
	sums := r.scenes.sums(r.Probe.Steps - 1)
	for row, sum := range sums {
		if len(sum) < 2 {
			continue
		}
		s = &figure.Superposed{Together: answer.Rates[row]}
		for _, w := range sum {
			alone := slices.IndexFunc(sums, func(other []inputs.Weighted) bool { return len(other) == 1 && other[0] == w })
			if alone < 0 {
				s = nil
				break
			}
			s.Labels, s.Alone = append(s.Labels, r.Names[alone]), append(s.Alone, answer.Rates[alone])
		}
		if s != nil {
			return s, "Hidden rates at the end."
		}
	}
	return nil, ""
}
