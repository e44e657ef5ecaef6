package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var decomposition = Figure{
	Name: "decomposition", Doc: "an image as the sum of parts, each by the rate of its hidden neuron", When: of(images),
	draw: func(o *outcome.Outcome) *figure.Figure {
		s := o.Shown
		return figure.Decomposition(o.Synapses(), s.H, s.Prediction, s.V, o.Stimuli.Height, o.Stimuli.Width)
	},
}

var profile = Figure{
	Name: "decomposition", Doc: "a stimulus, its prediction and the hidden rates", When: of(vectors),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Profile(o.Shown.H, o.Shown.Prediction, o.Shown.V)
	},
}
