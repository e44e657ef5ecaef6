package figure

import (
	"image/color"
	"math"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Superposed is the answers of the hidden layer to several objects, each alone, and to all of them at
// once.
type Superposed struct {
	Labels   []string    // of the objects
	Alone    [][]float64 // hidden rates to each
	Together []float64   // hidden rates to all
}

// Superposition draws the answers of the hidden neurons that answer most as bars: those to each object
// alone on top of each other, and beside them that to all objects at once. To the right every neuron
// is a point, on the line where it answers to all objects as much as to each of them in sum.
func Superposition(look Look, s Superposed) *Figure {
	const shown, high = 12, 6.6 * vg.Centimeter
	sum := make([]float64, len(s.Together))
	for _, h := range s.Alone {
		for a, x := range h {
			sum[a] += x
		}
	}
	reach := make([]float64, len(sum))
	for a := range sum {
		reach[a] = max(sum[a], s.Together[a])
	}
	order := strongest(reach)
	order = order[:min(shown, len(order))]
	top := 1.05 * max(largest(sum), largest(s.Together), 1e-300)

	bars := newPlot("hidden neuron", "hidden rate")
	bars.X.Min, bars.X.Max, bars.Y.Min, bars.Y.Max = -0.6, float64(len(order))-0.4, 0, top
	bars.X.Tick.Length = 0
	bars.X.Tick.Marker = plot.TickerFunc(func(lo, hi float64) (ticks []plot.Tick) {
		for k, a := range order {
			ticks = append(ticks, plot.Tick{Value: float64(k), Label: strconv.Itoa(a)})
		}
		return ticks
	})
	bars.Add(superposedBars{s, order})

	points := newPlot("sum of the rates to each alone", "rate to all at once")
	points.X.Min, points.X.Max, points.Y.Min, points.Y.Max = 0, top, 0, top
	points.Add(&plotter.Line{XYs: plotter.XYs{{}, {X: top, Y: top}}, LineStyle: draw.LineStyle{Color: pale, Width: vg.Points(1)}})
	for a := range sum {
		best := 0
		for k, h := range s.Alone {
			if h[a] > s.Alone[best][a] {
				best = k
			}
		}
		colour := color.Color(ink)
		if sum[a] > 0 {
			colour = palette[best%len(palette)]
		}
		points.Add(&plotter.Scatter{XYs: plotter.XYs{{X: sum[a], Y: s.Together[a]}}, GlyphStyle: draw.GlyphStyle{Color: colour, Radius: vg.Points(2.5), Shape: draw.CircleGlyph{}}})
	}
	points.X.Tick.Marker = spaced(round, 5*vg.Centimeter, 8.5)

	width := look.wide(TwoColumns)
	const head = vg.Length(18)
	f := &Figure{width: width, height: high + head, draw: func(c draw.Canvas) {
		blank(c)
		split := c.Min.X + (width-high)*0.97
		bars.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Min: vg.Point{X: c.Min.X + 4, Y: c.Min.Y + 4}, Max: vg.Point{X: split - 14, Y: c.Max.Y - head}}})
		points.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Min: vg.Point{X: split, Y: c.Min.Y + 4}, Max: vg.Point{X: c.Max.X - 10, Y: c.Max.Y - head}}})
		x := c.Min.X + 40
		for k, label := range append(append([]string{}, s.Labels...), "all at once") {
			colour := color.Color(ink)
			if k < len(s.Labels) {
				colour = palette[k%len(palette)]
			}
			y := c.Max.Y - 9
			c.FillPolygon(colour, []vg.Point{{X: x, Y: y - 3}, {X: x + 8, Y: y - 3}, {X: x + 8, Y: y + 3}, {X: x, Y: y + 3}})
			style := lettering(tagSize, colour)
			style.XAlign = draw.XLeft
			label = cutTo(style, label, nameLength)
			c.FillText(style, vg.Point{X: x + 12, Y: y}, label)
			x += 12 + style.Width(label) + 16
		}
	}}
	if len(order) < len(sum) {
		f.notes = append(f.notes, "Bars are of the "+strconv.Itoa(len(order))+" of "+strconv.Itoa(len(sum))+" hidden neurons that answer most.")
	}
	f.notes = append(f.notes, "Points have the colour of the object to which their neuron answers most; r = "+strconv.FormatFloat(correlation(sum, s.Together), 'f', 3, 64)+".")
	return f
}

// superposedBars are the bars of some hidden neurons.
type superposedBars struct {
	Superposed
	order []int
}

// Plot draws the bars.
func (s superposedBars) Plot(c draw.Canvas, p *plot.Plot) {
	x, y := p.Transforms(&c)
	bar := func(from, to, low, high float64, colour color.Color) {
		c.FillPolygon(colour, []vg.Point{{X: x(from), Y: y(low)}, {X: x(to), Y: y(low)}, {X: x(to), Y: y(high)}, {X: x(from), Y: y(high)}})
	}
	for k, a := range s.order {
		low, at := 0.0, float64(k)
		for i, h := range s.Alone {
			bar(at-0.38, at-0.02, low, low+h[a], palette[i%len(palette)])
			low += h[a]
		}
		bar(at+0.02, at+0.38, 0, s.Together[a], ink)
	}
}

// correlation returns Pearson's coefficient of two series; 0 where one does not vary.
func correlation(x, y []float64) float64 {
	n := float64(len(x))
	mx, my := 0.0, 0.0
	for k := range x {
		mx, my = mx+x[k]/n, my+y[k]/n
	}
	xx, yy, xy := 0.0, 0.0, 0.0
	for k := range x {
		dx, dy := x[k]-mx, y[k]-my
		xx, yy, xy = xx+float64(dx*dx), yy+float64(dy*dy), xy+float64(dx*dy)
	}
	if xx == 0 || yy == 0 {
		return 0
	}
	return xy / math.Sqrt(float64(xx*yy))
}
