package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Feedback is how a network compares stimulus and prediction: by error units, or, where
// Lateral, without them, by hidden neurons that inhibit each other.
type Feedback struct {
	Symbol  string // of an error unit or, without error units, of the difference
	Effect  string // how the prediction inhibits an error unit
	Rest    float64
	Error   func(v, p float64) float64
	Lateral bool
}

// The kinds of feedback. An error unit that divides is at 1 where the stimulus is
// explained, one that subtracts at 0. Without error units the difference v − p is drawn
// next to the recognition, and not as a neuron.
var (
	Divisive = Feedback{Symbol: "v / p", Effect: "by division", Rest: 1, Error: func(v, p float64) float64 {
		if p == 0 {
			return 0
		}
		return v / p
	}}
	Subtractive = Feedback{Symbol: "v − p", Effect: "by subtraction", Error: func(v, p float64) float64 { return v - p }}
	Competition = Feedback{Symbol: "v − p", Error: func(v, p float64) float64 { return v - p }, Lateral: true}
)

// shading returns how errors are drawn: around 0 in two colours, and where they rest at 1 the
// darker the larger.
func (f Feedback) shading() shading {
	if f.Rest == 0 {
		return balance
	}
	return shade
}

// layers places hidden neurons, prediction, error units and stimulus, and returns what
// draws the synapses and arrows between them.
func (g *networkSheet) layers() func(c draw.Canvas) {
	x := []int{margin, margin + layerPixels + between, margin + 2*(layerPixels+between)} // prediction, error, stimulus
	prediction := framed(g.prediction, g.width, g.mag, g.top, g.look.images())
	for k := range x {
		x[k] += max(0, layerPixels-prediction.Rect.Dx()) / 2 // narrow images stand in the middle
	}
	g.paste(x[0], layerTop, prediction)
	if !g.feedback.Lateral {
		g.paste(x[1], layerTop, framed(g.errors(g.prediction), g.width, g.mag, g.errorTop, g.feedback.shading()))
	}
	g.paste(x[2], layerTop, framed(g.v, g.width, g.mag, g.top, g.look.images()))
	wide, high := prediction.Rect.Dx(), prediction.Rect.Dy()
	return func(c draw.Canvas) {
		g.synapses(c, x[0])
		g.neurons(c)
		text := func(size float64, px, py int, words string) {
			c.FillText(lettering(size, ink), g.at(px, py), words)
		}
		text(9, networkWidth/2, 32, "hidden neurons")
		text(9, x[0]+wide/2, layerTop+high+30, "prediction p = h W")
		text(9, x[2]+wide/2, layerTop+high+30, "stimulus v")
		if g.feedback.Lateral {
			g.competition(c, x[2]+wide/2)
			return
		}
		text(9, x[1]+wide/2, layerTop+high+30, "error units "+g.feedback.Symbol)
		middle := layerTop + high/2
		arrow(c, inhibitory, g.at(x[0]+wide+14, middle), g.at(x[1]-14, middle), true)
		arrow(c, excitatory, g.at(x[2]-14, middle), g.at(x[1]+wide+14, middle), false)
		arrow(c, excitatory, g.at(x[1]+wide/2, layerTop-14), g.at(x[1]+wide/2, hiddenTop+50), false)
		halo(c, lettering(8.5, vermilion), g.at((x[0]+wide+x[1])/2, middle-38), "inhibits")
		halo(c, lettering(8.5, vermilion), g.at((x[0]+wide+x[1])/2, middle+38), g.feedback.Effect)
		text(8.5, (x[1]+wide+x[2])/2, middle-38, "excites")
		g.note(c, x[1]+wide/2+20, layerTop-110, "drive, through", "the same synapses")
	}
}

// The lines of arrows that excite and that inhibit.
var (
	excitatory = draw.LineStyle{Color: ink, Width: vg.Points(1.5)}
	inhibitory = draw.LineStyle{Color: vermilion, Width: vg.Points(1.5)}
)

