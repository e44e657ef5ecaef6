package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var objective = Figure{
	Name: "objective", Doc: "the objective over the epochs",
	draw: func(o *outcome.Outcome) *figure.Figure {
		epochs, values := records(o)
		return figure.Objective(Look(o), epochs, values, o.Label)
	},
}

// records returns the epochs that were recorded, and the objective at each.
func records(o *outcome.Outcome) (epochs []int, values []float64) {
	for _, e := range o.Records {
		epochs, values = append(epochs, e.Epoch), append(values, e.Objective)
	}
	return epochs, values
}
