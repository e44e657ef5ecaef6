package figure

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Curve is one measure of one rule over a series of tasks.
type Curve struct {
	Of, Label string
	Points    []Interval
}

// Sizes of a series.
const (
	seriesWidth  = 7.2 * vg.Centimeter
	seriesHeight = 6.4 * vg.Centimeter
	manyFold     = 30     // ratio of the largest place to the smallest at which the axis is logarithmic
	leastOfLog   = 1e-300 // below which powers of ten become 0
)

// Series draws curves with intervals over the axis of a series, one panel per measure side
// by side, with the measure as its title. The axis is logarithmic if all places are positive
// and the largest is at least 30 times the smallest.
func Series(axis string, curves []Curve) *Figure {
	var measures, labels []string
	for _, c := range curves {
		if !slices.Contains(measures, c.Of) {
			measures = append(measures, c.Of)
		}
		if !slices.Contains(labels, c.Label) {
			labels = append(labels, c.Label)
		}
	}
	width := seriesWidth
	if len(labels) > 1 { // room for the names of the curves
		longest := vg.Length(0)
		for _, l := range labels {
			longest = max(longest, lettering(8.5, ink).Width(l))
		}
		width += longest
	}
	return &Figure{width: vg.Length(len(measures)) * width, height: seriesHeight, draw: func(c draw.Canvas) {
		for k, m := range measures {
			left := c.Min.X + vg.Length(k)*width
			seriesPanel(axis, m, curves, labels).Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left + vg.Points(4), Y: c.Min.Y + vg.Points(4)},
				Max: vg.Point{X: left + width - vg.Points(12), Y: c.Max.Y - vg.Points(8)},
			}})
		}
	}}
}

// seriesPanel returns the plot of one measure.
func seriesPanel(axis, measure string, curves []Curve, labels []string) *plot.Plot {
	p := newPlot(axis, "")
	p.Title.Text = folded(measure, lettering(9, ink), seriesWidth-vg.Points(30))
	p.Title.TextStyle = lettering(9, ink)
	p.Title.TextStyle.YAlign = draw.YTop
	p.Title.Padding = vg.Points(4)
	p.X.Min, p.X.Max = math.Inf(1), math.Inf(-1)
	p.Y.Min, p.Y.Max = 0, 0
	var names tagged
	for _, curveOf := range curves {
		if curveOf.Of != measure {
			continue
		}
		colour := slices.Index(labels, curveOf.Label) % len(palette)
		points := make(plotter.XYs, len(curveOf.Points))
		for i, x := range curveOf.Points {
			points[i] = plotter.XY{X: x.At, Y: x.Mean}
			p.X.Min, p.X.Max = min(p.X.Min, x.At), max(p.X.Max, x.At)
			p.Y.Max = max(p.Y.Max, 1.08*x.Mean)
			p.Y.Min = min(p.Y.Min, 1.08*x.Mean)
			if !math.IsNaN(x.Low) {
				p.Y.Max, p.Y.Min = max(p.Y.Max, 1.08*x.High), min(p.Y.Min, 1.08*x.Low)
				p.Add(curve(plotter.XYs{{X: x.At, Y: x.Low}, {X: x.At, Y: x.High}}, colour, 1))
			}
		}
		p.Add(curve(points, colour, 1.25), &plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: palette[colour], Radius: vg.Points(2), Shape: draw.CircleGlyph{}}})
		names = append(names, tag{points[len(points)-1], curveOf.Label, colour})
	}
	if p.Y.Max == p.Y.Min {
		p.Y.Max = 1e-300
	}
	p.X.Tick.Marker = spaced(round, seriesWidth-vg.Points(60), 8.5)
	lo, hi := p.X.Min, p.X.Max
	switch {
	case hi == lo:
		p.X.Min, p.X.Max = lo-1, hi+1
	case lo > leastOfLog && hi/lo >= manyFold && !math.IsInf(hi, 0):
		p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
	}
	if len(labels) > 1 {
		for k := range names {
			names[k].X = max(names[k].X, p.X.Max)
		}
		p.Add(names)
	}
	return p
}

// folded breaks a text at blanks into lines that fit the width.
func folded(text string, style draw.TextStyle, width vg.Length) string {
	var lines []string
	for word := range strings.FieldsSeq(text) {
		if last := len(lines) - 1; last >= 0 && style.Width(lines[last]+" "+word) <= width {
			lines[last] += " " + word
			continue
		}
		lines = append(lines, word)
	}
	return strings.Join(lines, "\n")
}
