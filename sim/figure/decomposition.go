package figure

import (
	"fmt"
	"image"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Decomposition draws one stimulus taken apart, as Fig. 1 of Lee & Seung (1999):
// the parts w (r×n), times the hidden rates h as a grid in the same order, equals
// the prediction, next to the stimulus and, where the figure is not narrow, to what
// the prediction leaves of it. Prediction and stimulus share one scale. Without a prediction, where the rule makes none, there are no signs between them.
func Decomposition(look Look, w, h, prediction, stimulus []float64, height, width int) *Figure {
	differs := prediction != nil && (look.Width == 0 || look.Width >= TwoColumns) // there is room for it
	f := look.fitted(panelPixels, func(pixels int) *Figure {
		panels := decomposed(look, w, h, prediction, stimulus, height, width, pixels)
		if differs {
			panels = append(panels, remainder(prediction, stimulus, height, width, panels[0].img.Rect.Dy()))
		}
		return rows([][]panelOf{panels}, nil, look)
	})
	f.notes = append(f.notes, look.ownScales(), inOrder)
	if prediction != nil {
		f.notes = append(f.notes, "Prediction and stimulus share a scale.")
	}
	if differs {
		f.notes = append(f.notes, fmt.Sprintf("Difference: stimulus − prediction, from −%.3[1]g (vermilion) to %.3[1]g (blue).", widest(prediction, stimulus)))
	}
	if prediction == nil {
		f.notes = append(f.notes, "The rule predicts nothing, so that parts times rates are no prediction.")
	}
	return f
}

// inOrder says which neuron a tile belongs to.
const inOrder = "Parts and hidden rates are in one order: hidden neurons from 0, row by row."

// remainder returns the panel of what a prediction leaves of a stimulus.
func remainder(prediction, stimulus []float64, height, width, pixels int) panelOf {
	left := make([]float64, len(stimulus))
	for j, v := range stimulus {
		left[j] = v - prediction[j]
	}
	mag := max(1, (pixels-2*gutter)/max(height, width))
	return panelOf{framed(left, width, mag, widest(prediction, stimulus), balance), "difference", ""}
}

// widest returns the largest difference of a prediction from a stimulus.
func widest(prediction, stimulus []float64) (most float64) {
	for j, v := range stimulus {
		most = max(most, math.Abs(v-prediction[j]))
	}
	return most
}

// panelPixels is about the height of each panel, in device pixels.
const panelPixels = 470

// fitted returns a figure that is made for panels of a number of device pixels: as many as
// its own or, on a width that is asked for, the largest that fit, in the middle of the page.
func (l Look) fitted(own int, make func(pixels int) *Figure) *Figure {
	if l.Width == 0 {
		return make(own)
	}
	width := l.wide(0)
	from, to := 1, 4*own // from fits, or nothing does; to does not
	for to-from > 1 {
		if middle := (from + to) / 2; make(middle).width <= width {
			from = middle
		} else {
			to = middle
		}
	}
	f := make(from)
	if f.width >= width {
		return l.excused(f)
	}
	left := vg.Length(math.Floor(float64((width-f.width)/2/pixel))) * pixel
	return &Figure{width: width, height: f.height, notes: f.notes, draw: func(c draw.Canvas) {
		c.SetColor(paper)
		c.Fill(vg.Rectangle{Max: vg.Point{X: width, Y: f.height}}.Path())
		c.Push()
		c.Translate(vg.Point{X: left})
		f.draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Max: vg.Point{X: f.width, Y: f.height}}})
		c.Pop()
	}}
}

// excused says of a figure that is wider than was asked for why it is.
func (l Look) excused(f *Figure) *Figure {
	if l.Width > 0 && f.width > l.wide(0) {
		f.notes = append(f.notes, fmt.Sprintf("On %d mm there is no room for a point for every synapse: the figure is wider.", l.Width))
	}
	return f
}

// decomposed returns the panels of a stimulus taken apart.
func decomposed(look Look, w, h, prediction, stimulus []float64, height, width, pixels int) []panelOf {
	parts := partsImage(w, height, width, pixels, look.images())
	panel := parts.Rect.Dy()
	cells := newTiling(len(h), 1, 1, panel)
	cells.mag = max(1, min((panel-gutter)/cells.rows-gutter, (parts.Rect.Dx()-gutter)/cells.cols-gutter))
	rates := cells.canvas()
	for a := range h {
		cells.draw(rates, a, h[a:a+1], max(extent(h), 1e-300), shade)
	}
	mag := max(1, (panel-2*gutter)/max(height, width))
	top := largest(prediction, stimulus)
	shown := panelOf{framed(stimulus, width, mag, top, look.images()), "stimulus", ""}
	if prediction == nil {
		return []panelOf{{parts, "parts", ""}, {rates, "hidden rates", ""}, shown}
	}
	return []panelOf{
		{parts, "parts", "×"},
		{rates, "hidden rates", "="},
		{framed(prediction, width, mag, top, look.images()), "prediction", "≈"},
		shown,
	}
}

