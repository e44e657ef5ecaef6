package figure

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Descent is the way of one program to a low objective.
type Descent struct {
	Of, Label string // the objective, and the program
	Peer      bool   // whether it is a program of others, whose line is dashed
	Seconds   []float64
	Values    []float64
}

// Sizes of a panel of descents.
const (
	descentWidth  = 7.6 * vg.Centimeter
	descentHeight = 7.4 * vg.Centimeter
)

// Descents draws objectives, or what they are above the lowest, against the time of computation, both
// axes logarithmic, one panel an objective side by side, with the objective as its title. Times and
// values must be positive.
func Descents(all []Descent) *Figure {
	var objectives []string
	longest := vg.Length(0)
	for _, d := range all {
		if !slices.Contains(objectives, d.Of) {
			objectives = append(objectives, d.Of)
		}
		longest = max(longest, lettering(tagSize, ink).Width(d.Label))
	}
	width := descentWidth + longest
	return &Figure{width: vg.Length(len(objectives)) * width, height: descentHeight, draw: func(c draw.Canvas) {
		for k, of := range objectives {
			left := c.Min.X + vg.Length(k)*width
			descentPanel(of, all).Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left + vg.Points(4), Y: c.Min.Y + vg.Points(4)},
				Max: vg.Point{X: left + width - vg.Points(12), Y: c.Max.Y - vg.Points(8)},
			}})
		}
	}}
}

// descentPanel returns the plot of one objective.
func descentPanel(of string, all []Descent) *plot.Plot {
	p := newPlot("seconds", "")
	p.Title.Text, p.Title.TextStyle, p.Title.Padding = of, lettering(10, ink), vg.Points(4)
	p.X.Scale, p.X.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
	p.Y.Scale, p.Y.Tick.Marker = plot.LogScale{}, plot.TickerFunc(decades)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = math.Inf(1), 0, math.Inf(1), 0
	var names tagged
	for _, d := range all {
		if d.Of != of {
			continue
		}
		points := make(plotter.XYs, len(d.Values))
		for i, v := range d.Values {
			points[i] = plotter.XY{X: d.Seconds[i], Y: v}
			p.X.Min, p.X.Max = min(p.X.Min, d.Seconds[i]), max(p.X.Max, d.Seconds[i])
			p.Y.Min, p.Y.Max = min(p.Y.Min, v/1.05), max(p.Y.Max, v*1.05)
		}
		colour := len(names) % len(palette)
		line := curve(points, colour, 1.25)
		if d.Peer {
			line.Dashes = []vg.Length{vg.Points(4), vg.Points(2)}
		}
		p.Add(line)
		names = append(names, tag{points[len(points)-1], d.Label, colour})
	}
	for k := range names {
		names[k].X = p.X.Max
	}
	p.Add(names)
	return p
}
