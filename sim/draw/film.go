package draw

import (
	"io"

	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var film = Figure{
	Name: "film", Doc: "the parts over the epochs, as a strip and as an animation",
	When: func(o *outcome.Outcome) bool { return len(o.Frames) > 0 },
	Draw: func(o *outcome.Outcome) []Drawing {
		var frames []figure.Frame
		for _, f := range o.Frames {
			frames = append(frames, figure.Frame(f))
		}
		epochs, values := records(o)
		height, width := o.Stimuli.Height, o.Stimuli.Width
		return []Drawing{
			{Name: "film", Animate: func(w io.Writer) error { return figure.Animate(w, Look(o), frames, o.Symbol, height, width) }},
			{Name: "film", Make: func() *figure.Figure {
				return figure.Film(Look(o), frames, epochs, values, o.Label, height, width).Captioned(caption(o))
			}},
		}
	},
}
