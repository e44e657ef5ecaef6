package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var decomposition = Figure{
	Name: "decomposition", Doc: "an image as the sum of parts, each by the rate of its hidden neuron", When: of(images), of: theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure {
		s := o.Shown
		return figure.Decomposition(Look(o), o.Synapses(), s.H, predicted(o), s.V, o.Stimuli.Height, o.Stimuli.Width)
	},
}

var profile = Figure{
	Name: "decomposition", Doc: "a stimulus, its prediction and the hidden rates", When: of(vectors), of: theStimulus,
	draw: func(o *outcome.Outcome) *figure.Figure {
		s := o.Shown
		return figure.Profile(Look(o), figure.Seen{H: s.H, Prediction: predicted(o), Stimulus: s.V, Explained: s.Explained, Visible: visible(o)})
	},
}

// predicted returns the prediction of the stimulus that is shown; nil where the rule makes none.
func predicted(o *outcome.Outcome) []float64 {
	if !predicts(o) {
		return nil
	}
	return o.Shown.Prediction
}
