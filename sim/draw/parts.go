package draw

import (
	"fmt"

	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var parts = Figure{
	Name: "parts", Doc: "the synapses of every hidden neuron as an image", When: of(images),
	draw: func(o *outcome.Outcome) *figure.Figure {
		return figure.Parts(Look(o), o.Synapses(), o.Stimuli.Height, o.Stimuli.Width)
	},
}

// pointsShown is the number of points of a curve of rates.
const pointsShown = 500

var partsAndRates = Figure{
	Name: "parts", Doc: "the synapses of the hidden neurons as bars, beside their rates over the stimuli", When: of(vectors),
	draw: func(o *outcome.Outcome) *figure.Figure {
		h, per := rates(o, pointsShown)
		f := factors(o)
		f.H, f.Stimuli = h, stimuli(o, per)
		return figure.PartsAndRates(Look(o), f)
	},
}

// factors returns the parts of an outcome, with their intervals where there are any, and without
// rates.
func factors(o *outcome.Outcome) figure.Factors {
	f := figure.Factors{W: o.Synapses(), Used: used(o), Visible: visible(o)}
	if b := o.Bootstrap; b != nil {
		f.Low, f.High, f.Notes = b.Low, b.High, []string{fmt.Sprintf("Lines on bars: %s.", b)}
	}
	return f
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
		return figure.Matrix(Look(o), o.Synapses(), figure.Axes{Rows: hidden(o), Columns: visible(o), Shade: "synapse"})
	},
}