// note writes lines of text below each other, the first with its left end at x, y.
func (g *networkSheet) note(c draw.Canvas, x, y int, lines ...string) {
	style := lettering(8.5, ink)
	style.XAlign = draw.XLeft
	for i, words := range lines {
		halo(c, style, g.at(x, y+44*i), words)
	}
}

// competition draws what a network without error units has instead: the stimulus, whose
// drawing is at x, excites the hidden neurons, and these inhibit each other, drawn below
// their row for each pair of neighbours among the chosen.
func (g *networkSheet) competition(c draw.Canvas, x int) {
	arrow(c, excitatory, g.at(x, layerTop-14), g.at(x, hiddenTop+50), false)
	g.note(c, x-330, layerTop-140, "excites, through", "the same synapses")
	order := slices.Sorted(slices.Values(g.chosen))
	for k := range len(order) - 1 {
		from, to := g.hidden(order[k]).X, g.hidden(order[k+1]).X
		low := hiddenTop + 64
		c.SetLineStyle(inhibitory)
		c.StrokeLine2(inhibitory, g.at(from+8, low).X, g.at(from+8, low).Y, g.at(to-8, low).X, g.at(to-8, low).Y)
		for _, end := range []int{from + 8, to - 8} {
			arrow(c, inhibitory, g.at(end, low), g.at(end, hiddenTop+24), true)
		}
	}
	style := lettering(8.5, vermilion)
	style.XAlign = draw.XLeft
	for i, words := range []string{"hidden neurons inhibit", "each other; there are", "no error units"} {
		halo(c, style, g.at(margin+layerPixels+between+60, layerTop+layerPixels/2+44*i), words)
	}
}

// synapses draws the synapses of the chosen neurons onto the visible layer, whose
// drawing is at left; the first chosen on top.
func (g *networkSheet) synapses(c draw.Canvas, left int) {
	n := len(g.v)
	for k := len(g.chosen) - 1; k >= 0; k-- {
		a := g.chosen[k]
		part := g.w[a*n : (a+1)*n]
		most := largest(part)
		for j, weight := range part {
			if most == 0 || weight < strong*most {
				continue
			}
			c.SetLineStyle(draw.LineStyle{Color: palette[k], Width: vg.Points(0.1 + 0.4*weight/most)})
			var line vg.Path
			from := g.hidden(a)
			line.Move(g.at(from.X, from.Y))
			line.Line(g.at(left+gutter+j%g.width*g.mag+g.mag/2, layerTop+gutter+j/g.width*g.mag+g.mag/2))
			c.Stroke(line)
		}
	}
}

// neurons draws the hidden neurons, the chosen ones with their numbers.
func (g *networkSheet) neurons(c draw.Canvas) {
	r := len(g.h)
	radius := vg.Length(min(14, max(2, (networkWidth-4*margin)/max(1, r)/2-2))) * pixel
	highest := max(largest(g.h), 1e-300)
	for a := range r {
		at := g.hidden(a)
		var circle vg.Path
		centre := g.at(at.X, at.Y)
		circle.Move(vg.Point{X: centre.X + radius, Y: centre.Y})
		circle.Arc(centre, radius, 0, 2*math.Pi)
		circle.Close()
		c.SetColor(shade(g.h[a], highest))
		c.Fill(circle)
		style := draw.LineStyle{Color: ink, Width: vg.Points(0.5)}
		if k := slices.Index(g.chosen, a); k >= 0 {
			style = draw.LineStyle{Color: palette[k], Width: vg.Points(1.5)}
		}
		c.SetLineStyle(style)
		c.Stroke(circle)
	}
	var places []float64
	for _, a := range g.chosen {
		places = append(places, float64(networkWidth-g.hidden(a).X))
	}
	order := strongest(places) // from the left to the right
	for i, x := range apart(places, order, 56) {
		k := order[i]
		c.FillText(lettering(8.5, palette[k]), g.at(networkWidth-int(x), hiddenTop-40), fmt.Sprint(g.chosen[k]))
	}
}
