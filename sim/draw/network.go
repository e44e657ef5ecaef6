package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// network shows the network at some steps of the time course.
var network = Figure{
	Name: "network", Doc: "the network itself as it recognises a stimulus",
	When: func(o *outcome.Outcome) bool { return o.Experiment.Look.Network },
	of:   theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure {
		r, rates := o.Rates.Hidden, o.Shown.Course.Rates
		var states []figure.Settling
		for _, step := range []int{0, 1, 2, 5, 10, len(rates)/r - 1} {
			h := rates[step*r : (step+1)*r]
			states = append(states, figure.Settling{Step: step, H: h, Prediction: o.Predict(h)})
		}
		feedback := figure.Divisive
		if o.Circuit.Competes {
			feedback = figure.Competition
		}
		return figure.Network(Look(o), o.Synapses(), o.Shown.V, states, o.Experiment.Look.Neurons, feedback, o.Stimuli.Height, o.Stimuli.Width)
	},
}
