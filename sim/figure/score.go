package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Interval is a number with the interval it lies in. Low and High are NaN where there is
// none.
type Interval struct {
	Label           string
	At              float64 // place on the axis of a series
	Mean, Low, High float64
	Group           int // colour
}

// Panel is a list of intervals, one below the other.
type Panel struct {
	Title, Axis string
	Most        float64 // end of the axis, which begins at 0; 0 to leave it to the points
	Points      []Interval
}

// Sizes of a score.
const (
	panelColumns = 2
	panelWidth   = 9.2 * vg.Centimeter
	pointHeight  = 0.36 * vg.Centimeter
	panelFrame   = 2.1 * vg.Centimeter // title, ticks and label
)

// Score draws panels in two columns, each with a dot and a bar for the interval of
// every point, coloured by group. Rows of panels have the height of the taller.
func Score(panels []Panel) *Figure {
	rows := (len(panels) + panelColumns - 1) / panelColumns
	heights := make([]vg.Length, rows)
	total := vg.Length(0)
	for k, p := range panels {
		heights[k/panelColumns] = max(heights[k/panelColumns], panelFrame+vg.Length(len(p.Points))*pointHeight)
	}
	for _, h := range heights {
		total += h
	}
	width := vg.Length(min(panelColumns, len(panels))) * panelWidth
	return &Figure{width, total, func(c draw.Canvas) {
		top := c.Max.Y
		for k, p := range panels {
			left := c.Min.X + vg.Length(k%panelColumns)*panelWidth
			own := panelFrame + vg.Length(len(p.Points))*pointHeight
			drawPanel(p, draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left + vg.Points(4), Y: top - own + vg.Points(4)},
				Max: vg.Point{X: left + panelWidth - vg.Points(10), Y: top - vg.Points(10)},
			}})
			if k%panelColumns == panelColumns-1 {
				top -= heights[k/panelColumns]
			}
		}
	}}
}

func drawPanel(panel Panel, c draw.Canvas) {
	p := newPlot(panel.Axis, "")
	p.Title.Text = panel.Title
	p.Title.TextStyle = lettering(9.5, ink)
	p.Title.TextStyle.XAlign = draw.XCenter
	p.Title.Padding = vg.Points(4)
	n := len(panel.Points)
	var ticks []plot.Tick
	p.X.Min, p.X.Max = 0, panel.Most
	for i, x := range panel.Points {
		y := float64(n - 1 - i)
		ticks = append(ticks, plot.Tick{Value: y, Label: x.Label})
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
	p.Y.Min, p.Y.Max = -0.7, float64(n)-0.3
	p.Y.Tick.Marker = plot.ConstantTicks(ticks)
	p.Y.Tick.Length = 0
	p.Y.LineStyle.Width = 0
	p.X.Tick.Label.Font = lettering(8, ink).Font
	p.Y.Tick.Label.Font = lettering(8, ink).Font
	p.X.Label.TextStyle.Font = lettering(9, ink).Font
	p.Draw(c)
}

// Curve is one measure of one rule over a series of tasks.
type Curve struct {
	Of, Label string
	Points    []Interval
}

// Series draws curves with intervals over the axis of a series, a panel for each measure,
// one beside the other.
func Series(axis string, curves []Curve) *Figure {
	var measures, labels []string
	index := func(list *[]string, s string) int {
		for i, x := range *list {
			if x == s {
				return i
			}
		}
		*list = append(*list, s)
		return len(*list) - 1
	}
	for _, c := range curves {
		index(&measures, c.Of)
		index(&labels, c.Label)
	}
	const width, height = 7.2 * vg.Centimeter, 6 * vg.Centimeter
	return &Figure{vg.Length(len(measures)) * width, height, func(c draw.Canvas) {
		for k, m := range measures {
			p := newPlot(axis, m)
			p.Y.Label.TextStyle.Font = lettering(8.5, ink).Font
			p.Y.Min, p.Y.Max = 0, 0
			lo, hi := math.Inf(1), math.Inf(-1)
			var end []plotter.XY
			var text []string
			var colours []int
			for _, curveOf := range curves {
				if curveOf.Of != m {
					continue
				}
				colour := index(&labels, curveOf.Label) % len(palette)
				points := make(plotter.XYs, len(curveOf.Points))
				for i, x := range curveOf.Points {
					points[i] = plotter.XY{X: x.At, Y: x.Mean}
					lo, hi = min(lo, x.At), max(hi, x.At)
					p.Y.Max = max(p.Y.Max, 1.08*x.Mean)
					if !math.IsNaN(x.Low) {
						p.Y.Max = max(p.Y.Max, 1.08*x.High)
						p.Add(curve(plotter.XYs{{X: x.At, Y: x.Low}, {X: x.At, Y: x.High}}, colour, 1))
					}
				}
				p.Add(curve(points, colour, 1.25), &plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: palette[colour], Radius: vg.Points(2), Shape: draw.CircleGlyph{}}})
				end = append(end, points[len(points)-1])
				text, colours = append(text, curveOf.Label), append(colours, colour)
			}
			if len(labels) > 1 {
				p.Add(ends(end, text, colours))
			}
			p.X.Min, p.X.Max = lo, hi
			if hi == lo {
				p.X.Min, p.X.Max = lo-1, hi+1
			}
			p.Y.Max = max(p.Y.Max, 1e-300)
			left := c.Min.X + vg.Length(k)*width
			p.Draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{
				Min: vg.Point{X: left + vg.Points(4), Y: c.Min.Y + vg.Points(4)},
				Max: vg.Point{X: left + width - vg.Points(12), Y: c.Max.Y - vg.Points(8)},
			}})
		}
	}}
}
