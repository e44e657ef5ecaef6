package figure

import (
	"fmt"
	"image"
	"image/color"
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

// Network draws the network itself, as Fig. 3 of Lee & Seung (1999): hidden neurons
// above, the darker the higher their rates; below them the prediction p of the visible
// layer, which they make through excitatory synapses, drawn as far as they are strong
// for the chosen hidden neurons, at most six; error units, which the stimulus v excites
// and the prediction inhibits, and which drive the hidden neurons through the same
// synapses. A network without error units is drawn as it is: the stimulus excites the
// hidden neurons, and these inhibit each other. Below, what the chosen neurons and all others add to the prediction,
// and the states of a recognition from equal rates. Where none is chosen it is the
// three whose rates are highest.
func Network(look Look, w, v []float64, states []Settling, chosen []int, feedback Feedback, height, width int) *Figure {
	end := states[len(states)-1]
	if len(chosen) == 0 {
		chosen = strongest(end.H)[:min(3, len(end.H))]
	}
	g := &networkSheet{
		look: look,
		w:    w, v: v, h: end.H, prediction: end.Prediction, chosen: chosen[:min(len(palette), len(chosen))],
		feedback: feedback, width: width, mag: max(1, layerPixels/max(height, width)), top: largest(v, end.Prediction),
	}
	g.sheet = newSheet(networkWidth, stripTop+3*stripPitch+edge)
	g.errorTop = 2
	if feedback.Rest == 0 {
		g.errorTop = max(extent(g.errors(states[0].Prediction)), 1e-300)
	}
	draws := []func(c draw.Canvas){g.layers(), g.sum(), g.strip(states)}
	f := g.figure(func(c draw.Canvas) {
		for _, draw := range draws {
			draw(c)
		}
	})
	f.notes = []string{fmt.Sprintf("Errors are grey where the prediction equals the stimulus, and black from %v on.", g.errorTop)}
	if feedback.Rest == 0 {
		f.notes = []string{fmt.Sprintf("Blue: the stimulus exceeds the prediction, orange: the prediction exceeds the stimulus, in full colour from %s on.", number(rounded(g.errorTop)))}
	}
	return f
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
	addend       = 250 // maximum, of a drawing in the sum
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
	look                Look
	w, v, h, prediction []float64
	chosen              []int
	feedback            Feedback
	width, mag          int
	top, errorTop       float64
}

// errors returns the error units to a prediction.
func (g *networkSheet) errors(prediction []float64) []float64 {
	out := make([]float64, len(g.v))
	for j := range out {
		out[j] = g.feedback.Error(g.v[j], prediction[j])
	}
	return out
}

// hidden returns the place of a hidden neuron.
func (g *networkSheet) hidden(a int) image.Point {
	pitch := float64(networkWidth-4*margin) / float64(max(1, len(g.h)))
	return image.Pt(2*margin+int((float64(a)+0.5)*pitch), hiddenTop)
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
		g.paste(left(i), sumTop, framed(term, g.width, mag, g.top, g.look.images()))
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
			cells.draw(grid, a, state.H[a:a+1], max(largest(g.h), 1e-300), shade)
		}
		for row, img := range []*image.RGBA{grid, framed(state.Prediction, g.width, mag, g.top, g.look.images()), framed(g.errors(state.Prediction), g.width, mag, g.errorTop, g.feedback.shading())} {
			g.paste(column(k)+(small-img.Rect.Dx())/2, stripTop+row*stripPitch+(small-img.Rect.Dy())/2, img)
		}
	}
	return func(c draw.Canvas) {
		c.FillText(lettering(9, ink), g.at(networkWidth/2, stripTop-78), "recognition")
		style := lettering(9, ink)
		style.XAlign = draw.XLeft
		errors := []string{"error", "units"}
		if g.feedback.Lateral {
			errors = []string{"difference", g.feedback.Symbol}
		}
		for row, words := range [][]string{{"hidden", "rates"}, {"prediction"}, errors} {
			for i, word := range words {
				c.FillText(style, g.at(margin, stripTop+row*stripPitch+small/2+36*i-18*(len(words)-1)), word)
			}
		}
		for k, state := range states {
			c.FillText(lettering(9, ink), g.at(column(k)+small/2, stripTop-28), fmt.Sprintf("step %d", state.Step))
		}
	}
}
