package draw

import (
	"partsnet/learning"
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var timeCourse = Figure{
	Name: "time-course", Doc: "how recognition comes to its answer to a stimulus",
	of:   theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure { return figure.TimeCourse(course(o)) },
}

// course returns the time course of the stimulus shown as its figure has it.
func course(o *outcome.Outcome) figure.Course {
	r := o.Rates.Hidden
	c := figure.Course{
		Rates: o.Shown.Course.Rates, Hidden: r, Step: o.Circuit.Step, Unit: o.Circuit.Unit.Name, Axis: o.Circuit.Unit.Axis,
		Spikes: o.Shown.Course.Spikes, Visible: o.Stimuli.Size,
	}
	if !shaped(o) {
		return c
	}
	v := o.Shown.V
	c.Stimulus, c.Height, c.Width = v, o.Stimuli.Height, o.Stimuli.Width
	c.Prediction = func(step int) []float64 { return o.Predict(c.Rates[step*r : (step+1)*r]) }
	if p, ok := o.Circuit.Objective.(learning.Predictive); ok {
		c.ErrorIs = p.ErrorIs()
		c.Error = func(step int) []float64 {
			e := c.Prediction(step)
			for j, x := range e {
				e[j] = p.Error(v[j], x)
			}
			return e
		}
	}
	return c
}
