package draw

import (
	"partsnet/learning"
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var timeCourse = Figure{
	Name: "time-course", Doc: "how recognition comes to its answer to a stimulus",
	of:   theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure { return figure.TimeCourse(Look(o), course(o)) },
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
	c.Stimulus, c.Height, c.Width = o.Shown.V, o.Stimuli.Height, o.Stimuli.Width
	if predicts(o) {
		c.Prediction = func(step int) []float64 { return o.Predict(c.Rates[step*r : (step+1)*r]) }
	}
	return c
}

// predicts reports whether parts times rates are a prediction of the stimulus.
func predicts(o *outcome.Outcome) bool {
	_, ok := o.Circuit.Objective.(learning.Predictive)
	return ok
}
