package figure

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Averaged is the rates of the hidden neurons over the course of a recording, averaged over some.
type Averaged struct {
	Name       string // of what they have in common, such as a condition; or ""
	Recordings int
	Mean       []float64 // r×points; NaN of a neuron without a course
	SD         []float64 // r×points; nil of one recording
}

// mostAveraged is the number of courses that are drawn, one for each colour.
var mostAveraged = len(palette)

// legendLine is the height of a line of a legend.
const legendLine = vg.Length(11)

// entry is a name of a legend with its left end and its line from above.
type entry struct {
	text   string
	x      vg.Length
	line   int
	colour int
}

// legend places the names of courses in lines of a width; nil where there is one without a name.
func legend(courses []Averaged, width vg.Length) (entries []entry, lines int) {
	style := lettering(labelSize, ink)
	x := vg.Length(0)
	for k, a := range courses {
		if a.Name == "" && len(courses) == 1 {
			return nil, 0
		}
		name := a.Name
		if name == "" {
			name = "without a condition"
		}
		text := cutTo(style, name, min(2*nameLength, width-60)) + fmt.Sprintf(" (n = %d)", a.Recordings)
		wide := 14 + style.Width(text)
		if x > 0 && x+wide > width {
			x, lines = 0, lines+1
		}
		entries = append(entries, entry{text, x, lines, k})
		x += wide + 14
	}
	return entries, lines + 1
}

// drawLegend draws entries with their upper left corner at a point.
func drawLegend(c draw.Canvas, entries []entry, at vg.Point) {
	for _, e := range entries {
		x, y := at.X+e.x, at.Y-(vg.Length(e.line)+0.5)*legendLine
		c.SetColor(tint(palette[e.colour], 0.25))
		c.Fill(vg.Rectangle{Min: vg.Point{X: x, Y: y - 3}, Max: vg.Point{X: x + 10, Y: y + 3}}.Path())
		c.StrokeLine2(draw.LineStyle{Color: palette[e.colour], Width: vg.Points(1.25)}, x, y, x+10, y)
		text(c, labelSize, x+14, y, e.text)
	}
}

// tint returns a colour of which only a share is left on white.
func tint(of color.Color, share float64) color.Color {
	r, g, b, _ := of.RGBA()
	mixed := func(x uint32) uint8 { return uint8(255 - float64(share*(255-float64(x>>8)))) }
	return color.RGBA{mixed(r), mixed(g), mixed(b), 0xff}
}

// averages draws the courses of a hidden neuron: a band of one standard deviation to each side of the
// mean, and the mean.
func (s scale) averages(c draw.Canvas, box vg.Rectangle, neuron, points int, courses []Averaged) {
	at := func(k int, v float64) vg.Point {
		return vg.Point{X: box.Min.X + (vg.Length(k)+0.5)/vg.Length(points)*box.Size().X, Y: s.y(box, v)}
	}
	line := func(value func(k int) float64) vg.Path {
		var path vg.Path
		for k := range points {
			if k == 0 {
				path.Move(at(k, value(k)))
			} else {
				path.Line(at(k, value(k)))
			}
		}
		return path
	}
	edge := func(a Averaged, sign float64) func(k int) float64 {
		return func(k int) float64 {
			return a.Mean[neuron*points+k] + float64(sign*a.SD[neuron*points+k])
		}
	}
	there := func(a Averaged) bool { return a.Mean[neuron*points] == a.Mean[neuron*points] } // no NaN
	for k, a := range courses {
		if a.SD == nil || !there(a) {
			continue
		}
		band := line(edge(a, 1))
		for k := points - 1; k >= 0; k-- {
			band.Line(at(k, edge(a, -1)(k)))
		}
		band.Close()
		c.SetColor(tint(palette[k], 0.25))
		c.Fill(band)
	}
	for k, a := range courses { // bands that others cover keep their edges
		if a.SD != nil && len(courses) > 1 && there(a) {
			c.SetLineStyle(draw.LineStyle{Color: tint(palette[k], 0.6), Width: vg.Points(0.4)})
			c.Stroke(line(edge(a, 1)))
			c.Stroke(line(edge(a, -1)))
		}
	}
	for k, a := range courses {
		if !there(a) {
			continue
		}
		c.SetLineStyle(draw.LineStyle{Color: palette[k], Width: vg.Points(1.25)})
		c.Stroke(line(func(k int) float64 { return a.Mean[neuron*points+k] }))
	}
}

// scaleOf returns the axis of the courses of a hidden neuron.
func scaleOf(courses []Averaged, neuron, points int) scale {
	var tops [][]float64
	for _, a := range courses {
		top := make([]float64, points)
		for k := range top {
			top[k] = a.Mean[neuron*points+k]
			if a.SD != nil {
				top[k] += a.SD[neuron*points+k]
			}
		}
		tops = append(tops, top)
	}
	return scaleTo(tops...)
}

// averagedNotes says what lines and bands are.
func averagedNotes(courses []Averaged, all int, over string) (notes []string) {
	single, several, below := false, false, false
	for _, a := range courses {
		single, several = single || a.SD == nil, several || a.SD != nil
		for k, sd := range a.SD {
			below = below || sd > a.Mean[k]
		}
	}
	switch {
	case !several:
		notes = append(notes, fmt.Sprintf("Each line is one %s.", strings.TrimSuffix(over, "s")))
	case len(courses) == 1 && courses[0].Name == "":
		notes = append(notes, fmt.Sprintf("Lines are means and bands standard deviations over %d %s.", courses[0].Recordings, over))
	case single:
		notes = append(notes, fmt.Sprintf("Lines are means and bands standard deviations over n %s; one has no band.", over))
	default:
		notes = append(notes, fmt.Sprintf("Lines are means and bands standard deviations over n %s.", over))
	}
	if below {
		notes = append(notes, "Bands are cut at 0.")
	}
	if all > len(courses) {
		notes = append(notes, fmt.Sprintf("%d of %d conditions, the first.", len(courses), all))
	}
	return notes
}
