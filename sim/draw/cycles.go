package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var cycles = Figure{
	Name: "cycles", Doc: "the synapses of the hidden neurons as bars, beside their rates over the course of a recording, mean and standard deviation by condition",
	When: func(o *outcome.Outcome) bool { return o.Cycles() != nil },
	of:   func(o *outcome.Outcome) string { return o.Cycles().Note },
	draw: func(o *outcome.Outcome) *figure.Figure {
		c := o.Cycles()
		f := factors(o)
		f.Stimuli = figure.Counted{Label: c.Label, Things: "points", Count: c.Points, Names: c.At}
		for _, x := range c.Conditions {
			f.Courses = append(f.Courses, figure.Averaged{Name: x.Condition, Recordings: x.Recordings, Mean: x.Mean, SD: x.SD})
		}
		return figure.PartsAndRates(Look(o), f)
	},
}
