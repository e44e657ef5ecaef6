package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Objective draws the objective over epochs, with a mark at each record where there are few,
// and writes the last value at the end of the line. The axis of epochs is logarithmic from ten
// epochs on, that of the objective where it falls far. Epochs are at least 1. Events are marked by
// lines, and the axis of epochs is linear then.
func Objective(look Look, epochs []int, values []float64, label string, marks ...Mark) *Figure {
	p := falling(epochs, values, label)
	var notes []string
	if len(marks) > 0 {
		p.X.Scale, p.X.Tick.Marker = plot.LinearScale{}, plot.TickerFunc(whole)
		p.Y.Max *= 1.1 // for the letters
		var lines markLines
		lines, notes = withLetters(marks)
		p.Add(lines)
	}
	end := plotter.XY{X: float64(epochs[len(epochs)-1]), Y: values[len(values)-1]}
	p.Add(ends([]plotter.XY{end}, []string{number(end.Y)}, []int{0}))
	f := plotted(p)
	if look.Width > 0 {
		f.width = look.wide(0)
	}
	f.notes = append(f.notes, notes...)
	return f
}

// Mark is something that happened after an epoch.
type Mark struct {
	Epoch int
	Text  string
}

// markLines draws a vertical line at each epoch with marks, and their letters above it.
type markLines struct {
	epochs  []int
	letters []string
}

// withLetters gives each mark a letter, and says what they mean in notes.
func withLetters(marks []Mark) (m markLines, notes []string) {
	for k, mark := range marks {
		letter := string(rune('a' + k%26))
		notes = append(notes, fmt.Sprintf("%s: %s, after epoch %s.", letter, mark.Text, number(float64(mark.Epoch))))
		if i := slices.Index(m.epochs, mark.Epoch); i >= 0 {
			m.letters[i] += ", " + letter
			continue
		}
		m.epochs, m.letters = append(m.epochs, mark.Epoch), append(m.letters, letter)
	}
	return m, notes
}

// Plot draws lines and letters.
func (m markLines) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	style := lettering(8.5, vermilion)
	for k, epoch := range m.epochs {
		at, top := x(float64(epoch)), c.Max.Y-style.Height("a")*1.5
		c.StrokeLine2(draw.LineStyle{Color: vermilion, Width: vg.Points(0.75), Dashes: []vg.Length{vg.Points(3), vg.Points(2)}}, at, c.Min.Y, at, top)
		c.FillText(style, vg.Point{X: at, Y: c.Max.Y - style.Height("a")/2}, m.letters[k])
	}
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
