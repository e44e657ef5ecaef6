package figure

import (
	"image"

	"gonum.org/v1/plot/vg/draw"
)

// Decomposition draws one stimulus taken apart, as Fig. 1 of Lee & Seung (1999):
// the parts w (r×n), times the hidden rates h as a grid in the same order, equals
// the prediction, next to the stimulus. Prediction and stimulus share one
// scale.
func Decomposition(w, h, prediction, stimulus []float64, height, width int) *Figure {
	const pixels = 470 // about the height of each panel
	return row(decomposed(w, h, prediction, stimulus, height, width, pixels))
}

// decomposed returns the panels of a stimulus taken apart.
func decomposed(w, h, prediction, stimulus []float64, height, width, pixels int) []panelOf {
	parts := partsImage(w, height, width, pixels)
	panel := parts.Rect.Dy()
	cells := newTiling(len(h), 1, 1, panel)
	cells.mag = max(1, min((panel-gutter)/cells.rows-gutter, (parts.Rect.Dx()-gutter)/cells.cols-gutter))
	rates := cells.canvas()
	for a := range h {
		cells.draw(rates, a, h[a:a+1], max(extent(h), 1e-300))
	}
	mag := max(1, (panel-2*gutter)/max(height, width))
	top := largest(prediction, stimulus)
	return []panelOf{
		{parts, "parts", "×"},
		{rates, "hidden rates", "="},
		{framed(prediction, width, mag, top), "prediction", "≈"},
		{framed(stimulus, width, mag, top), "stimulus", ""},
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
func row(panels []panelOf) *Figure { return rows([][]panelOf{panels}, nil) }

// rows returns rows of panels, equal panels below each other, with a title above each
// row where there are titles. A caption stands below the last panel of its column; a
// panel without an image leaves its place empty.
func rows(panels [][]panelOf, titles []string) *Figure {
	const gap, caption, title = 84, 56, 84 // device pixels
	first := panels[0]
	width, height := 2*edge+gap*(len(first)-1), 0
	left := make([]int, len(first))
	for i, p := range first {
		left[i] = edge
		if i > 0 {
			left[i] = left[i-1] + first[i-1].img.Rect.Dx() + gap
		}
		width += p.img.Rect.Dx()
		height = max(height, p.img.Rect.Dy())
	}
	head, pitch := 0, height+edge
	if titles != nil {
		head, pitch = title, height+title
	}
	s := newSheet(width, edge+len(panels)*pitch-edge+edge+caption)
	top := func(k int) int { return edge + k*pitch + head }
	for k, row := range panels {
		for i, p := range row {
			if p.img != nil {
				s.paste(left[i], top(k)+(height-p.img.Rect.Dy())/2, p.img)
			}
		}
	}
	return s.figure(func(c draw.Canvas) {
		for k, row := range panels {
			if titles != nil {
				style := lettering(10, ink)
				style.XAlign = draw.XLeft
				c.FillText(style, s.at(edge, top(k)-title/3), titles[k])
			}
			for i, p := range row {
				wide := first[i].img.Rect.Dx()
				if p.img != nil && (k == len(panels)-1 || panels[k+1][i].img == nil) {
					c.FillText(lettering(9, ink), s.at(left[i]+wide/2, top(k)+height+caption/2), first[i].caption)
				}
				c.FillText(lettering(13, ink), s.at(left[i]+wide+gap/2, top(k)+height/2), p.sign)
			}
		}
	})
}
