package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// raster shows the hidden rates to all stimuli; to documents, of which some are
// a hundred times longer than others, their shares in each.
var raster = Figure{
	Name: "raster", Doc: "the hidden rates to the stimuli",
	draw: func(o *outcome.Outcome) *figure.Figure {
		h, per := rates(o, figure.MostColumns)
		axes := figure.Axes{Rows: hidden(o), Columns: stimuli(o, per), Shade: "hidden rate"}
		if kindOf(o) == documents {
			axes.Shade = "share of the hidden rates"
		}
		return figure.Matrix(Look(o), h, axes)
	},
}

// rates returns the hidden rates, a row for each hidden neuron, and over how many successive
// stimuli each is averaged, so that at most a number of columns are left. To documents they
// are shares.
func rates(o *outcome.Outcome, most int) (h []float64, per int) {
	const held, fewest = 500_000, 150 // numbers, and columns of many hidden neurons
	m, r := o.Stimuli.Count, o.Rates.Hidden
	most = max(min(most, held/r), fewest)
	per = (m + most - 1) / most
	columns := (m + per - 1) / per
	h = make([]float64, r*columns)
	one := make([]float64, r)
	for i := range m {
		o.Rates.Stimulus(i, one)
		share := float64(min(per, m-i/per*per))
		if kindOf(o) == documents {
			total := 0.0
			for _, x := range one {
				total += x
			}
			share *= max(total, 1e-300)
		}
		for a, x := range one {
			h[a*columns+i/per] += x / share
		}
	}
	return h, per
}
