package figure

import (
	"image/color"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// The palette of Okabe & Ito (2008).
var palette = []color.Color{
	color.RGBA{0x00, 0x72, 0xb2, 0xff}, vermilion,
	color.RGBA{0x00, 0x9e, 0x73, 0xff}, color.RGBA{0xcc, 0x79, 0xa7, 0xff},
	color.RGBA{0xe6, 0x9f, 0x00, 0xff}, color.RGBA{0x56, 0xb4, 0xe9, 0xff},
}

var vermilion = color.RGBA{0xd5, 0x5e, 0x00, 0xff}

var (
	ink  = color.Gray{Y: 0x30}
	pale = color.Gray{Y: 0xd8}
)

// hairline is the width of axes and frames.
const hairline = vg.Length(0.75)

// lettering returns the style of a text of that size.
func lettering(size float64, c color.Color) draw.TextStyle {
	return draw.TextStyle{
		Color: c, Font: font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(size)},
		Handler: plot.DefaultTextHandler, XAlign: draw.XCenter, YAlign: draw.YCenter,
	}
}

// plotted returns a plot as a figure one column wide.
func plotted(p *plot.Plot) *Figure {
	return &Figure{width: 8.6 * vg.Centimeter, height: 6 * vg.Centimeter, draw: func(c draw.Canvas) {
		p.Draw(draw.Crop(c, vg.Points(4), vg.Points(-8), vg.Points(4), vg.Points(-8)))
	}}
}

// newAxes returns an empty plot with the axis labels x and y.
func newAxes(x, y string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = color.White
	for axis, label := range map[*plot.Axis]string{&p.X: x, &p.Y: y} {
		axis.Label.Text = label
		axis.Label.TextStyle.Font = lettering(10, ink).Font
		axis.Tick.Label.Font = lettering(8.5, ink).Font
		axis.LineStyle.Color, axis.Tick.LineStyle.Color = ink, ink
		axis.LineStyle.Width, axis.Tick.LineStyle.Width = hairline, hairline
		axis.Tick.Length = vg.Points(4)
		axis.Padding = 0
		axis.Tick.Marker = plot.TickerFunc(round)
	}
	return p
}

// newPlot returns an empty plot with the axis labels x and y, and lines at the marks of y.
func newPlot(x, y string) *plot.Plot {
	p := newAxes(x, y)
	grid := plotter.NewGrid()
	grid.Vertical.Width = 0
	grid.Horizontal.Color, grid.Horizontal.Width = pale, vg.Points(0.5)
	p.Add(grid)
	return p
}

// resolved is the number of steps between 0 and the ends of an axis beyond which two neighbouring
// ticks are the same number, or nearly so.
const resolved = 1e12

// round marks some five values at steps of 1, 2 or 5 times a power of ten. It marks the lower limit
// alone where the axis has no length that numbers can divide, and nothing where that is not finite.
func round(lo, hi float64) []plot.Tick {
	only := []plot.Tick{{Value: lo, Label: number(lo)}}
	switch {
	case math.IsNaN(lo) || math.IsInf(lo, 0):
		return nil
	case !(hi > lo) || math.IsInf(hi-lo, 0):
		return only
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/4)))
	for _, k := range []float64{5, 2} {
		if (hi-lo)/(k*step) >= 4 {
			step *= k
			break
		}
	}
	if max(math.Abs(lo), math.Abs(hi)) >= resolved*step {
		return only
	}
	var ticks []plot.Tick
	for k := math.Ceil(lo/step - 1e-9); k*step <= min(hi*(1+1e-12), math.MaxFloat64); k++ {
		ticks = append(ticks, plot.Tick{Value: k * step, Label: number(k * step)})
	}
	return ticks
}

// spaced keeps the labels of ticks apart on an axis of a length, in letters of a size: of too
// many it keeps every second, fifth, tenth ….
func spaced(ticks plot.TickerFunc, length vg.Length, size float64) plot.TickerFunc {
	return func(lo, hi float64) []plot.Tick {
		all := ticks(lo, hi)
		style := lettering(size, ink)
		for every := 1; every < len(all); every = more(every) {
			end, fits := vg.Length(math.Inf(-1)), true
			for k := 0; k < len(all); k += every {
				half := style.Width(all[k].Label) / 2
				at := vg.Length((all[k].Value-lo)/(hi-lo)) * length
				fits = fits && at-half > end+4
				end = at + half
			}
			if !fits {
				continue
			}
			for k := range all {
				if k%every > 0 {
					all[k].Label = ""
				}
			}
			return all
		}
		return all
	}
}

// decades marks 1, 10, 100, ... on a logarithmic axis, with unlabelled marks
// between them. An axis that is not logarithmic, because its limits are not positive and finite,
// has the ticks of a linear one.
func decades(lo, hi float64) []plot.Tick {
	if !(lo > 0) || math.IsInf(hi, 0) {
		return round(lo, hi)
	}
	var ticks []plot.Tick
	for e := math.Floor(math.Log10(lo)); math.Pow(10, e) <= hi && !math.IsInf(math.Pow(10, e), 0); e++ {
		d := math.Pow(10, e)
		for k := 1.0; k < 10; k++ {
			if v := k * d; v >= lo && v <= hi {
				t := plot.Tick{Value: v}
				if k == 1 {
					t.Label = number(v)
				}
				ticks = append(ticks, t)
			}
		}
	}
	return ticks
}

// number writes v with at most six digits, thousands grouped from 10,000
// on, and a true minus sign.
func number(v float64) string {
	s := strconv.FormatFloat(math.Abs(v), 'g', 6, 64)
	if math.Abs(v) >= 10_000 && math.Abs(v) < 1e15 {
		s = strconv.FormatFloat(math.Abs(v), 'f', 0, 64)
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + "," + s[i:]
		}
	}
	if strings.Contains(s, "e") {
		s = strings.Replace(strings.Replace(s, "e+0", "e", 1), "e-0", "e−", 1)
	}
	if v < 0 {
		return "−" + s
	}
	return s
}
