package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var parts = Figure{
	Name: "parts", Doc: "the synapses of every hidden neuron as an image", When: of(images),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Parts(o.Synapses(), o.Stimuli.Height, o.Stimuli.Width)
	},
}

var matrix = Figure{
	Name: "parts", Doc: "the synapses as a matrix", When: of(vectors),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Matrix(o.Synapses(), o.Stimuli.Size, figure.Axes{Rows: "hidden neuron", Columns: "visible neuron", Shade: "synapse"})
	},
}