// edge is the number of device pixels around panels.
const edge = 12

// panelOf is an image, what is written below it, and the sign between it and
// the next.
type panelOf struct {
	img           *image.RGBA
	caption, sign string
}

// row returns panels side by side, centred on one line.
func row(look Look, panels []panelOf) *Figure { return rows([][]panelOf{panels}, nil, look) }

// rows returns rows of panels, equal panels below each other, with a title above each
// row where there are titles. A caption stands below the last panel of its column; a
// panel without an image leaves its place empty.
func rows(panels [][]panelOf, titles []string, look Look) *Figure {
	const ownGap, caption, title = 84, 56, 84 // device pixels
	first := panels[0]
	gap := ownGap
	if look.Width > 0 && look.Width < TwoColumns {
		gap = ownGap / 2
	}
	width, height := 2*edge+gap*(len(first)-1), 0
	left, cell := make([]int, len(first)), make([]int, len(first)) // of columns, as wide as their captions at least
	for i, p := range first {
		cell[i] = max(p.img.Rect.Dx(), int(lettering(least, ink).Width(p.caption)/pixel)+1)
		left[i] = edge
		if i > 0 {
			left[i] = left[i-1] + cell[i-1] + gap
		}
		width += cell[i]
		height = max(height, p.img.Rect.Dy())
	}
	// Captions are as large as their panels have room for, at least as large as can be read.
	size := 9.0
	for i, p := range first {
		room := vg.Length(cell[i]+gap-12) * pixel
		if i == 0 || i == len(first)-1 {
			room = vg.Length(cell[i]+2*edge) * pixel
		}
		size = fitting(size, p.caption, room)
	}
	head, pitch := 0, height+edge
	folds := make([][]string, len(titles))
	if titles != nil {
		style := lettering(10, ink)
		most := 1
		for k, t := range titles {
			room := vg.Length(width-2*edge) * pixel
			if k > 0 && panels[k][len(first)-1].img == nil { // beside the caption of the last column
				last := len(first) - 1
				room = vg.Length(left[last]+cell[last]/2-2*edge)*pixel - lettering(size, ink).Width(first[last].caption)/2
			}
			folds[k] = strings.Split(folded(t, style, room), "\n")
			most = max(most, len(folds[k]))
		}
		head = title + (most-1)*titleLine
		pitch = height + head
	}
	s := newSheet(width, edge+len(panels)*pitch-edge+edge+caption)
	top := func(k int) int { return edge + k*pitch + head }
	for k, row := range panels {
		for i, p := range row {
			if p.img != nil {
				s.paste(left[i]+(cell[i]-p.img.Rect.Dx())/2, top(k)+(height-p.img.Rect.Dy())/2, p.img)
			}
		}
	}
	return s.figure(func(c draw.Canvas) {
		for k, row := range panels {
			style := lettering(10, ink)
			style.XAlign = draw.XLeft
			if titles != nil {
				for i, line := range folds[k] {
					c.FillText(style, s.at(edge, top(k)-title/3-titleLine*(len(folds[k])-1-i)), line)
				}
			}
			for i, p := range row {
				wide := cell[i]
				if p.img != nil && (k == len(panels)-1 || panels[k+1][i].img == nil) {
					c.FillText(lettering(size, ink), s.at(left[i]+wide/2, top(k)+height+caption/2), first[i].caption)
				}
				c.FillText(lettering(13, ink), s.at(left[i]+wide+gap/2, top(k)+height/2), p.sign)
			}
		}
	})
}

// titleLine is the height of a line of a title, in device pixels.
const titleLine = 46

// least is the size of the smallest letters that can be read.
const least = 6.2

// fitting returns the size of letters, at most that one and at least the smallest that can be
// read, at which a text has room.
func fitting(size float64, text string, room vg.Length) float64 {
	if wide := lettering(size, ink).Width(text); wide > room {
		size = max(least, size*float64(room/wide))
	}
	return size
}
