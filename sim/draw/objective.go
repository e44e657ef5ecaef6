package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var objective = Figure{
	Name: "objective", Doc: "the objective over the epochs",
	draw: func(o *outcome.Outcome) *figure.Figure {
		epochs, values := records(o)
		var marks []figure.Mark
		for _, d := range o.Disturbances() {
			marks = append(marks, figure.Mark{Epoch: d.Event.From, Text: d.Event.Says()})
			if d.Event.Until > 0 && d.Event.Until < o.Epochs {
				marks = append(marks, figure.Mark{Epoch: d.Event.Until, Text: "end of " + d.Event.Says()})
			}
		}
		return figure.Objective(Look(o), epochs, values, o.Label, marks...)
	},
}

// records returns the epochs that were recorded, and the objective at each.
func records(o *outcome.Outcome) (epochs []int, values []float64) {
	for _, e := range o.Records {
		epochs, values = append(epochs, e.Epoch), append(values, e.Objective)
	}
	return epochs, values
}
