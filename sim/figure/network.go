package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Settling is the state of a network after some steps of recognition: the hidden
// rates (r), and the prediction (n) fed back from them.
type Settling struct {
	Step          int
	H, Prediction []float64
}

// Circuit is how error units compare stimulus and prediction, in words and numbers.
type Circuit struct {
	Symbol string // of an error unit
	Effect string // how the prediction inhibits it
	Rest   float64
	Error  func(v, p float64) float64
}

// The circuits of error units: by division, 1 says "explained"; by subtraction, 0.
var (
	Divisive = Circuit{"v / p", "by division", 1, func(v, p float64) float64 {
		if p == 0 {
			return 0
		}
		return v / p
	}}
	Subtractive = Circuit{"v − p", "by subtraction", 0, func(v, p float64) float64 { return v - p }}
)

// Network draws the network itself, as Fig. 3 of Lee & Seung (1999): hidden neurons
// above, the darker the higher their rates; below them the prediction p of the visible
// layer, which they make through excitatory synapses, drawn as far as they are strong
// for the chosen hidden neurons, at the most six; error units, which the stimulus v
// excites and the prediction inhibits, and which drive the hidden neurons through the
// same synapses. Below, what the chosen neurons and all others add to the prediction,
// and the states of a recognition from equal rates. Where none is chosen it is the
// three whose rates are highest.
func Network(w, v []float64, states []Settling, chosen []int, circuit Circuit, height, width int) *Figure {
	end := states[len(states)-1]
	if len(chosen) == 0 {
		chosen = strongest(end.H)[:min(3, len(end.H))]
	}
	g := &networkSheet{
		w: w, v: v, h: end.H, prediction: end.Prediction, chosen: chosen[:min(len(palette), len(chosen))],
		circuit: circuit, width: width, mag: max(1, layerPixels/max(height, width)), top: largest(v, end.Prediction),
	}
	g.sheet = newSheet(networkWidth, stripTop+3*stripPitch+edge)
	g.errorTop = 2
	if circuit.Rest == 0 {
		g.errorTop = max(extent(g.errors(states[0].Prediction)), 1e-300)
	}
	draws := []func(c draw.Canvas){g.layers(), g.sum(), g.strip(states)}
	return g.figure(func(c draw.Canvas) {
		for _, draw := range draws {
			draw(c)
		}
	})
}

// The places of what is drawn, in device pixels.
const (
	margin       = 24
	layerPixels  = 400 // of a drawing of the visible layer
	between      = 190 // the layers
	networkWidth = 2*margin + 3*layerPixels + 2*between
	hiddenTop    = 110
	layerTop     = 560
	sumTop       = 1160
	addend       = 250 // at the most, of a drawing in the sum
	stripTop     = 1610
	small        = 190 // of a drawing in the strip
	stripLeft    = margin + 175
	stripPitch   = small + 24
)

// strong is the share of the strongest synapse of a neuron above which a synapse is
// drawn.
const strong = 0.3

// networkSheet is the drawing of a network on its way.
type networkSheet struct {
	sheet
	w, v, h, prediction []float64
	chosen              []int
	circuit             Circuit
	width, mag          int
	top, errorTop       float64
}

// errors returns the error units to a prediction.
func (g *networkSheet) errors(prediction []float64) []float64 {
	out := make([]float64, len(g.v))
	for j := range out {
		out[j] = g.circuit.Error(g.v[j], prediction[j])
	}
	return out
}

// hidden returns the place of a hidden neuron.
func (g *networkSheet) hidden(a int) image.Point {
	pitch := float64(networkWidth-4*margin) / float64(max(1, len(g.h)))
	return image.Pt(2*margin+int((float64(a)+0.5)*pitch), hiddenTop)
}

