package figure

import (
	"fmt"
	"image"
	"math"

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
// layer, which they make through excitatory synapses, drawn for the strongest few of
// them; error units, which the stimulus v excites and the prediction inhibits, and
// which drive the hidden neurons through the same synapses. Below, the states of a
// recognition from equal rates.
func Network(w, v []float64, states []Settling, circuit Circuit, height, width int) *Figure {
	const (
		edge     = 24
		panel    = 400 // device pixels of a drawing of the visible layer
		between  = 190
		hiddenY  = 110
		layerY   = 560
		stripY   = 1190
		small    = 190
		named    = 3 // hidden neurons whose synapses are drawn
		strong   = 0.3
		left     = 175 // of the strip
		sheetTop = 40
	)
	end := states[len(states)-1]
	r, n := len(end.H), len(v)
	mag := max(1, panel/max(height, width))
	top := largest(v, end.Prediction)
	sheetWidth := 2*edge + 3*panel + 2*between
	gap := (sheetWidth - 2*edge - left - len(states)*small) / max(1, len(states)-1)
	s := newSheet(sheetWidth, stripY+3*(small+24)+70)
	x := []int{edge, edge + panel + between, edge + 2*(panel+between)} // prediction, error, stimulus
	errors := func(p []float64) []float64 {
		out := make([]float64, n)
		for j := range out {
			out[j] = circuit.Error(v[j], p[j])
		}
		return out
	}
	errorTop := 2.0
	if circuit.Rest == 0 {
		errorTop = max(extent(errors(states[0].Prediction)), 1e-300)
	}
	prediction := framed(end.Prediction, width, mag, top)
	s.paste(x[0], layerY, prediction)
	s.paste(x[1], layerY, framed(errors(end.Prediction), width, mag, errorTop))
	s.paste(x[2], layerY, framed(v, width, mag, top))
	wide, high := prediction.Rect.Dx(), prediction.Rect.Dy()

	tile := max(1, small/max(height, width))
	column := func(k int) int { return edge + left + k*(small+gap) }
	for k, state := range states {
		cells := newTiling(r, 1, 1, small)
		cells.mag = max(1, (small-gutter)/max(cells.cols, cells.rows)-gutter)
		grid := cells.canvas()
		for a := range r {
			cells.draw(grid, a, state.H[a:a+1], max(largest(end.H), 1e-300))
		}
		s.paste(column(k), stripY, grid)
		s.paste(column(k), stripY+small+24, framed(state.Prediction, width, tile, top))
		s.paste(column(k), stripY+2*(small+24), framed(errors(state.Prediction), width, tile, errorTop))
	}
	hidden := func(a int) image.Point {
		pitch := float64(sheetWidth-4*edge) / float64(max(1, r))
		return image.Pt(2*edge+int((float64(a)+0.5)*pitch), hiddenY)
	}
	radius := s.at(min(14, max(2, (sheetWidth-4*edge)/max(1, r)/2-2)), s.Rect.Dy()).X
	order := strongest(end.H)
	return s.figure(func(c draw.Canvas) {
		text := func(size float64, px, py int, words string) {
			c.FillText(lettering(size, ink), s.at(px, py), words)
		}
		for k := min(named, r) - 1; k >= 0; k-- {
			a := order[k]
			part := w[a*n : (a+1)*n]
			most := largest(part)
			for j, weight := range part {
				if most == 0 || weight < strong*most {
					continue
				}
				c.SetLineStyle(draw.LineStyle{Color: palette[k], Width: vg.Points(0.1 + 0.4*weight/most)})
				from := hidden(a)
				to := image.Pt(x[0]+gutter+j%width*mag+mag/2, layerY+gutter+j/width*mag+mag/2)
				var line vg.Path
				line.Move(s.at(from.X, from.Y))
				line.Line(s.at(to.X, to.Y))
				c.Stroke(line)
			}
		}
		highest := max(largest(end.H), 1e-300)
		for a := range r {
			at := hidden(a)
			var circle vg.Path
			centre := s.at(at.X, at.Y)
			circle.Move(vg.Point{X: centre.X + radius, Y: centre.Y})
			circle.Arc(centre, radius, 0, 2*math.Pi)
			circle.Close()
			c.SetColor(shade(end.H[a], highest))
			c.Fill(circle)
			style := draw.LineStyle{Color: ink, Width: vg.Points(0.5)}
			for k := range min(named, r) {
				if order[k] == a {
					style = draw.LineStyle{Color: palette[k], Width: vg.Points(1.5)}
					halo(c, lettering(8.5, palette[k]), s.at(at.X, at.Y-40), fmt.Sprint(a))
				}
			}
			c.SetLineStyle(style)
			c.Stroke(circle)
		}
		text(9, sheetWidth/2, sheetTop-8, "hidden neurons")
		text(9, x[0]+wide/2, layerY+high+30, "prediction p = h W")
		text(9, x[1]+wide/2, layerY+high+30, "error units "+circuit.Symbol)
		text(9, x[2]+wide/2, layerY+high+30, "stimulus v")

		middle := layerY + high/2
		inhibition, excitation := draw.LineStyle{Color: vermilion, Width: vg.Points(1.5)}, draw.LineStyle{Color: ink, Width: vg.Points(1.5)}
		arrow(c, inhibition, s.at(x[0]+wide+14, middle), s.at(x[1]-14, middle), true)
		arrow(c, excitation, s.at(x[2]-14, middle), s.at(x[1]+wide+14, middle), false)
		arrow(c, excitation, s.at(x[1]+wide/2, layerY-14), s.at(x[1]+wide/2, hiddenY+50), false)
		halo(c, lettering(8.5, vermilion), s.at((x[0]+wide+x[1])/2, middle-38), "inhibits")
		halo(c, lettering(8.5, vermilion), s.at((x[0]+wide+x[1])/2, middle+38), circuit.Effect)
		text(8.5, (x[1]+wide+x[2])/2, middle-34, "excites")
		for i, words := range []string{"drive, through", "the same synapses"} {
			style := lettering(8.5, ink)
			style.XAlign = draw.XLeft
			halo(c, style, s.at(x[1]+wide/2+20, layerY-110+44*i), words)
		}

		for row, words := range []string{"hidden rates", "prediction", "error units"} {
			style := lettering(9, ink)
			style.XAlign = draw.XLeft
			for i, word := range splitWords(words) {
				c.FillText(style, s.at(edge, stripY+row*(small+24)+small/2-18+36*i), word)
			}
		}
		for k, state := range states {
			step := fmt.Sprintf("step %d", state.Step)
			text(9, column(k)+small/2, stripY-28, step)
		}
		text(9, sheetWidth/2, stripY-78, "recognition")
	})
}

// halo writes a text on white, where lines would cross it.
func halo(c draw.Canvas, style draw.TextStyle, at vg.Point, text string) {
	box := style.Rectangle(text).Add(at)
	margin := vg.Points(1)
	c.SetColor(paper)
	c.Fill(vg.Rectangle{Min: vg.Point{X: box.Min.X - margin, Y: box.Min.Y - margin}, Max: vg.Point{X: box.Max.X + margin, Y: box.Max.Y + margin}}.Path())
	c.FillText(style, at, text)
}

// splitWords parts a text of one or two words.
func splitWords(text string) []string {
	for k, letter := range text {
		if letter == ' ' {
			return []string{text[:k], text[k+1:]}
		}
	}
	return []string{text}
}

// arrow draws a line whose end is an arrow head or, where it inhibits, a bar.
func arrow(c draw.Canvas, style draw.LineStyle, from, to vg.Point, inhibits bool) {
	c.StrokeLine2(style, from.X, from.Y, to.X, to.Y)
	length := vg.Length(math.Hypot(float64(to.X-from.X), float64(to.Y-from.Y)))
	dx, dy := (to.X-from.X)/length, (to.Y-from.Y)/length
	size := vg.Points(4)
	if inhibits {
		c.StrokeLine2(style, to.X-dy*size, to.Y+dx*size, to.X+dy*size, to.Y-dx*size)
		return
	}
	var head vg.Path
	head.Move(to)
	head.Line(vg.Point{X: to.X - 2*dx*size - dy*size, Y: to.Y - 2*dy*size + dx*size})
	head.Line(vg.Point{X: to.X - 2*dx*size + dy*size, Y: to.Y - 2*dy*size - dx*size})
	head.Close()
	c.SetColor(style.Color)
	c.Fill(head)
}
