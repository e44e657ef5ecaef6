package figure

import (
	"math"
	"strconv"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Tuned is the answers of the hidden layer along a path of stimuli, such as a morph.
type Tuned struct {
	At      []float64   // places on the path, rising
	Axis    string      // what they are
	Rates   [][]float64 // hidden rates at each
	Neurons []int       // that are drawn; none for those whose rates vary most
}

// Tuning draws the rates of hidden neurons against the place of the stimulus on a path.
func Tuning(look Look, t Tuned) *Figure {
	neurons, r := t.Neurons, len(t.Rates[0])
	if len(neurons) == 0 {
		ranges := make([]float64, r)
		for a := range ranges {
			low, high := math.Inf(1), 0.0
			for _, h := range t.Rates {
				low, high = min(low, h[a]), max(high, h[a])
			}
			ranges[a] = high - low
		}
		for _, a := range strongest(ranges)[:min(r, len(palette))] {
			if ranges[a] > 0 {
				neurons = append(neurons, a)
			}
		}
	}
	neurons = neurons[:min(len(neurons), len(palette))]
	p := newPlot(t.Axis, "hidden rate")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = t.At[0], max(t.At[len(t.At)-1], t.At[0]+1e-300), 0, 1e-300
	var names tagged
	var curves []plotter.XYs
	for k, a := range neurons {
		points := make(plotter.XYs, len(t.At))
		for i, h := range t.Rates {
			points[i] = plotter.XY{X: t.At[i], Y: h[a]}
			p.Y.Max = max(p.Y.Max, 1.05*h[a])
		}
		curves = append(curves, points)
		names = append(names, tag{points[len(points)-1], "neuron " + strconv.Itoa(a), k})
	}
	p.Add(told(curves)...)
	p.Add(names)
	f := &Figure{width: look.wide(120), height: 7 * vg.Centimeter, draw: func(c draw.Canvas) {
		blank(c)
		p.Draw(draw.Crop(c, vg.Points(4), vg.Points(-8), vg.Points(4), vg.Points(-8)))
	}}
	if len(t.Neurons) == 0 {
		f.notes = append(f.notes, "The "+strconv.Itoa(len(neurons))+" of "+strconv.Itoa(r)+" hidden neurons whose rates vary most.")
	}
	return f
}
