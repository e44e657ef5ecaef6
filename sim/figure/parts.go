package figure

import (
	"image"
	"strconv"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Parts draws the parts (rows of w, each height×width) as a grid as square as
// possible, one hidden neuron a tile with its number above it, in the order of the rows. Each tile runs
// from white at zero to black at its own largest synapse (red where one is negative), or from black to
// white; a neuron without synapses is crossed out.
func Parts(look Look, w []float64, height, width int) *Figure {
	pixels := 1000
	if look.Width > 0 {
		pixels = look.room(len(w)/(height*width), 0)
	}
	t := newTiling(len(w)/(height*width), height, width, pixels)
	numbered := t.number()
	img := t.canvas()
	tiles(img, t, w, look.images())
	s := newSheet(max(img.Rect.Dx(), int(look.wide(0)/pixel)), img.Rect.Dy())
	left := (s.Rect.Dx() - img.Rect.Dx()) / 2
	s.paste(left, 0, img)
	f := s.figure(func(c draw.Canvas) { t.write(c, s, left, 0) })
	f.notes = append(look.excused(f).notes, look.ownScales())
	if !numbered {
		f.notes = append(f.notes, "Numbers are those of the first hidden neuron of a row.")
	}
	return f
}

// room returns the number of device pixels that are left for the values of a number of tiles
// on the width that is asked for, besides gutters and a margin.
func (l Look) room(count, margin int) int {
	cols := newTiling(count, 1, 1, 0).cols
	return int(l.wide(0)/pixel) - margin - (cols+1)*gutter
}

// ownScales says how each part is shaded.
func (l Look) ownScales() string {
	if l.Light {
		return "Each part has its own scale, from black at zero to white at its strongest synapse."
	}
	return "Each part has its own scale, from white at zero to black at its strongest synapse."
}

// numberSize is the size of the number of a tile, and numberStrip the height of the strip in
// which it stands, in device pixels.
const (
	numberSize  = 6
	numberStrip = 30
)

// number makes room for a number above each tile, or else, where a tile is too narrow, for one
// above the first of a row, and reports which.
func (t *tiling) number() bool {
	widest := lettering(numberSize, ink).Width(strconv.Itoa(t.tiles - 1))
	t.strip = numberStrip
	return widest+2 <= vg.Length(t.width*t.mag)*pixel
}

// write writes the numbers of tiles that are pasted on a sheet at x, y.
func (t tiling) write(c draw.Canvas, s sheet, x, y int) {
	style := lettering(numberSize, ink)
	style.XAlign = draw.XLeft
	every := t.cols
	if t.number() {
		every = 1
	}
	for a := 0; a < t.tiles; a += every {
		at := t.corner(a)
		p := s.at(x+at.X, y+at.Y-gutter-numberStrip/2+2)
		c.FillText(style, p, strconv.Itoa(a))
	}
}

// tiles draws the parts into tiles.
func tiles(img *image.RGBA, t tiling, w []float64, how shading) {
	size := t.height * t.width
	for a := range t.tiles {
		part := w[a*size : (a+1)*size]
		t.draw(img, a, part, extent(part), how)
	}
}

// partsImage returns the parts as tiles without numbers.
func partsImage(w []float64, height, width, pixels int, how shading) *image.RGBA {
	t := newTiling(len(w)/(height*width), height, width, pixels)
	img := t.canvas()
	tiles(img, t, w, how)
	return img
}
