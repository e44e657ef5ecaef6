// Package generate makes stimuli whose parts are known.
//
// # Faces
//
// A generated face is the sum of a few of 49 parts in ten regions: in each
// region at most one variant, with its own intensity. Values are
// darkness, as ink on paper. Because no part is always present and intensities
// vary, the parts can be told apart from the stimuli alone: here a network can
// be right or wrong.
//
//	V = C × parts      C m×49 intensities, parts 49×side²
package generate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Faces says what faces to make.
type Faces struct {
	Count  int     // number of faces, ≥ 1; the paper's set has 2,429
	Side   int     // pixels along each side, 8 to 512; default 32
	Couple float64 // probability that the right side copies the left, 0 to 1; default 0
}

// Describe describes the generator.
func (Faces) Describe() Description {
	return Description{Name: "faces", Doc: "faces that are sums of parts with intensities of their own", Parts: "49 parts in ten regions of a face", Example: "faces"}
}

// Parameters are the number of faces, their side and how often the sides are coupled.
func (f *Faces) Parameters() []Parameter {
	return []Parameter{
		count(&f.Count),
		{Key: "stimulus.side", Doc: "side length in pixels of a generated face", Value: &f.Side, Low: 8, High: 512},
		{Key: "stimulus.couple", Doc: "probability that a region of the right half of a generated face copies its counterpart on the left", Value: &f.Couple, High: 1},
	}
}

// Validate returns an error for the first parameter that is out of range.
func (f Faces) Validate() error { return inRange(&f) }

// Extent is Count×Side².
func (f Faces) Extent() network.Extent {
	return network.DenseExtent(f.Count, f.Side*f.Side)
}

// intensityShape is the shape of the gamma distribution of intensities, with
// mean 1 and so a standard deviation of 1/√shape = 0.5.
const intensityShape = 4

// Generate draws the faces. The same stream gives the same faces.
func (f Faces) Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	parts := Parts()
	size := f.Side * f.Side
	truth := &stimulus.Truth{Kind: f.Describe().Name, Codes: make([]float64, f.Count*len(parts))}
	for _, p := range parts {
		truth.Parts = append(truth.Parts, raster(p.draw, f.Side)...)
		truth.Names = append(truth.Names, p.Region+": "+p.Name)
	}
	set := &stimulus.Set{
		Rates: make([]float64, f.Count*size), Count: f.Count, Size: size, Height: f.Side, Width: f.Side,
		Source: fmt.Sprintf("generated faces, %d of %d×%d pixels", f.Count, f.Side, f.Side), Truth: truth,
	}
	for i := range f.Count {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		code := truth.Codes[i*len(parts) : (i+1)*len(parts)]
		f.drawCode(rng, parts, code)
		row := set.Row(i)
		for k, c := range code {
			if c == 0 {
				continue
			}
			for j, x := range truth.Parts[k*size : (k+1)*size] {
				row[j] += float64(c * x)
			}
		}
	}
	return set, nil
}

// drawCode chooses the parts of one face and their intensities.
func (f Faces) drawCode(rng *rand.Rand, parts []Part, code []float64) {
	start := map[string]int{} // first part of each region already drawn
	for first := 0; first < len(parts); {
		region := parts[first].Region
		next := first
		for next < len(parts) && parts[next].Region == region {
			next++
		}
		start[region] = first
		left, isRight := strings.CutPrefix(region, "right ")
		if isRight && rng.Float64() < f.Couple {
			from := start["left "+left]
			copy(code[first:next], code[from:from+next-first])
		} else if rng.Float64() < presence[region] {
			code[first+rng.IntN(next-first)] = gamma(rng, intensityShape)
		}
		first = next
	}
}
