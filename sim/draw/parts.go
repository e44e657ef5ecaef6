package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var parts = Figure{
	Name: "parts", Doc: "the synapses of every hidden neuron as an image", When: of(images),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Parts(look(o), o.Synapses(), o.Stimuli.Height, o.Stimuli.Width)
	},
}

// pointsShown is the number of points of a curve of rates.
const pointsShown = 500

var partsAndRates = Figure{
	Name: "parts", Doc: "the synapses of the hidden neurons as bars, beside their rates over the stimuli", When: of(vectors),
	draw: func(o *outcome.Outcome) *figure.Figure {
		h, per := rates(o, pointsShown)
		return figure.PartsAndRates(look(o), figure.Factors{W: o.Synapses(), H: h, Used: used(o), Visible: visible(o), Stimuli: stimuli(o, per)})
	},
}

// used returns what each hidden neuron adds to the predictions of all stimuli.
func used(o *outcome.Outcome) []float64 {
	w, use := o.Synapses(), o.Rates.Use()
	for a := range use {
		sum := 0.0
		for _, x := range w[a*o.Stimuli.Size : (a+1)*o.Stimuli.Size] {
			sum += x
		}
		use[a] *= sum
	}
	return use
}

var synapses = Figure{
	Name: "synapses", Doc: "the synapses as a matrix", When: of(vectors),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Matrix(look(o), o.Synapses(), figure.Axes{Rows: hidden(o), Columns: visible(o), Shade: "synapse"})
	},
}
