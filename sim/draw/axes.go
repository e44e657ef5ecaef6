package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

// hidden returns the axis of the hidden neurons.
func hidden(o *outcome.Outcome) figure.Counted {
	return figure.Counted{Label: "hidden neuron", Count: o.Rates.Hidden}
}

// visible returns the axis of the visible neurons.
func visible(o *outcome.Outcome) figure.Counted {
	return figure.Counted{Label: "visible neuron", Count: o.Stimuli.Size, Names: o.Stimuli.Neurons}
}

// stimuli returns the axis of the stimuli, so many in a column.
func stimuli(o *outcome.Outcome, per int) figure.Counted {
	a := figure.Counted{Label: "stimulus", Count: o.Stimuli.Count, Per: per, Names: o.Stimuli.Names}
	if kindOf(o) == documents {
		a.Label = "document"
	}
	return a
}

// look returns how the figures of an outcome look.
func look(*outcome.Outcome) figure.Look { return figure.Look{} }
