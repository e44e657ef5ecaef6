package figure

import (
	"cmp"
	"fmt"
	"image"
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

	// The visible layer, where stimuli are images: Prediction returns it after a step, 0 for
	// before the first. It is nil where the rule predicts nothing.
	Stimulus      []float64
	Prediction    func(step int) []float64
	Height, Width int

	Spikes  []int // visible neuron that fired at each step; nil for rates
	Visible int
}

// TimeCourse draws how a network comes to its answer to one stimulus: above, where
// stimuli are images, the prediction at some moments and by how much the stimulus differs from it; below, the spikes of the
// visible layer, where there are any, and the hidden rates, the strongest at the end in
// colour with the neuron's number, the rest pale.
func TimeCourse(look Look, c Course) *Figure {
	const rateHeight, rasterHeight, caption, gap, right = 640, 420, 50, 24, 210 // device pixels
	across := 1750
	if look.Width > 0 {
		across = int(look.wide(0) / pixel)
	}
	var plots []*plot.Plot
	heights := []int{}
	if c.Spikes != nil {
		plots, heights = append(plots, c.raster()), append(heights, rasterHeight)
	}
	plots, heights = append(plots, c.rates()), append(heights, rateHeight)
	v := c.visible(look, across-right-edge, caption, gap)
	below := 0
	for _, h := range heights {
		below += h
	}
	s := newSheet(max(across, v.wide+edge+right), v.high+below)
	for _, p := range v.pictures {
		s.paste(p.at.X, p.at.Y, p.img)
	}
	f := s.figure(func(canvas draw.Canvas) {
		v.label(canvas, s)
		y := v.high
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
	if c.Hidden > len(palette) {
		f.notes = append(f.notes, fmt.Sprintf("The %d hidden neurons with the highest rates at the end are in colour.", min(c.named(), len(palette))))
	}
	return f
}

// moving is the visible layer at some moments of a time course.
type moving struct {
	wide, high int // what it covers, in device pixels
	pictures   []picture
	words      []words
	bar        image.Rectangle // scale of the difference; or empty
	most       float64         // of the difference, in full colour
}

// picture is an image with its upper left corner.
type picture struct {
	img *image.RGBA
	at  image.Point
}

// words are a text with the middle of it, or of its left end.
type words struct {
	text  string
	at    image.Point
	align draw.XAlignment
}

// visible places the visible layer at as many moments as have room on a width.
func (c Course) visible(look Look, across, caption, gap int) moving {
	var v moving
	if c.Height == 0 {
		return v
	}
	moments := c.moments()
	const least = 150 // device pixels of a picture, the width of its caption
	for len(moments) > 2 && (across-len(moments)*gap)/(len(moments)+1) < least {
		moments = slices.Delete(moments, 1, 2)
	}
	tile := (across - len(moments)*gap) / (len(moments) + 1)
	mag := max(1, (tile-2*gutter)/max(c.Height, c.Width))
	high, wide := c.Height*mag+2*gutter, c.Width*mag+2*gutter
	pitch := max(wide, least) + gap
	left := func(k int) int { return edge + k*pitch + (pitch-gap-wide)/2 }
	first, second := edge+caption, edge+caption+high+gap
	v.words = append(v.words, words{"stimulus", image.Pt(left(0)+wide/2, first-24), draw.XCenter})
	if c.Prediction == nil {
		v.pictures = []picture{{framed(c.Stimulus, c.Width, mag, largest(c.Stimulus), look.images()), image.Pt(left(0), first)}}
		v.wide, v.high = pitch, first+high+gap
		return v
	}
	var whole, differences [][]float64
	for _, t := range moments {
		p := c.Prediction(t)
		d := slices.Clone(p)
		for j, x := range p {
			d[j] = c.Stimulus[j] - x
		}
		whole, differences = append(whole, p), append(differences, d)
	}
	most := largest(append(whole, c.Stimulus)...)
	v.most = differing(differences, largest(c.Stimulus))
	v.pictures = append(v.pictures, picture{framed(c.Stimulus, c.Width, mag, most, look.images()), image.Pt(left(0), first)})
	for k, t := range moments {
		v.pictures = append(v.pictures,
			picture{framed(whole[k], c.Width, mag, most, look.images()), image.Pt(left(k+1), first)},
			picture{framed(differences[k], c.Width, mag, v.most, balance), image.Pt(left(k+1), second)})
		v.words = append(v.words, words{c.moment(t), image.Pt(left(k+1)+wide/2, first-24), draw.XCenter})
	}
	end := left(len(moments)) + wide + 14
	v.words = append(v.words, words{"prediction", image.Pt(end, first+high/2), draw.XLeft}, words{"difference", image.Pt(end, second+high/2), draw.XLeft})
	// The scale of the differences, with numbers at its ends.
	under := second + high + 34
	ends, style := number(rounded(v.most)), lettering(8.5, ink)
	before := int((style.Width("stimulus − prediction") + style.Width("−"+ends)) / pixel)
	bar := image.Rect(0, 0, 260, 22).Add(image.Pt(left(0)+before+50, under-11))
	img := image.NewRGBA(image.Rectangle{Max: bar.Size()})
	for x := range bar.Dx() {
		for y := range bar.Dy() {
			img.Set(x, y, balance(float64(2*x-bar.Dx()+1), float64(bar.Dx()-1)))
		}
	}
	v.pictures, v.bar = append(v.pictures, picture{img, bar.Min}), bar
	v.words = append(v.words, words{"stimulus − prediction", image.Pt(left(0), under), draw.XLeft},
		words{"−" + ends, image.Pt(bar.Min.X-10, under), draw.XRight}, words{ends, image.Pt(bar.Max.X+10, under), draw.XLeft})
	v.wide, v.high = (len(moments)+1)*pitch-gap, under+30
	return v
}

// rounded returns a number with two digits.
func rounded(x float64) float64 {
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 2, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// moment names a step.
func (c Course) moment(t int) string {
	switch {
	case t == 0:
		return "start"
	case c.Unit == "ms":
		return strconv.FormatFloat(float64(t)*c.Step, 'g', 2, 64) + " ms"
	case t == 1:
		return "1 " + c.Unit
	}
	return strconv.Itoa(t) + " " + c.Unit + "s"
}

// label writes what the pictures are.
func (v moving) label(canvas draw.Canvas, s sheet) {
	for _, w := range v.words {
		style := lettering(8.5, ink)
		style.XAlign = w.align
		canvas.FillText(style, s.at(w.at.X, w.at.Y), w.text)
	}
	if !v.bar.Empty() {
		canvas.SetLineStyle(draw.LineStyle{Color: frame, Width: hairline})
		canvas.Stroke(vg.Rectangle{Min: s.at(v.bar.Min.X, v.bar.Max.Y), Max: s.at(v.bar.Max.X, v.bar.Min.Y)}.Path())
	}
}

// differing returns the difference that is drawn in full colour: one that few are above, so
// that those at the start do not hide the rest, and at most the largest rate of the stimulus.
func differing(differences [][]float64, most float64) float64 {
	all := slices.Concat(differences...)
	for k, x := range all {
		all[k] = math.Abs(x)
	}
	slices.Sort(all)
	top := all[len(all)*98/100]
	if most > 0 {
		top = min(top, most)
	}
	if top == 0 {
		return 1
	}
	return top
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
	order, named := strongest(end), c.named()
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
	var tags tagged
	for k, a := range order[:named] {
		tags = append(tags, tag{plotter.XY{X: p.X.Max, Y: end[a]}, "neuron " + strconv.Itoa(a), k})
	}
	p.Add(tags)
	return p
}

// named returns the number of hidden neurons that have a colour: those that are active.
func (c Course) named() int {
	end := c.Rates[len(c.Rates)-c.Hidden:]
	order, named := strongest(end), 0
	for named < min(c.Hidden, len(palette)) && end[order[named]] > 0 {
		named++
	}
	return named
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
