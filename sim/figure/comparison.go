package figure

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Factorisation is what one network made of the stimuli: parts w (r×n), and hidden
// rates h (r) and prediction (n) of the stimulus that is shown. Values may have signs.
type Factorisation struct {
	Title            string
	W, H, Prediction []float64
}

// Comparison draws one stimulus as several networks take it apart, as Fig. 1 of Lee &
// Seung (1999): a row each with the parts, the hidden rates as a grid in the same
// order, and the prediction; the stimulus is in the first row. Positive values are
// black, negative red, as the scale below the stimulus says; each part has a scale of
// its own.
func Comparison(look Look, networks []Factorisation, stimulus []float64, height, width int) *Figure {
	f := look.fitted(panelPixels, func(pixels int) *Figure { return compared(look, networks, stimulus, height, width, pixels) })
	f.notes = append(f.notes, look.ownScales(), inOrder)
	return f
}

// compared draws the comparison with panels of a number of device pixels.
func compared(look Look, networks []Factorisation, stimulus []float64, height, width, pixels int) *Figure {
	var panels [][]panelOf
	var titles []string
	signed := false
	for k, f := range networks {
		row := decomposed(look, f.W, f.H, f.Prediction, stimulus, height, width, pixels)
		if k > 0 {
			row[2].sign, row[3] = "", panelOf{}
		}
		panels, titles = append(panels, row), append(titles, f.Title)
		signed = signed || negative(f.W, f.H, f.Prediction)
	}
	f := rows(panels, titles, look)
	if !signed {
		return f
	}
	wide := max(vg.Length(panels[0][3].img.Rect.Dx())*pixel, 36)
	left := f.width - wide - edge*pixel
	low := max(f.height/6, vg.Points(24))
	return &Figure{width: f.width, height: f.height, draw: func(c draw.Canvas) {
		f.draw(c)
		signs(c, vg.Rectangle{Min: vg.Point{X: left, Y: low}, Max: vg.Point{X: left + wide, Y: low + vg.Points(8)}}, look.images())
	}}
}

// signs draws the scale of signed values, from negative over zero to positive ones.
func signs(c draw.Canvas, box vg.Rectangle, how shading) {
	const steps = 64
	step := box.Size().X / (2*steps + 1)
	for k := -steps; k <= steps; k++ {
		x := box.Min.X + step*vg.Length(k+steps)
		c.SetColor(how(float64(k), steps))
		c.Fill(vg.Rectangle{Min: vg.Point{X: x, Y: box.Min.Y}, Max: box.Max}.Path()) // over the last: no seams
	}
	c.SetLineStyle(draw.LineStyle{Color: frame, Width: hairline})
	c.Stroke(box.Path())
	low, high := "negative", "positive"
	if style := lettering(9, ink); style.Width(low)+style.Width(high)+style.Width("0")+12 > box.Size().X {
		low, high = "−", "+"
	}
	for _, label := range []struct {
		text  string
		x     vg.Length
		align draw.XAlignment
	}{{low, box.Min.X, draw.XLeft}, {"0", (box.Min.X + box.Max.X) / 2, draw.XCenter}, {high, box.Max.X, draw.XRight}} {
		style := lettering(9, ink)
		style.XAlign = label.align
		c.FillText(style, vg.Point{X: label.x, Y: box.Min.Y - vg.Points(9)}, label.text)
	}
}

// negative reports whether any value is below zero.
func negative(xs ...[]float64) bool {
	for _, x := range xs {
		for _, v := range x {
			if v < 0 {
				return true
			}
		}
	}
	return false
}
