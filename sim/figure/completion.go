package figure

import (
	"fmt"
	"image/color"
	"math"
)

// Completed is stimuli of which a part is hidden, and how a network fills it in.
type Completed struct {
	Stimuli []int       // their numbers
	Whole   [][]float64 // of each all rates, NaN where none is known
	Shown   [][]bool    // what the network was shown
	Filled  [][]float64 // what was shown, and the prediction of the rest
}

// hiddenColour marks pixels that are hidden: no shade of an image has it.
var hiddenColour = color.RGBA{0xe6, 0xc2, 0x7a, 0xff}

// Completion draws images in four panels, in the same places: the stimuli, what was shown of them,
// the completed stimuli, and what the completion lacks where something was hidden. The first three
// share a scale for each stimulus.
func Completion(look Look, c Completed, height, width int) *Figure {
	f := look.fitted(panelPixels, func(pixels int) *Figure { return completed(look, c, height, width, pixels) })
	f.notes = append(f.notes, "Sand-coloured pixels were hidden.", "Each stimulus has one scale in the first three panels.",
		fmt.Sprintf("Error: stimulus − completion, from −%.3[1]g (vermilion) to %.3[1]g (blue).", c.widest()))
	return f
}

// widest returns the largest error of a completion that is known.
func (c Completed) widest() (most float64) {
	for k, whole := range c.Whole {
		for j, v := range whole {
			if d := math.Abs(v - c.Filled[k][j]); d > most { // not of what is not known
				most = d
			}
		}
	}
	return most
}

// completed draws the completion with panels of a number of device pixels.
func completed(look Look, c Completed, height, width, pixels int) *Figure {
	t := newTiling(len(c.Stimuli), height, width, pixels)
	whole, shown, filled, errors := t.canvas(), t.canvas(), t.canvas(), t.canvas()
	top := c.widest()
	hide := func(how shading) shading {
		return func(v, top float64) color.Color {
			if math.IsNaN(v) {
				return hiddenColour
			}
			return how(v, top)
		}
	}
	for k := range c.Stimuli {
		seen, left := make([]float64, len(c.Whole[k])), make([]float64, len(c.Whole[k]))
		for j, v := range c.Whole[k] {
			seen[j], left[j] = v, v-c.Filled[k][j]
			if !c.Shown[k][j] {
				seen[j] = math.NaN()
			}
		}
		most := 0.0
		for _, x := range [][]float64{c.Whole[k], c.Filled[k]} {
			for _, v := range x {
				if v > most {
					most = v
				}
			}
		}
		t.draw(whole, k, c.Whole[k], most, hide(look.images()))
		t.draw(shown, k, seen, most, hide(look.images()))
		t.draw(filled, k, c.Filled[k], most, look.images())
		paint(errors, t.corner(k), left, t.width, t.mag, top, balance)
	}
	return row(look, []panelOf{{whole, "stimuli", ""}, {shown, "shown", ""}, {filled, "completed", ""}, {errors, "error", ""}})
}
