package figure

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Dots are the synapses of one of several networks, which are drawn as dots on their means.
type Dots struct {
	W      []float64 // r×n; NaN of a part that it does not have
	Colour int       // of the palette; −1 for ink
}

// rowsOfDots returns the synapses of hidden neuron a of every network.
func rowsOfDots(all []Dots, a, n int) (rows [][]float64) {
	for _, d := range all {
		rows = append(rows, d.W[a*n:(a+1)*n])
	}
	return rows
}

// dots draws the values of each row, a dot each, side by side on the bar of their thing; none where
// bars touch each other.
func (s scale) dots(c draw.Canvas, box vg.Rectangle, rows [][]float64, of []Dots) {
	for g, row := range rows {
		pitch := box.Size().X / vg.Length(len(row))
		if pitch < touching {
			return
		}
		var colour color.Color = ink
		if k := of[g].Colour; k >= 0 {
			colour = palette[k%len(palette)]
		}
		radius := max(vg.Points(0.5), min(vg.Points(1.3), barWidth(pitch)/5))
		wide := barWidth(pitch) - 2*radius
		for j, v := range row {
			if v == v {
				x := box.Min.X + (vg.Length(j)+0.5)*pitch + ((vg.Length(g)+0.5)/vg.Length(len(rows))-0.5)*wide
				c.DrawGlyph(draw.GlyphStyle{Color: colour, Radius: radius, Shape: draw.CircleGlyph{}}, vg.Point{X: x, Y: s.y(box, v)})
			}
		}
	}
}