// layers places hidden neurons, prediction, error units and stimulus, and returns what
// draws the synapses and arrows between them.
func (g *networkSheet) layers() func(c draw.Canvas) {
	x := []int{margin, margin + layerPixels + between, margin + 2*(layerPixels+between)} // prediction, error, stimulus
	prediction := framed(g.prediction, g.width, g.mag, g.top)
	g.paste(x[0], layerTop, prediction)
	g.paste(x[1], layerTop, framed(g.errors(g.prediction), g.width, g.mag, g.errorTop))
	g.paste(x[2], layerTop, framed(g.v, g.width, g.mag, g.top))
	wide, high := prediction.Rect.Dx(), prediction.Rect.Dy()
	return func(c draw.Canvas) {
		g.synapses(c, x[0])
		g.neurons(c)
		text := func(size float64, px, py int, words string) {
			c.FillText(lettering(size, ink), g.at(px, py), words)
		}
		text(9, networkWidth/2, 32, "hidden neurons")
		text(9, x[0]+wide/2, layerTop+high+30, "prediction p = h W")
		text(9, x[1]+wide/2, layerTop+high+30, "error units "+g.circuit.Symbol)
		text(9, x[2]+wide/2, layerTop+high+30, "stimulus v")
		middle := layerTop + high/2
		inhibition, excitation := draw.LineStyle{Color: vermilion, Width: vg.Points(1.5)}, draw.LineStyle{Color: ink, Width: vg.Points(1.5)}
		arrow(c, inhibition, g.at(x[0]+wide+14, middle), g.at(x[1]-14, middle), true)
		arrow(c, excitation, g.at(x[2]-14, middle), g.at(x[1]+wide+14, middle), false)
		arrow(c, excitation, g.at(x[1]+wide/2, layerTop-14), g.at(x[1]+wide/2, hiddenTop+50), false)
		halo(c, lettering(8.5, vermilion), g.at((x[0]+wide+x[1])/2, middle-38), "inhibits")
		halo(c, lettering(8.5, vermilion), g.at((x[0]+wide+x[1])/2, middle+38), g.circuit.Effect)
		text(8.5, (x[1]+wide+x[2])/2, middle-38, "excites")
		for i, words := range []string{"drive, through", "the same synapses"} {
			style := lettering(8.5, ink)
			style.XAlign = draw.XLeft
			halo(c, style, g.at(x[1]+wide/2+20, layerTop-110+44*i), words)
		}
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

// sum places what the chosen neurons and all others add to the prediction.
func (g *networkSheet) sum() func(c draw.Canvas) {
	n, rest := len(g.v), slices.Clone(g.prediction)
	var terms [][]float64
	for _, a := range g.chosen {
		term := make([]float64, n)
		for j, weight := range g.w[a*n : (a+1)*n] {
			term[j] = g.h[a] * weight
			rest[j] = max(0, rest[j]-term[j])
		}
		terms = append(terms, term)
	}
	if len(g.h) > len(g.chosen) {
		terms = append(terms, rest)
	}
	terms = append(terms, g.prediction)
	const gap = 70
	size := min(addend, (networkWidth-2*margin-gap*(len(terms)-1))/len(terms))
	height := n / g.width
	mag := max(1, size/max(height, g.width))
	pitch := (networkWidth - 2*margin - size) / (len(terms) - 1)
	left := func(i int) int { return margin + i*pitch + (size-g.width*mag)/2 }
	for i, term := range terms {
		g.paste(left(i), sumTop, framed(term, g.width, mag, g.top))
	}
	wide, high := g.width*mag+2*gutter, height*mag+2*gutter
	return func(c draw.Canvas) {
		c.FillText(lettering(9, ink), g.at(networkWidth/2, sumTop-42), "parts add up")
		for i := range terms {
			x := left(i)
			label, shade := "prediction", color.Color(ink)
			switch {
			case i < len(g.chosen):
				label, shade = fmt.Sprintf("neuron %d", g.chosen[i]), palette[i]
				c.SetLineStyle(draw.LineStyle{Color: shade, Width: vg.Points(1.5)})
				c.Stroke(vg.Rectangle{Min: g.at(x, sumTop+high), Max: g.at(x+wide, sumTop)}.Path())
			case i < len(terms)-1:
				label = "all others"
			}
			c.FillText(lettering(8.5, shade), g.at(x+wide/2, sumTop+high+28), label)
			if i < len(terms)-1 {
				sign := "+"
				if i == len(terms)-2 {
					sign = "="
				}
				c.FillText(lettering(13, ink), g.at((x+wide+left(i+1))/2, sumTop+high/2), sign)
			}
		}
	}
}

// strip places the states of a recognition, one a column.
func (g *networkSheet) strip(states []Settling) func(c draw.Canvas) {
	r := len(g.h)
	gap := (networkWidth - margin - stripLeft - len(states)*small) / max(1, len(states)-1)
	column := func(k int) int { return stripLeft + k*(small+gap) }
	mag := max(1, (small-2*gutter)/max(len(g.v)/g.width, g.width))
	for k, state := range states {
		cells := newTiling(r, 1, 1, small)
		cells.mag = max(1, (small-gutter)/max(cells.cols, cells.rows)-gutter)
		grid := cells.canvas()
		for a := range r {
			cells.draw(grid, a, state.H[a:a+1], max(largest(g.h), 1e-300))
		}
		for row, img := range []*image.RGBA{grid, framed(state.Prediction, g.width, mag, g.top), framed(g.errors(state.Prediction), g.width, mag, g.errorTop)} {
			g.paste(column(k)+(small-img.Rect.Dx())/2, stripTop+row*stripPitch+(small-img.Rect.Dy())/2, img)
		}
	}
	return func(c draw.Canvas) {
		c.FillText(lettering(9, ink), g.at(networkWidth/2, stripTop-78), "recognition")
		style := lettering(9, ink)
		style.XAlign = draw.XLeft
		for row, words := range [][]string{{"hidden", "rates"}, {"prediction"}, {"error", "units"}} {
			for i, word := range words {
				c.FillText(style, g.at(margin, stripTop+row*stripPitch+small/2+36*i-18*(len(words)-1)), word)
			}
		}
		for k, state := range states {
			c.FillText(lettering(9, ink), g.at(column(k)+small/2, stripTop-28), fmt.Sprintf("step %d", state.Step))
		}
	}
}
