package figure

import (
	"image"

	"gonum.org/v1/plot/vg/draw"
)

// Parts draws the parts (rows of w, each height×width) as a grid as square as
// possible, one hidden neuron a tile, in the order of the rows. Each tile runs
// from white at zero to black at its own largest synapse (red where one is negative); a neuron without
// synapses is crossed out.
func Parts(w []float64, height, width int) *Figure {
	return sheet{partsImage(w, height, width, 1000)}.figure(func(draw.Canvas) {})
}

func partsImage(w []float64, height, width, pixels int) *image.RGBA {
	size := height * width
	t := newTiling(len(w)/size, height, width, pixels)
	img := t.canvas()
	for a := range t.tiles {
		part := w[a*size : (a+1)*size]
		t.draw(img, a, part, extent(part))
	}
	return img
}
