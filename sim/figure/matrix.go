package figure

import (
	"image"
	pixels "image/draw"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Axes names what the rows, columns and shades of a matrix are.
type Axes struct{ Rows, Columns, Shade string }

// Matrix draws values, cols of them a row, as squares from white at zero to
// black at the largest, with numbered axes and the scale of shades.
// Rows and columns are numbered from 0, as in the arrays of a run.
func Matrix(values []float64, cols int, axes Axes) *Figure {
	const left, right, below, above = 150, 230, 120, 24 // device pixels
	rows := len(values) / cols
	mag := max(1, 1300/max(rows, cols))
	top := largest(values)
	body := framed(values, cols, mag, top)
	wide, high := body.Rect.Dx(), body.Rect.Dy()
	s := newSheet(left+wide+right, above+high+below)
	s.paste(left, above, body)
	bar := image.Rect(0, 0, 24, high).Add(image.Pt(left+wide+36, above))
	s.paste(bar.Min.X, bar.Min.Y, shades(bar.Dx(), bar.Dy()))
	middle := func(index float64) int { return gutter + int((index+0.5)*float64(mag)) }
	return s.figure(func(c draw.Canvas) {
		for _, t := range indices(cols) {
			x := left + middle(t.Value)
			tick(c, s.at(x, above+high), s.at(x, above+high+14), t.Label)
		}
		for _, t := range indices(rows) {
			y := above + middle(t.Value)
			tick(c, s.at(left, y), s.at(left-14, y), t.Label)
		}
		c.FillText(lettering(10, ink), s.at(left+wide/2, above+high+94), axes.Columns)
		upright(c, s.at(28, above+high/2), axes.Rows)

		c.SetLineStyle(draw.LineStyle{Color: ink, Width: hairline})
		c.Stroke(vg.Rectangle{Min: s.at(bar.Min.X, bar.Max.Y), Max: s.at(bar.Max.X, bar.Min.Y)}.Path())
		if top > 0 {
			for _, t := range round(0, top) {
				y := bar.Max.Y - int(math.Round(t.Value/top*float64(high)))
				tick(c, s.at(bar.Max.X, y), s.at(bar.Max.X+12, y), t.Label)
			}
		}
		upright(c, s.at(bar.Max.X+132, above+high/2), axes.Shade)
	})
}

// shades returns the scale from white, below, to black.
func shades(width, height int) *image.RGBA {
	bar := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		pixels.Draw(bar, image.Rect(0, y, width, y+1), image.NewUniform(shade(float64(height-1-y), float64(height-1))), image.Point{}, pixels.Src)
	}
	return bar
}

// tick draws a mark from one point to another and a number behind it.
func tick(c draw.Canvas, from, to vg.Point, label string) {
	c.StrokeLine2(draw.LineStyle{Color: ink, Width: hairline}, from.X, from.Y, to.X, to.Y)
	style := lettering(8.5, ink)
	switch space := vg.Points(2); {
	case to.X > from.X:
		style.XAlign, to.X = draw.XLeft, to.X+space
	case to.X < from.X:
		style.XAlign, to.X = draw.XRight, to.X-space
	default:
		style.YAlign, to.Y = draw.YTop, to.Y-space
	}
	c.FillText(style, to, label)
}

// upright writes a text that is read from below.
func upright(c draw.Canvas, at vg.Point, text string) {
	style := lettering(10, ink)
	style.Rotation = math.Pi / 2
	c.FillText(style, at, text)
}

// indices marks some round ones of the indices 0 to count−1.
func indices(count int) []plot.Tick {
	var whole []plot.Tick
	for _, t := range round(0, float64(max(1, count-1))) {
		if t.Value == float64(int(t.Value)) && int(t.Value) < count {
			whole = append(whole, t)
		}
	}
	return whole
}
