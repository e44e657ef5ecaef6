package figure

import (
	"cmp"
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Factors are the parts and rates of a network whose stimuli are not images.
type Factors struct {
	W       []float64  // r×n
	H       []float64  // rates, one row for each hidden neuron, a column for each point on the axis of stimuli; nil with Courses
	Courses []Averaged // averages of rates instead of them; or nil
	Used    []float64  // r, what each hidden neuron adds to the predictions of all stimuli
	Visible Counted
	Stimuli Counted

	Low, High []float64 // r×n, ends of the intervals of W, drawn on its bars; nil for none

	Titles []string // r, of the rows; nil for "neuron 0", "neuron 1" …
	Dots   []Dots   // the synapses of single networks, of which W is the mean; or nil
	Over   string   // over what averages are taken; "" for recordings
	Notes  []string // what else is said below the figure
}

// barGrey is the colour of bars beside curves that have those of the palette.
var barGrey = color.Gray{Y: 0x80}

// mostPanels is the number of hidden neurons that have a panel each.
const mostPanels = 12

// chosen returns the hidden neurons that are shown, the most used, in their order.
func (f Factors) chosen() []int {
	order := strongest(f.Used)
	return slices.Sorted(slices.Values(order[:min(mostPanels, len(order))]))
}

// PartsAndRates draws a row for each hidden neuron: on the left its synapses as a bar for
// each visible neuron, on the right its rate over the stimuli. Of more than twelve hidden
// neurons it shows those that add most to the predictions. In place of the rates over
// the stimuli there may be their averages over the course of recordings.
func PartsAndRates(look Look, f Factors) *Figure {
	const margin, gap, between = vg.Length(6), vg.Length(15), vg.Length(20)
	width := look.wide(TwoColumns)
	n, points := f.Visible.Count, f.Stimuli.columns()
	shown := f.chosen()
	courses := f.Courses[:min(len(f.Courses), mostAveraged)]
	entries, lines := legend(courses, width-2*margin)
	tall := max(34, min(64, 420/vg.Length(len(shown))))
	var parts, rates [][]float64
	var partScales, rateScales []scale
	left, middle := vg.Length(0), vg.Length(0)
	for _, a := range shown {
		parts = append(parts, f.W[a*n:(a+1)*n])
		k := len(parts) - 1
		drawn := append(rowsOfDots(f.Dots, a, n), parts[k])
		if f.High != nil {
			drawn = append(drawn, f.High[a*n:(a+1)*n])
		}
		partScales = append(partScales, scaleTo(drawn...))
		if courses != nil {
			rateScales = append(rateScales, scaleOf(courses, a, points))
		} else {
			rates = append(rates, f.H[a*points:(a+1)*points])
			rateScales = append(rateScales, scaleTo(rates[k]))
		}
		left, middle = max(left, partScales[k].room(tall)), max(middle, rateScales[k].room(tall))
	}
	inner := width - 2*margin - left - between - middle
	bars := inner * 2 / 5
	if all := vg.Length(n) * (tickSize + 1.1); f.Visible.Names != nil && all > bars && all < inner*3/5 {
		bars = all // for every name
	}
	curves := inner - bars
	marks, times := f.Visible.label(bars), f.Stimuli.label(curves)
	head := 16 + vg.Length(lines)*legendLine
	below := max(marks.room, times.room) + labelSize + 10
	height := head + vg.Length(len(shown))*(tall+gap) + below
	return &Figure{width: width, height: height, notes: f.notes(shown, marks, times), draw: func(c draw.Canvas) {
		blank(c)
		x, right := margin+left, margin+left+bars+between+middle
		drawLegend(c, entries, vg.Point{X: margin, Y: height - 3})
		titles := height - 4 - vg.Length(lines)*legendLine
		centred(c, labelSize, x+bars/2, titles, "synapses")
		centred(c, labelSize, right+curves/2, titles, "hidden rate")
		for k, a := range shown {
			top := height - head - gap - vg.Length(k)*(tall+gap)
			part := vg.Rectangle{Min: vg.Point{X: x, Y: top - tall}, Max: vg.Point{X: x + bars, Y: top}}
			rate := vg.Rectangle{Min: vg.Point{X: right, Y: top - tall}, Max: vg.Point{X: right + curves, Y: top}}
			text(c, labelSize, margin, top+7, f.title(a))
			if courses != nil {
				partScales[k].bars(c, part, parts[k], f.bar())
				partScales[k].dots(c, part, rowsOfDots(f.Dots, a, n), f.Dots)
				rateScales[k].averages(c, rate, a, points, courses)
			} else {
				partScales[k].bars(c, part, parts[k], palette[0])
				rateScales[k].curve(c, rate, rates[k], f.Stimuli)
			}
			if f.High != nil {
				partScales[k].spans(c, part, f.Low[a*n:(a+1)*n], f.High[a*n:(a+1)*n])
			}
			partScales[k].beside(c, part)
			rateScales[k].beside(c, rate)
			if k < len(shown)-1 {
				continue
			}
			marks.below(c, part, n)
			times.below(c, rate, f.Stimuli.Count)
			centred(c, labelSize, x+bars/2, part.Min.Y-marks.room-3, f.Visible.Label)
			centred(c, labelSize, right+curves/2, rate.Min.Y-times.room-3, f.Stimuli.Label)
		}
	}}
}

// title returns the title of a row.
func (f Factors) title(a int) string {
	if f.Titles != nil {
		return f.Titles[a]
	}
	return fmt.Sprintf("neuron %d", a)
}

// bar returns the colour of bars beside averages.
func (f Factors) bar() color.Color {
	if f.Dots != nil {
		return color.Gray{Y: 0xc8} // on which dots are seen
	}
	return barGrey
}

// notes says what is left out and averaged.
func (f Factors) notes(shown []int, marks, times labelled) []string {
	var notes []string
	if r := len(f.Used); len(shown) < r {
		all, some := 0.0, 0.0
		for _, x := range f.Used {
			all += x
		}
		for _, a := range shown {
			some += f.Used[a]
		}
		share := ""
		if all > 0 {
			share = fmt.Sprintf(", which make %.0f %% of the prediction", 100*some/all)
		}
		notes = append(notes, fmt.Sprintf("%d of %d hidden neurons, the most used%s.", len(shown), r, share))
	}
	notes = append(notes, "Each panel has its own scale.")
	if f.Courses != nil {
		notes = append(notes, averagedNotes(f.Courses[:min(len(f.Courses), mostAveraged)], len(f.Courses), cmp.Or(f.Over, "recordings"))...)
	}
	notes = append(notes, f.Notes...)
	notes = append(notes, f.Stimuli.averaged("point of a rate")...)
	return append(append(notes, marks.notes(f.Visible)...), times.notes(f.Stimuli)...)
}

// bars draws a bar for each value from zero.
func (s scale) bars(c draw.Canvas, box vg.Rectangle, values []float64, colour color.Color) {
	pitch := box.Size().X / vg.Length(len(values))
	c.SetColor(colour)
	if pitch < touching { // one outline: bars side by side would show seams
		var outline vg.Path
		outline.Move(vg.Point{X: box.Min.X, Y: s.y(box, 0)})
		for i, v := range values {
			y := s.y(box, 0)
			if v == v {
				y = s.y(box, v)
			}
			outline.Line(vg.Point{X: box.Min.X + vg.Length(i)*pitch, Y: y})
			outline.Line(vg.Point{X: box.Min.X + vg.Length(i+1)*pitch, Y: y})
		}
		outline.Line(vg.Point{X: box.Max.X, Y: s.y(box, 0)})
		outline.Close()
		c.Fill(outline)
		return
	}
	for i, v := range values {
		if v != v {
			continue
		}
		from, to := s.y(box, 0), s.y(box, v)
		if from == to {
			continue
		}
		x, half := box.Min.X+(vg.Length(i)+0.5)*pitch, barWidth(pitch)/2
		c.Fill(vg.Rectangle{Min: vg.Point{X: x - half, Y: min(from, to)}, Max: vg.Point{X: x + half, Y: max(from, to)}}.Path())
	}
}

// spans draws a line from a low to a high end on each of as many bars.
func (s scale) spans(c draw.Canvas, box vg.Rectangle, low, high []float64) {
	pitch := box.Size().X / vg.Length(len(low))
	line := draw.LineStyle{Color: ink, Width: min(vg.Points(0.75), pitch/3)}
	cap := min(vg.Points(1.75), barWidth(pitch)/4)
	for i := range low {
		x, from, to := box.Min.X+(vg.Length(i)+0.5)*pitch, s.y(box, low[i]), s.y(box, high[i])
		if from == to {
			continue
		}
		c.StrokeLine2(line, x, from, x, to)
		if pitch >= touching {
			c.StrokeLine2(line, x-cap, from, x+cap, from)
			c.StrokeLine2(line, x-cap, to, x+cap, to)
		}
	}
}

// touching is the distance of bars below which they touch each other.
const touching = 3

// barWidth returns the width of a bar of which there is one every pitch.
func barWidth(pitch vg.Length) vg.Length {
	if pitch < touching {
		return pitch
	}
	return min(0.7*pitch, 26)
}

// curve draws values over the middles of the stimuli that they are averages of; dots where
// there are few.
func (s scale) curve(c draw.Canvas, box vg.Rectangle, values []float64, of Counted) {
	line := draw.LineStyle{Color: palette[1], Width: vg.Points(1)}
	var path vg.Path
	for i, v := range values {
		from, to := i*of.per(), min((i+1)*of.per(), of.Count)
		at := vg.Point{X: box.Min.X + vg.Length(from+to)/2/vg.Length(of.Count)*box.Size().X, Y: s.y(box, v)}
		if i == 0 {
			path.Move(at)
		} else {
			path.Line(at)
		}
		if len(values) <= 40 {
			c.DrawGlyph(draw.GlyphStyle{Color: palette[1], Radius: vg.Points(1.3), Shape: draw.CircleGlyph{}}, at)
		}
	}
	if len(values) > 1 {
		c.SetLineStyle(line)
		c.Stroke(path)
	}
}
