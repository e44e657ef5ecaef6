package figure

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Timeline is what goes on in a network while stimuli change. Frames are rows of numbers, one a time.
type Timeline struct {
	Times []float64
	Axis  string // what the times are: "recognition step", "time (ms)"
	Shown []Span

	Visible    [][]float64 // rates as they are shown
	Prediction [][]float64 // nil where the circuit predicts nothing
	Rates      [][]float64 // of the hidden layer
	Names      []string    // of the visible neurons; or nil
	Height     int         // of stimuli that are images; 0 for others
	Width      int

	Spikes [][]float64 // of each visible neuron since the frame before; nil for circuits without
}

// Span is a stimulus that is shown from one time to another, with a weight that rises or falls along a
// line from its start to its end.
type Span struct {
	Label      string
	From, To   float64
	Start, End float64
}

// Sizes of a timeline, in device pixels.
const (
	lineLeft   = 270
	lineRight  = 330
	lineGap    = 40
	lineTop    = 24
	lineFoot   = 150
	barPitch   = 62
	heatHigh   = 250
	courseTall = 430
	errorTall  = 210
	leastTile  = 128
)

// Course draws what is shown, the visible layer, its prediction and the difference, and the hidden
// rates, one above the other over one axis of time. Images are drawn at some moments; of other stimuli
// every visible neuron is a row.
func (t Timeline) Course(look Look) *Figure {
	s := newStack(look, t.Times, t.Axis)
	s.spans(t.Shown)
	if t.Spikes != nil {
		s.raster(t.Spikes, visibleAxis(t.Names, len(t.Visible[0])))
	}
	t.layers(s, look)
	names, notes := t.hidden(s)
	s.legend = append(s.legend, names...)
	f := s.figure()
	f.notes = append(f.notes, notes...)
	return f
}

// layers adds the visible layer, its prediction and the difference.
func (t Timeline) layers(s *stack, look Look) {
	top := largest(slices.Concat(t.Visible, t.Prediction)...)
	var errors [][]float64
	for k, p := range t.Prediction {
		d := slices.Clone(t.Visible[k])
		for j := range d {
			d[j] -= p[j]
		}
		errors = append(errors, d)
	}
	most := differing(errorsOr(errors), top)
	rows := []struct {
		label  string
		frames [][]float64
		top    float64
		how    shading
		signed bool
	}{{"visible", t.Visible, top, look.images(), false}, {"prediction", t.Prediction, top, look.images(), false}, {"difference", errors, most, balance, true}}
	for k, r := range rows {
		if r.frames == nil {
			continue
		}
		how := r.how
		if t.Height == 0 && !r.signed {
			how = shade
		}
		scaled := k != 1 // visible and prediction have one scale
		if t.Height > 0 {
			s.moments(r.label, r.frames, t.Height, t.Width, r.top, how, r.signed, scaled)
		} else {
			s.heat(r.label, r.frames, r.top, how, r.signed, scaled)
		}
	}
	if errors == nil {
		return
	}
	points := make(plotter.XYs, len(errors))
	for k, d := range errors {
		sum := 0.0
		for _, x := range d {
			sum += float64(x * x)
		}
		points[k] = plotter.XY{X: t.Times[k], Y: math.Sqrt(sum / float64(len(d)))}
	}
	p := newPlot("", "r.m.s. error")
	p.Y.Min, p.Y.Max = 0, 1e-300
	for _, x := range points {
		p.Y.Max = max(p.Y.Max, 1.05*x.Y)
	}
	p.Add(&plotter.Line{XYs: points, LineStyle: draw.LineStyle{Color: ink, Width: vg.Points(1.25)}})
	s.plot(p, errorTall)
}

func errorsOr(errors [][]float64) [][]float64 {
	if errors == nil {
		return [][]float64{{0}}
	}
	return errors
}

// hidden adds the hidden rates: those that reach most in colour, the rest pale.
func (t Timeline) hidden(s *stack) (names []sideName, notes []string) {
	r := len(t.Rates[0])
	peak := make([]float64, r)
	for _, h := range t.Rates {
		for a, x := range h {
			peak[a] = max(peak[a], x)
		}
	}
	order := strongest(peak)
	named := 0
	for named < min(r, len(palette)) && peak[order[named]] > 0 {
		named++
	}
	p := newPlot(t.Axis, "hidden rate")
	points := func(a int) plotter.XYs {
		xy := make(plotter.XYs, len(t.Rates))
		for i, h := range t.Rates {
			xy[i] = plotter.XY{X: t.Times[i], Y: h[a]}
		}
		return xy
	}
	for _, a := range order[named:] {
		p.Add(curve(points(a), -1, 0.75))
	}
	var coloured []plotter.XYs
	for _, a := range order[:named] {
		coloured = append(coloured, points(a))
	}
	p.Add(told(coloured)...)
	p.Y.Min, p.Y.Max = 0, max(1e-300, 1.05*largest(peak))
	at := s.plot(p, courseTall)
	for k, a := range order[:named] {
		names = append(names, sideName{"neuron " + strconv.Itoa(a), palette[k], at, k})
	}
	if r > len(palette) {
		notes = append(notes, "The "+strconv.Itoa(named)+" of "+strconv.Itoa(r)+" hidden neurons that reach the highest rates are in colour.")
	}
	return names, notes
}

// told returns curves in the colours of the palette, every second one dashed and on top: so that
// one that lies on another does not hide it.
func told(curves []plotter.XYs) (all []plot.Plotter) {
	for _, odd := range []int{0, 1} {
		for k := odd; k < len(curves); k += 2 {
			line := curve(curves[k], k, 1.5)
			if odd == 1 {
				line.LineStyle.Dashes = []vg.Length{5, 3}
			}
			all = append(all, line)
		}
	}
	return all
}
