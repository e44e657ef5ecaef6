package generate

import (
	"context"
	"fmt"
	"math/rand/v2"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Squares says what images of squares to make, the problem of Spratling (2006,
// J. Mach. Learn. Res. 7:793–815): in an image of 6×6 pixels there are 16 squares of
// 3×3 pixels, one at each place, of which some are present and lie one on another in a
// random order. What is covered is not visible: the image is not the sum of its parts.
type Squares struct {
	Count       int     // number of images, ≥ 1
	Probability float64 // of each square, 0.001 to 1; default 0.1
	Contrast    float64 // c, 0 to 1: each square of an image has its own rate between 1 − c and 1; default 0
}

// The sides of an image and of a square, and the number of places along a side.
const (
	squaresSide  = 6
	squareSide   = 3
	squarePlaces = squaresSide - squareSide + 1
)

// squareDominance is how many times the weights inside a square must exceed those
// outside for a part to represent it: see [measure.Squares].
const squareDominance = 3

// Describe describes the generator.
func (Squares) Describe() Description {
	return Description{Name: "squares", Doc: "images of squares that cover each other", Parts: "16 squares", Source: "Spratling 2006"}
}

// Parameters are the number of images, how many squares they show and how dark these are.
func (s *Squares) Parameters() []Parameter {
	return []Parameter{
		count(&s.Count),
		{Key: "squares.probability", Doc: "probability of each of the 16 squares. Blank images are drawn again", Value: &s.Probability, Low: 0.001, High: 1},
		{Key: "squares.contrast", Doc: "each square of an image has a rate drawn uniformly between 1 − contrast and 1", Value: &s.Contrast, High: 1},
	}
}

// Validate returns an error for the first parameter that is out of range.
func (s Squares) Validate() error { return inRange(&s) }

// Extent is Count images of 6×6 pixels.
func (s Squares) Extent() network.Extent {
	const size = squaresSide * squaresSide
	return network.DenseExtent(s.Count, size)
}

// Generate draws the images. An image without a square is drawn again. The truth holds
// the squares as parts and their darkness as codes. The same stream gives the same
// images.
func (s Squares) Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	const size, squares = squaresSide * squaresSide, squarePlaces * squarePlaces
	truth := &stimulus.Truth{
		Kind: s.Describe().Name, Dominance: squareDominance,
		Parts: make([]float64, squares*size), Codes: make([]float64, s.Count*squares),
	}
	for k := range squares {
		top, left := k/squarePlaces, k%squarePlaces
		for d := range squareSide * squareSide {
			truth.Parts[k*size+(top+d/squareSide)*squaresSide+left+d%squareSide] = 1
		}
		truth.Names = append(truth.Names, fmt.Sprintf("square: %d,%d", top, left))
	}
	set := &stimulus.Set{
		Rates: make([]float64, s.Count*size), Count: s.Count, Size: size, Height: squaresSide, Width: squaresSide, Truth: truth,
		Source: fmt.Sprintf("generated squares, %d images of %d×%d pixels", s.Count, squaresSide, squaresSide),
	}
	for i := range s.Count {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		code := truth.Codes[i*squares : (i+1)*squares]
		for any := false; !any; {
			for k := range code {
				if code[k] = 0; rng.Float64() < s.Probability {
					code[k], any = 1-float64(s.Contrast*rng.Float64()), true
				}
			}
		}
		row := set.Row(i)
		for _, k := range rng.Perm(squares) { // the last lies on top
			if code[k] == 0 {
				continue
			}
			for j, x := range truth.Parts[k*size : (k+1)*size] {
				if x > 0 {
					row[j] = code[k]
				}
			}
		}
	}
	return set, nil
}
