package figure

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Profile draws one stimulus that is not an image: above,
// the hidden rates h; below, the stimulus (grey) and its prediction over the
// visible neurons.
func Profile(h, prediction, stimulus []float64) *Figure {
	rates := newPlot("hidden neuron", "hidden rate")
	for a, y := range h {
		if y > 0 {
			rates.Add(curve(plotter.XYs{{X: float64(a)}, {X: float64(a), Y: y}}, 0, 2))
		}
	}
	span(rates, len(h), largest(h))

	shown := newPlot("visible neuron", "rate")
	shown.Add(curve(line(stimulus), -1, 3), curve(line(prediction), 1, 1))
	span(shown, len(stimulus), largest(stimulus, prediction))
	shown.Legend.TextStyle.Font = lettering(8.5, ink).Font
	shown.Legend.Add("stimulus", curve(nil, -1, 3))
	shown.Legend.Add("prediction", curve(nil, 1, 1))
	shown.Legend.Top, shown.Legend.Padding = true, vg.Points(2)
	shown.Y.Max *= 1.35 // room for the legend above the curves

	return &Figure{8.6 * vg.Centimeter, 10 * vg.Centimeter, func(c draw.Canvas) {
		c.SetColor(paper)
		c.Fill(c.Rectangle.Path())
		c = draw.Crop(c, vg.Points(4), vg.Points(-12), vg.Points(4), vg.Points(-8))
		half := c.Size().Y / 2
		tiles := [][]*plot.Plot{{rates}, {shown}}
		aligned := plot.Align(tiles, draw.Tiles{Rows: 2, Cols: 1, PadY: half / 12}, c)
		rates.Draw(aligned[0][0])
		shown.Draw(aligned[1][0])
	}}
}

// span sets the axes of a plot over count neurons with rates up to top.
func span(p *plot.Plot, count int, top float64) {
	p.X.Min, p.X.Max = -0.5, float64(count)-0.5
	p.X.Tick.Marker = plot.TickerFunc(func(_, _ float64) []plot.Tick { return indices(count) })
	p.Y.Min, p.Y.Max = 0, max(1e-300, top*1.05)
}

// line returns values over their indices.
func line(values []float64) plotter.XYs {
	points := make(plotter.XYs, len(values))
	for i, y := range values {
		points[i].X, points[i].Y = float64(i), y
	}
	return points
}
