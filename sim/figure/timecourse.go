package figure

import (
	"cmp"
	"image/color"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Course is how a network comes to its answer to one stimulus.
type Course struct {
	Rates  []float64 // one row of Hidden rates before the first step and after each step
	Hidden int
	Step   float64 // length of a step on the axis
	Axis   string  // what the axis shows: "recognition step", "time (ms)"
	Unit   string  // of a step in a caption: "step", "ms", "spike"

	// The visible layer, where stimuli are images: Prediction and Error return it after a
	// step, 0 for before the first. Error is nil where the circuit has no error units.
	Stimulus      []float64
	Prediction    func(step int) []float64
	Error         func(step int) []float64
	ErrorIs       string // what the error units show, in words
	Height, Width int

	Spikes  []int // visible neuron that fired at each step; nil for rates
	Visible int
}

// TimeCourse draws how a network comes to its answer to one stimulus: above, where
// stimuli are images, the prediction and the error at some moments; below, the spikes of the
// visible layer, where there are any, and the hidden rates, the strongest at the end in
// colour with the neuron's number, the rest pale.
func TimeCourse(c Course) *Figure {
	const across, rateHeight, rasterHeight, caption, gap, right = 1750, 640, 420, 50, 24, 210 // device pixels
	var plots []*plot.Plot
	heights := []int{}
	if c.Spikes != nil {
		plots, heights = append(plots, c.raster()), append(heights, rasterHeight)
	}
	plots, heights = append(plots, c.rates()), append(heights, rateHeight)
	moments := c.moments()
	tile, rows := 0, 0
	if c.Height > 0 {
		rows = 1
		if c.Error != nil {
			rows = 2
		}
		tile = (across - right - edge - len(moments)*gap) / (len(moments) + 1)
	}
	mag := max(1, tile/max(1, max(c.Height, c.Width)))
	high, wide := c.Height*mag+2*gutter, c.Width*mag+2*gutter
	head := 0
	if rows > 0 {
		head = edge + caption + rows*(high+gap)
		if c.Error != nil {
			head += caption
		}
	}
	below := 0
	for _, h := range heights {
		below += h
	}
	s := newSheet(max(across, edge+(len(moments)+1)*(wide+gap)+right), head+below)
	left := func(k int) int { return edge + k*(wide+gap) }
	top := func(row int) int { return edge + caption + row*(high+gap) }
	if rows > 0 {
		whole := [][]float64{c.Stimulus}
		var errors [][]float64
		for _, t := range moments {
			whole = append(whole, c.Prediction(t))
			if rows > 1 {
				errors = append(errors, c.Error(t))
			}
		}
		most := largest(whole...)
		for k, values := range whole {
			s.paste(left(k), top(0), framed(values, c.Width, mag, most))
		}
		for k, values := range errors {
			s.paste(left(k+1), top(1), framed(values, c.Width, mag, c.errorTop(errors)))
		}
	}
	return s.figure(func(canvas draw.Canvas) {
		if rows > 0 {
			c.label(canvas, s, moments, left, top, wide, high, rows)
		}
		y := head
		var boxes []draw.Canvas
		for k := range plots {
			box := vg.Rectangle{Min: s.at(edge, y+heights[k]-edge), Max: s.at(s.Rect.Dx()-edge, y+edge)}
			boxes = append(boxes, draw.Canvas{Canvas: canvas, Rectangle: box})
			y += heights[k]
		}
		// One left and one right edge for all axes.
		from, to := vg.Length(0), s.at(s.Rect.Dx()-right, 0).X
		for k, p := range plots {
			data := p.DataCanvas(boxes[k])
			from, to = max(from, data.Min.X), min(to, data.Max.X)
		}
		for k, p := range plots {
			data := p.DataCanvas(boxes[k])
			boxes[k].Min.X += from - data.Min.X
			boxes[k].Max.X += to - data.Max.X
			p.Draw(boxes[k])
		}
	})
}

// label writes what the images are.
func (c Course) label(canvas draw.Canvas, s sheet, moments []int, left, top func(int) int, wide, high, rows int) {
	const up = 24
	canvas.FillText(lettering(8.5, ink), s.at(left(0)+wide/2, top(0)-up), "stimulus")
	for k, t := range moments {
		text := "start"
		if t > 0 {
			text = strconv.Itoa(t) + " " + c.Unit
			if c.Unit == "ms" {
				text = strconv.FormatFloat(float64(t)*c.Step, 'g', 2, 64) + " ms"
			} else if t > 1 {
				text += "s"
			}
		}
		canvas.FillText(lettering(8.5, ink), s.at(left(k+1)+wide/2, top(0)-up), text)
	}
	note := lettering(8.5, ink)
	note.XAlign = draw.XLeft
	end := left(len(moments)) + wide + 14
	canvas.FillText(note, s.at(end, top(0)+high/2), "prediction")
	if rows > 1 {
		canvas.FillText(note, s.at(end, top(1)+high/2), "error")
		canvas.FillText(note, s.at(left(1), top(1)+high+24), c.ErrorIs)
	}
}

// errorTop is the error that is drawn in full colour: the largest of the last moment but
// at least one tenth of the largest at the start, so that the first does not hide the rest.
func (c Course) errorTop(errors [][]float64) float64 {
	all := slices.Concat(errors...)
	for k, x := range all {
		all[k] = math.Abs(x)
	}
	slices.Sort(all)
	return max(1e-300, all[len(all)*98/100])
}

// moments returns the steps at which images are shown: the start, and then ever farther
// apart to the end.
func (c Course) moments() []int {
	const shown = 6
	steps := len(c.Rates)/c.Hidden - 1
	kept := []int{0}
	for k := range shown {
		kept = append(kept, int(math.Round(math.Pow(float64(steps), float64(k)/(shown-1)))))
	}
	return slices.Compact(kept)
}

// rates plots the hidden rates.
func (c Course) rates() *plot.Plot {
	p := newPlot(c.Axis, "hidden rate")
	steps := len(c.Rates) / c.Hidden
	end := c.Rates[(steps-1)*c.Hidden:]
	order := strongest(end)
	named := 0
	for named < min(c.Hidden, len(palette)) && end[order[named]] > 0 {
		named++
	}
	for k := c.Hidden - 1; k >= 0; k-- {
		points := make(plotter.XYs, steps)
		for t := range steps {
			points[t].X, points[t].Y = float64(t)*c.Step, c.Rates[t*c.Hidden+order[k]]
		}
		if k < named {
			p.Add(curve(points, k, 1.5))
		} else {
			p.Add(curve(points, -1, 0.75))
		}
	}
	p.X.Min, p.X.Max = 0, float64(max(1, steps-1))*c.Step
	p.Y.Min, p.Y.Max = 0, max(1e-300, largest(c.Rates)*1.05)
	var points []plotter.XY
	var text []string
	var colours []int
	for k, y := range apart(end, order[:named], p.Y.Max/12) {
		points = append(points, plotter.XY{X: p.X.Max, Y: y})
		text = append(text, "neuron "+strconv.Itoa(order[k]))
		colours = append(colours, k)
	}
	p.Add(ends(points, text, colours))
	return p
}

// raster plots the spikes of the visible layer.
func (c Course) raster() *plot.Plot {
	p := newPlot("", "visible neuron")
	var points plotter.XYs
	for t, s := range c.Spikes {
		if s >= 0 {
			points = append(points, plotter.XY{X: float64(t+1) * c.Step, Y: float64(s)})
		}
	}
	if len(points) > 0 {
		p.Add(&plotter.Scatter{XYs: points, GlyphStyle: draw.GlyphStyle{Color: color.Gray{Y: 0x20}, Radius: vg.Points(0.9), Shape: draw.BoxGlyph{}}})
	}
	p.X.Min, p.X.Max = 0, float64(max(1, len(c.Spikes)))*c.Step
	p.Y.Min, p.Y.Max = -0.5, float64(c.Visible)-0.5
	p.X.Tick.Marker = plot.TickerFunc(func(lo, hi float64) []plot.Tick {
		ticks := round(lo, hi)
		for k := range ticks {
			ticks[k].Label = ""
		}
		return ticks
	})
	return p
}

// apart returns heights for labels of the rates that order names, largest
// first, moved so that no two are closer than gap and none is below zero.
func apart(rates []float64, order []int, gap float64) []float64 {
	y := make([]float64, len(order))
	for k, a := range order {
		y[k] = rates[a]
		if k > 0 {
			y[k] = min(y[k], y[k-1]-gap)
		}
	}
	for k, floor := len(y)-1, 0.0; k >= 0; k-- {
		y[k] = max(y[k], floor)
		floor = y[k] + gap
	}
	return y
}

// strongest returns the indices of x, largest first, ties by index.
func strongest(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[b], x[a]) })
	return order
}
