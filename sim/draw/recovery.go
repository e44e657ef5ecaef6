package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

var recovery = Figure{
	Name: "recovery", Doc: "the parts that made the stimuli, each with the learned part most like it",
	When: func(o *outcome.Outcome) bool { return o.Recovery != nil && shaped(o) },
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Recovery(Look(o), o.Stimuli.Truth.Parts, o.Synapses(), o.Recovery.Neuron, o.Recovery.Cosine, measure.RecoveredAbove, o.Stimuli.Height, o.Stimuli.Width)
	},
}
