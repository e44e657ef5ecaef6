package figure

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Answered is what a network predicts of some stimuli.
type Answered struct {
	Title      string      // such as "intact"
	Parts      []float64   // r×n, of the network that answers
	Lost       []bool      // r, neurons that are silent; nil for none
	Prediction [][]float64 // of each stimulus
}

// Lesion draws answers to images below each other: the parts, those of silent neurons crossed out; the
// stimuli; what is predicted of them, and what that lacks. Stimuli and predictions share a scale for each
// stimulus, and all errors one.
func Lesion(look Look, stimuli [][]float64, answers []Answered, height, width int) *Figure {
	lost, most := false, 0.0
	for _, a := range answers {
		lost = lost || a.Lost != nil
		for i, v := range stimuli {
			most = max(most, widest(a.Prediction[i], v))
		}
	}
	f := look.fitted(panelPixels*3/4, func(pixels int) *Figure { return lesioned(look, stimuli, answers, height, width, pixels, most) })
	if lost {
		f.notes = append(f.notes, "Parts of silent neurons are crossed out.")
	}
	f.notes = append(f.notes, look.ownScales(), "Each stimulus and its predictions have one scale.",
		fmt.Sprintf("Error: stimulus − prediction, from −%.3[1]g (vermilion) to %.3[1]g (blue).", most))
	return f
}

func lesioned(look Look, stimuli [][]float64, answers []Answered, height, width, pixels int, most float64) *Figure {
	t := newTiling(len(stimuli), height, width, pixels)
	top := make([]float64, len(stimuli))
	for i, v := range stimuli {
		top[i] = largest(v)
		for _, a := range answers {
			top[i] = max(top[i], largest(a.Prediction[i]))
		}
	}
	shown := t.canvas()
	for i, v := range stimuli {
		t.draw(shown, i, v, top[i], look.images())
	}
	var panels [][]panelOf
	var titles []string
	for _, a := range answers {
		predicted, lacks := t.canvas(), t.canvas()
		for i, p := range a.Prediction {
			t.draw(predicted, i, p, top[i], look.images())
			left := make([]float64, len(p))
			for j, v := range stimuli[i] {
				left[j] = v - p[j]
			}
			paint(lacks, t.corner(i), left, t.width, t.mag, most, balance)
		}
		panels = append(panels, []panelOf{{partsWithout(look, a, height, width, pixels), "parts", ""}, {shown, "stimuli", ""}, {predicted, "prediction", ""}, {lacks, "error", ""}})
		titles = append(titles, a.Title)
	}
	return rows(panels, titles, look)
}

// partsWithout returns the parts as tiles, those of silent neurons framed and crossed out.
func partsWithout(look Look, a Answered, height, width, pixels int) *image.RGBA {
	t := newTiling(len(a.Parts)/(height*width), height, width, pixels*3/2) // they are many
	img := t.canvas()
	tiles(img, t, a.Parts, look.images())
	for k, lost := range a.Lost {
		if lost {
			t.border(img, k, vermilion)
			strike(img, t, k, vermilion)
		}
	}
	return img
}

// strike crosses tile a out.
func strike(img *image.RGBA, t tiling, a int, c color.Color) {
	at := t.corner(a)
	for x := range t.width * t.mag {
		y := x * t.height / t.width
		for d := range 2 {
			img.Set(at.X+x, at.Y+min(y+d, t.height*t.mag-1), c)
			img.Set(at.X+t.width*t.mag-1-x, at.Y+min(y+d, t.height*t.mag-1), c)
		}
	}
}

// LesionProfile draws answers to a stimulus that is no image as curves over the visible neurons.
func LesionProfile(look Look, stimulus []float64, answers []Answered, visible Counted) *Figure {
	p := newPlot(visible.Label, "rate")
	points := func(x []float64) (xys plotter.XYs) {
		for j, v := range x {
			xys = append(xys, plotter.XY{X: float64(j), Y: v})
		}
		return xys
	}
	last := float64(len(stimulus) - 1)
	p.Add(curve(points(stimulus), -1, 4))
	top := largest(stimulus)
	var names tagged
	for k, a := range answers {
		x := a.Prediction[0]
		top = max(top, largest(x))
		p.Add(curve(points(x), k%len(palette), 3-float64(k)))
		names = append(names, tag{plotter.XY{X: last, Y: x[len(x)-1]}, a.Title, k % len(palette)})
	}
	p.Add(names)
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = 0, math.Max(1, last), 0, max(1e-300, 1.05*top)
	f := &Figure{width: look.wide(120), height: 6 * vg.Centimeter, draw: func(c draw.Canvas) {
		p.Draw(draw.Crop(c, vg.Points(4), vg.Points(-8), vg.Points(4), vg.Points(-8)))
	}}
	f.notes = append(f.notes, "Grey: the stimulus.")
	return f
}
