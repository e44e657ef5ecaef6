package figure

import (
	"image"

	"gonum.org/v1/plot/vg/draw"
)

// Decomposition draws one stimulus taken apart, as Fig. 1 of Lee & Seung (1999):
// the parts w (r×n), times the hidden rates h as a grid in the same order, equals
// the prediction; beside it the stimulus. Prediction and stimulus share one
// scale.
func Decomposition(w, h, prediction, stimulus []float64, height, width int) *Figure {
	const pixels = 470 // about the height of each panel
	parts := partsImage(w, height, width, pixels)
	panel := parts.Rect.Dy()
	cells := newTiling(len(h), 1, 1, panel)
	cells.mag = max(1, min((panel-gutter)/cells.rows-gutter, (parts.Rect.Dx()-gutter)/cells.cols-gutter))
	rates := cells.canvas()
	for a := range h {
		cells.draw(rates, a, h[a:a+1], max(largest(h), 1e-300))
	}
	mag := max(1, (panel-2*gutter)/max(height, width))
	top := largest(prediction, stimulus)
	return row([]panelOf{
		{parts, "parts", "×"},
		{rates, "hidden rates", "="},
		{framed(prediction, width, mag, top), "prediction", "≈"},
		{framed(stimulus, width, mag, top), "stimulus", ""},
	})
}

// panelOf is an image, what is written below it, and the sign between it and
// the next.
type panelOf struct {
	img           *image.RGBA
	caption, sign string
}

// row returns panels side by side, centred on one line.
func row(panels []panelOf) *Figure {
	const gap, edge, caption = 84, 12, 56 // device pixels
	width, height := 2*edge+gap*(len(panels)-1), 0
	for _, p := range panels {
		width += p.img.Rect.Dx()
		height = max(height, p.img.Rect.Dy())
	}
	s := newSheet(width, edge+height+caption)
	left := make([]int, len(panels))
	for i, p := range panels {
		left[i] = edge
		if i > 0 {
			left[i] = left[i-1] + panels[i-1].img.Rect.Dx() + gap
		}
		s.paste(left[i], edge+(height-p.img.Rect.Dy())/2, p.img)
	}
	return s.figure(func(c draw.Canvas) {
		for i, p := range panels {
			wide := p.img.Rect.Dx()
			c.FillText(lettering(9, ink), s.at(left[i]+wide/2, edge+height+caption/2), p.caption)
			c.FillText(lettering(13, ink), s.at(left[i]+wide+gap/2, edge+height/2), p.sign)
		}
	})
}
