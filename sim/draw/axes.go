package draw

import (
	"strconv"

	"partsnet/sim/experiment"
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

// stimuli returns the axis of the stimuli, so many in a column: the one along which they lie,
// such as time, or their names or numbers.
func stimuli(o *outcome.Outcome, per int) figure.Counted {
	a := figure.Counted{Label: "stimulus", Things: "stimuli", Count: o.Stimuli.Count, Per: per, Names: o.Stimuli.Names}
	switch {
	case kindOf(o) == documents:
		a.Label, a.Things = "document", "documents"
	case o.Stimuli.Axis != nil:
		a.Label, a.Names = o.Stimuli.AxisName, nil
		for _, x := range o.Stimuli.Axis {
			a.Names = append(a.Names, strconv.FormatFloat(x, 'g', 6, 64))
		}
	}
	return a
}

// Look returns how the figures of an outcome look. Images of a file are drawn as light, as the
// photographs that they mostly are.
func Look(o *outcome.Outcome) figure.Look {
	x := o.Experiment
	light := x.Look.Shades == experiment.LightShades
	if x.Look.Shades == experiment.AutoShades {
		light = kindOf(o) == images && x.Stimulus.Path != ""
	}
	return figure.Look{Width: x.Look.Width, Light: light}
}
