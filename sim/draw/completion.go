package draw

import (
	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var completion = Figure{
	Name: "completion", Doc: "images of which a part is hidden, and how the network fills it in: stimulus, what was shown, completion, and error",
	When: func(o *outcome.Outcome) bool { return o.Completion != nil && kindOf(o) == images },
	draw: func(o *outcome.Outcome) *figure.Figure {
		c := o.Completion
		return figure.Completion(Look(o), figure.Completed(*c), o.Stimuli.Height, o.Stimuli.Width)
	},
}

// Completion draws how a network completes stimuli; ok is false where there is nothing to draw.
func Completion(o *outcome.Outcome) (f *figure.Figure, ok bool) {
	if !completion.When(o) {
		return nil, false
	}
	return completion.captioned(o), true
}
