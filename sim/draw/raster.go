package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// rasterStimuli is the number of stimuli in the raster.
const rasterStimuli = 150

// raster shows the hidden rates to the first stimuli; to documents, of which some are
// a hundred times longer than others, their shares in each.
var raster = Figure{
	Name: "raster", Doc: "the hidden rates to the first stimuli",
	draw: func(o *outcome.Outcome) *figure.Figure {
		stimuli, r := min(rasterStimuli, o.Stimuli.Count), o.Rates.Hidden
		axes := figure.Axes{Rows: "hidden neuron", Columns: "stimulus", Shade: "hidden rate"}
		if kindOf(o) == documents {
			axes.Columns, axes.Shade = "document", "share of the hidden rates"
		}
		columns := make([]float64, r*stimuli) // transposed
		h := make([]float64, r)
		for i := range stimuli {
			o.Rates.Stimulus(i, h)
			share := 1.0
			if kindOf(o) == documents {
				total := 0.0
				for _, x := range h {
					total += x
				}
				share = max(total, 1e-300)
			}
			for a, x := range h {
				columns[a*stimuli+i] = x / share
			}
		}
		return figure.Matrix(columns, stimuli, axes)
	},
}
