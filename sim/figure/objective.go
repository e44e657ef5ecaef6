package figure

import (
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Objective draws the objective over epochs, the axis of epochs logarithmic, and
// writes the last value at the end of the line. Epochs are at least 1.
func Objective(epochs []int, values []float64, label string) *Figure {
	p := newPlot("epoch", label)
	points := make(plotter.XYs, len(epochs))
	for i, e := range epochs {
		points[i].X, points[i].Y = float64(e), values[i]
	}
	end := points[len(points)-1]
	p.Add(curve(points, 0, 1.5), ends([]plotter.XY{end}, []string{number(values[len(values)-1])}, []int{0}))
	p.X.Min, p.X.Max = 1, max(2, end.X)
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
	p.Y.Min, p.Y.Max = 0, max(1e-300, largest(values)*1.05)
	return plotted(p)
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
