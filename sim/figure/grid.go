package figure

import (
	"image"
	"image/color"
	"math"
)

const gutter = 2 // device pixels between tiles

var (
	paper = color.Gray{Y: 0xff}
	frame = color.Gray{Y: 0xb0}
)

// Parts draws the parts (rows of w, each height×width) as a grid that is as
// square as possible, one hidden neuron a tile. Each tile runs from white at
// zero to black at its own largest synapse; a neuron without synapses is crossed
// out.
func Parts(w []float64, height, width int) *image.Gray {
	size := height * width
	r := len(w) / size
	cols := int(math.Ceil(math.Sqrt(float64(r))))
	rows := (r + cols - 1) / cols
	mag := magnification(max(height*rows, width*cols), 900)
	g := newCanvas(cols*(width*mag+gutter)+gutter, rows*(height*mag+gutter)+gutter)
	for a := range r {
		x := gutter + a%cols*(width*mag+gutter)
		y := gutter + a/cols*(height*mag+gutter)
		tile(g, x, y, w[a*size:(a+1)*size], height, width, mag)
	}
	return g
}

// Decomposition draws one stimulus taken apart, from left to right: the
// stimulus, its encoding h as a grid in the order of [Parts], and the
// reconstruction. Stimulus and reconstruction share one scale.
func Decomposition(stimulus, h, reconstruction []float64, height, width int) *image.Gray {
	const side, gap = 320, 40
	mag := max(1, side/max(height, width))
	cols := int(math.Ceil(math.Sqrt(float64(len(h)))))
	rows := (len(h) + cols - 1) / cols
	cell := max(1, side/cols)
	code := make([]float64, rows*cols)
	copy(code, h)
	wide, high := width*mag, height*mag
	g := newCanvas(2*wide+cols*cell+2*gap+2*gutter, max(high, rows*cell)+2*gutter)
	for i := range g.Pix {
		g.Pix[i] = paper.Y
	}
	top := largest(stimulus, reconstruction)
	middle := func(h int) int { return (g.Rect.Dy() - h) / 2 }
	tileTo(g, gutter, middle(high), stimulus, height, width, mag, top)
	tileTo(g, gutter+wide+gap, middle(rows*cell), code, rows, cols, cell, largest(code))
	tileTo(g, gutter+wide+gap+cols*cell+gap, middle(high), reconstruction, height, width, mag, top)
	return g
}

// Raster draws hidden rates h (stimuli×r) with one neuron a row and one stimulus
// a column, all on one scale.
func Raster(h []float64, r int) *image.Gray {
	m := len(h) / r
	mag := magnification(max(r, m), 900)
	g := newCanvas(m*mag+2*gutter, r*mag+2*gutter)
	turned := make([]float64, len(h))
	for i := range m {
		for a := range r {
			turned[a*m+i] = h[i*r+a]
		}
	}
	tileTo(g, gutter, gutter, turned, r, m, mag, largest(h))
	return g
}

func magnification(pixels, target int) int { return max(1, target/pixels) }

func newCanvas(width, height int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, width, height))
	for i := range g.Pix {
		g.Pix[i] = frame.Y
	}
	return g
}

func tile(g *image.Gray, x0, y0 int, v []float64, height, width, mag int) {
	top := largest(v)
	tileTo(g, x0, y0, v, height, width, mag, top)
	if top == 0 {
		for k := range min(height, width) * mag {
			g.SetGray(x0+k*width/min(height, width), y0+k*height/min(height, width), frame)
		}
	}
}

// tileTo draws v (height×width) magnified, black at top and above.
func tileTo(g *image.Gray, x0, y0 int, v []float64, height, width, mag int, top float64) {
	for y := range height * mag {
		for x := range width * mag {
			g.SetGray(x0+x, y0+y, shade(v[y/mag*width+x/mag], top))
		}
	}
}

// shade maps 0 to white and top to black, linearly.
func shade(v, top float64) color.Gray {
	if top == 0 {
		return paper
	}
	return color.Gray{Y: uint8(255 - math.Round(255*min(1, max(0, v/top))))}
}

func largest(xs ...[]float64) float64 {
	top := 0.0
	for _, x := range xs {
		for _, v := range x {
			top = max(top, v)
		}
	}
	return top
}
