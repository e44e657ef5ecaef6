package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Objective draws the objective over epochs, with a mark at each record where there are few,
// and writes the last value at the end of the line. The axis of epochs is logarithmic from ten
// epochs on, that of the objective where it falls far. Epochs are at least 1.
func Objective(look Look, epochs []int, values []float64, label string) *Figure {
	p := falling(epochs, values, label)
	end := plotter.XY{X: float64(epochs[len(epochs)-1]), Y: values[len(values)-1]}
	p.Add(ends([]plotter.XY{end}, []string{number(end.Y)}, []int{0}))
	f := plotted(p)
	if look.Width > 0 {
		f.width = look.wide(0)
	}
	return f
}

// falling plots the objective over epochs.
func falling(epochs []int, values []float64, label string) *plot.Plot {
	const few, far = 40, 50
	p := newPlot("epoch", label)
	points := make(plotter.XYs, len(epochs))
	least := math.Inf(1)
	for i, e := range epochs {
		points[i].X, points[i].Y = float64(e), values[i]
		least = min(least, values[i])
	}
	p.Add(curve(points, 0, 1.5))
	if len(points) <= few {
		p.Add(&plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: palette[0], Radius: vg.Points(1.5), Shape: draw.CircleGlyph{}}})
	}
	p.X.Min, p.X.Max = 1, max(2, points[len(points)-1].X)
	if p.X.Max >= 10 {
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
	} else {
		p.X.Tick.Marker = plot.TickerFunc(whole)
	}
	most := largest(values)
	p.Y.Min, p.Y.Max = 0, max(1e-300, most*1.05)
	if least > 1e-300 && most/least >= far && most < 1e300 {
		p.Y.Min = math.Pow(10, math.Floor(math.Log10(least)))
		p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
		// Beside a logarithmic axis the library puts the label where the mean of the limits is,
		// and keeps room above it.
		p.Y.Label.Text, p.Title.Text, p.Title.Padding = "", label, vg.Points(4)
		p.Title.TextStyle = lettering(10, ink)
	}
	return p
}

// whole marks whole numbers alone.
func whole(lo, hi float64) (ticks []plot.Tick) {
	for _, t := range round(lo, hi) {
		if t.Value == math.Trunc(t.Value) {
			ticks = append(ticks, t)
		}
	}
	return ticks
}

// curve returns a line in a colour of the palette, or pale if the index is −1.
func curve(points plotter.XYs, colour int, width float64) *plotter.Line {
	style := draw.LineStyle{Color: pale, Width: vg.Points(width)}
	if colour >= 0 {
		style.Color = palette[colour]
	}
	return &plotter.Line{XYs: points, LineStyle: style}
}

// ends returns labels to the right of the points, in colours of the palette.
func ends(points []plotter.XY, text []string, colours []int) *plotter.Labels {
	l := &plotter.Labels{XYs: points, Labels: text, Offset: vg.Point{X: vg.Points(4)}}
	for _, k := range colours {
		style := lettering(8.5, palette[k])
		style.XAlign = draw.XLeft
		l.TextStyle = append(l.TextStyle, style)
	}
	return l
}
