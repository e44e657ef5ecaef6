package figure

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Interval is a number with its confidence interval. Low and High are NaN if it has none.
type Interval struct {
	Label           string
	At              float64 // place on the axis of a series
	Mean, Low, High float64
	Group           int // colour
}

// Panel is a list of intervals, one below the other.
type Panel struct {
	Title, Axis string
	Most        float64 // end of the axis, which begins at 0; 0 ends it at the tick beyond the largest value
	Points      []Interval
}

// Sizes of a score.
const (
	panelColumns = 2
	panelWidth   = 9.2 * vg.Centimeter
	pointHeight  = 0.36 * vg.Centimeter
	panelTitle   = 9.5                 // letters of the title, in points
	panelFrame   = 2.1 * vg.Centimeter // title, ticks and label
)

// Score draws panels in two columns, each with a dot and a bar for the interval of
// every point, coloured by group. Rows of panels have the height of the taller, and all axes
// begin and end at the same distance from the edges of their columns.
func Score(panels []Panel) *Figure {
	rows := (len(panels) + panelColumns - 1) / panelColumns
	heights := make([]vg.Length, rows)
	total := vg.Length(0)
	for k, p := range panels {
		heights[k/panelColumns] = max(heights[k/panelColumns], p.height())
	}
	for _, h := range heights {
		total += h
	}
	width := vg.Length(min(panelColumns, len(panels))) * panelWidth
	longest := vg.Length(0)
	for _, p := range panels {
		longest = max(longest, p.labels())
	}
	return &Figure{width: width, height: total, draw: func(c draw.Canvas) {
		top := c.Max.Y
		for k, p := range panels {
			left := c.Min.X + vg.Length(k%panelColumns)*panelWidth
			own := p.height()
			drawPanel(p, draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left + vg.Points(4) + longest - p.labels(), Y: top - own + vg.Points(4)},
				Max: vg.Point{X: left + panelWidth - vg.Points(10), Y: top - vg.Points(10)},
			}})
			if k%panelColumns == panelColumns-1 {
				top -= heights[k/panelColumns]
			}
		}
	}}
}

// labels returns the width of the longest label.
func (p Panel) labels() vg.Length {
	longest := vg.Length(0)
	for _, x := range p.Points {
		longest = max(longest, lettering(8, ink).Width(p.label(x)))
	}
	return longest
}

// label returns the label of a point, cut where it would leave no room for the points.
func (p Panel) label(x Interval) string { return cutTo(lettering(8, ink), x.Label, panelWidth*0.6) }

// title returns the title in as many lines as it takes.
func (p Panel) title() string {
	return folded(p.Title, lettering(panelTitle, ink), panelWidth-vg.Points(16))
}

// height returns the height of the panel.
func (p Panel) height() vg.Length {
	lines := strings.Count(p.title(), "\n")
	return panelFrame + vg.Length(len(p.Points))*pointHeight + vg.Length(lines)*lettering(panelTitle, ink).Height("x\nx")/2
}

func drawPanel(panel Panel, c draw.Canvas) {
	p := newPlot(panel.Axis, "")
	p.Title.Text = panel.title()
	p.Title.TextStyle = lettering(panelTitle, ink)
	p.Title.TextStyle.XAlign = draw.XCenter
	p.Title.Padding = vg.Points(4)
	n := len(panel.Points)
	var ticks []plot.Tick
	p.X.Min, p.X.Max = 0, panel.Most
	for i, x := range panel.Points {
		y := float64(n - 1 - i)
		ticks = append(ticks, plot.Tick{Value: y, Label: panel.label(x)})
		p.X.Min = min(p.X.Min, x.Mean)
		if !math.IsNaN(x.Low) {
			p.X.Min = min(p.X.Min, x.Low)
		}
		if panel.Most == 0 {
			p.X.Max = max(p.X.Max, 1.05*x.Mean)
			if !math.IsNaN(x.High) {
				p.X.Max = max(p.X.Max, 1.05*x.High)
			}
		}
	}
	for i, x := range panel.Points {
		y := float64(n - 1 - i)
		colour := palette[max(0, x.Group)%len(palette)]
		if !math.IsNaN(x.Low) {
			bar := plotter.XYs{{X: max(p.X.Min, x.Low), Y: y}, {X: min(p.X.Max, x.High), Y: y}}
			p.Add(&plotter.Line{XYs: bar, LineStyle: draw.LineStyle{Color: colour, Width: vg.Points(1.5)}})
		}
		p.Add(&plotter.Scatter{XYs: plotter.XYs{{X: x.Mean, Y: y}}, GlyphStyle: draw.GlyphStyle{Color: colour, Radius: vg.Points(2.5), Shape: draw.CircleGlyph{}}})
	}
	if p.X.Max == 0 {
		p.X.Max = 1
	}
	if panel.Most == 0 {
		p.X.Max = nextTick(p.X.Max)
	}
	p.Y.Min, p.Y.Max = -0.7, float64(n)-0.3
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Tick.Length = 0
	p.Y.LineStyle.Width = 0
	p.X.Tick.Label.Font = lettering(8, ink).Font
	p.X.Tick.Marker = spaced(round, c.Size().X-panel.labels()-vg.Points(8), 8)
	p.Y.Tick.Label.Font = lettering(8, ink).Font
	p.X.Label.TextStyle.Font = lettering(9, ink).Font
	p.Draw(c)
}

// nextTick returns the first tick of an axis from 0 that is not below hi > 0.
func nextTick(hi float64) float64 {
	ticks := round(0, hi)
	last := ticks[len(ticks)-1].Value
	if last < hi && len(ticks) > 1 {
		last += ticks[1].Value
	}
	return max(last, hi)
}
