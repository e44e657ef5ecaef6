package figure

import (
	"fmt"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Seen is one stimulus that is not an image and what a network makes of it.
type Seen struct {
	H, Prediction, Stimulus []float64 // r, n, n; Prediction is nil where the rule predicts nothing
	Explained               []float64 // n, share of the variance of each visible neuron over all stimuli; or nil
	Visible                 Counted
}

// Profile draws one stimulus that is not an image: above, the hidden rates; below, for each
// visible neuron its rate (bar) and the prediction (line), and the share of its variance over
// all stimuli that the predictions explain.
func Profile(look Look, p Seen) *Figure {
	const margin, tall, gap, head = vg.Length(6), vg.Length(96), vg.Length(16), vg.Length(6)
	width := look.wide(TwoColumns)
	hidden := Counted{Label: "hidden neuron", Count: len(p.H)}
	scales := []scale{scaleTo(p.H), scaleTo(p.Stimulus, p.Prediction)}
	if p.Explained != nil {
		s := scale{0, 1.04}
		for _, x := range p.Explained {
			if x < 0 {
				s.low = -1
			}
		}
		scales = append(scales, s)
	}
	left := vg.Length(0)
	for _, s := range scales {
		left = max(left, s.room(tall))
	}
	wide := width - 2*margin - left
	above, names := hidden.label(wide), p.Visible.label(wide)
	panels := vg.Length(len(scales))
	height := head + panels*(tall+gap) + above.room + labelSize + 8 + names.room + labelSize + 8
	notes := append(names.notes(p.Visible), p.undefined()...)
	return &Figure{width: width, height: height, notes: notes, draw: func(c draw.Canvas) {
		blank(c)
		box := func(top vg.Length) vg.Rectangle {
			return vg.Rectangle{Min: vg.Point{X: margin + left, Y: top - tall}, Max: vg.Point{X: width - margin, Y: top}}
		}
		x, centre := margin, margin+left+wide/2
		top := height - head - gap
		text(c, labelSize, x, top+8, "hidden rate")
		scales[0].bars(c, box(top), p.H, palette[0])
		scales[0].beside(c, box(top))
		above.below(c, box(top), hidden.Count)
		centred(c, labelSize, centre, top-tall-above.room-3, hidden.Label)

		top -= tall + above.room + labelSize + 8 + gap
		key(c, x, top+8, p.Prediction != nil)
		scales[1].bars(c, box(top), p.Stimulus, pale)
		if p.Prediction != nil {
			scales[1].steps(c, box(top), p.Prediction)
		}
		scales[1].beside(c, box(top))
		if p.Explained != nil {
			top -= tall + gap
			text(c, labelSize, x, top+8, "share of the variance over all stimuli that is explained")
			scales[2].bars(c, box(top), p.Explained, palette[2])
			scales[2].beside(c, box(top))
		}
		names.below(c, box(top), p.Visible.Count)
		centred(c, labelSize, centre, top-tall-names.room-3, p.Visible.Label)
	}}
}

// undefined says where there is no share of the variance, and where it is below the axis.
func (p Seen) undefined() (notes []string) {
	constant, worse := 0, 0
	for _, x := range p.Explained {
		switch {
		case x != x:
			constant++
		case x < -1:
			worse++
		}
	}
	if constant > 0 {
		notes = append(notes, fmt.Sprintf("The rate of %d of %d visible neurons is the same in all stimuli: there is no variance to explain.", constant, len(p.Explained)))
	}
	if worse > 0 {
		notes = append(notes, fmt.Sprintf("The axis ends above the bars of %d visible neurons.", worse))
	}
	return notes
}

// key explains bars and lines.
func key(c draw.Canvas, x, y vg.Length, predicts bool) {
	style := lettering(labelSize, ink)
	c.SetColor(pale)
	c.Fill(vg.Rectangle{Min: vg.Point{X: x, Y: y - 3}, Max: vg.Point{X: x + 7, Y: y + 3}}.Path())
	text(c, labelSize, x+10, y, "stimulus")
	if predicts {
		x += 10 + style.Width("stimulus") + 12
		c.StrokeLine2(draw.LineStyle{Color: vermilion, Width: vg.Points(1.5)}, x, y, x+9, y)
		text(c, labelSize, x+12, y, "prediction")
	}
}

// steps draws a level for each value.
func (s scale) steps(c draw.Canvas, box vg.Rectangle, values []float64) {
	pitch := box.Size().X / vg.Length(len(values))
	width := vg.Points(1.5)
	if pitch < touching {
		width = vg.Points(0.5)
	}
	style := draw.LineStyle{Color: vermilion, Width: width}
	for i, v := range values {
		x, y, half := box.Min.X+(vg.Length(i)+0.5)*pitch, s.y(box, v), min(pitch, 1.25*barWidth(pitch))/2
		c.StrokeLine2(style, x-half, y, x+half, y)
	}
}
