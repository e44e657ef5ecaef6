package draw

import (
	"fmt"

	"partsnet/sim/figure"
	"partsnet/sim/outcome"
)

var layers = Figure{
	Name: "parts-layer", Doc: "the parts of each layer of a stack, or stage of a circuit, drawn through to the visible layer",
	When: shaped,
	Draw: func(o *outcome.Outcome) (all []Drawing) {
		for k, w := range o.Staged {
			all = append(all, Drawing{Name: fmt.Sprintf("parts-layer-%d", k+1), Make: func() *figure.Figure {
				return figure.Parts(Look(o), w, o.Stimuli.Height, o.Stimuli.Width).Captioned(fmt.Sprintf("%s Layer %d.", caption(o), k+1))
			}})
		}
		return all
	},
}
