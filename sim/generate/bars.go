package generate

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Names of what bars can be asked to do.
var (
	// Combinations say what two bars make where they cross: "or" one, as ink covers
	// ink (the bars of Földiák), "add" their sum.
	Combinations = []string{"or", "add"}
	// Orientations of bars: horizontal and vertical ones in every image ("both"), in
	// every image one of the two ("one"), or diagonals of both directions as well
	// ("diagonal"), which continue at the opposite edge, so that all have one length.
	Orientations = []string{"both", "one", "diagonal"}
)

// Bars says what images of bars to make: the problem of Földiák (1990, Biol. Cybern.
// 64:165–170), with the variants of Spratling (2006, J. Mach. Learn. Res. 7:793–815).
// Each bar is a part. Where a variant of the literature leaves its geometry open, the
// one here is a choice: double width is Width 2, quadruple width Width 4, double
// overlap Width 2 with Step 1, unequal widths VerticalWidth 2.
type Bars struct {
	Count         int     // number of images, ≥ 1
	Positions     int     // bars of one orientation, 2 to 64; default 8
	Combine       string  // one of Combinations
	Orientations  string  // one of Orientations
	Probability   float64 // of each bar, 0.001 to 1; 0 for that which makes two bars an image in the mean, 1/Positions for "both"
	Number        int     // bars in every image; 0 for a random number
	Width         int     // pixels across a bar, 1 to 16; default 1
	VerticalWidth int     // pixels across a vertical bar; 0 for Width
	Step          int     // pixels from one bar to the next parallel one; 0 for its width
	Noise         float64 // standard deviation of Gaussian noise on every pixel, 0 to 1; what falls below 0 becomes 0
}

// Dominances are how many times a part's weights must exceed those on another bar to
// represent it: see [measure.Bars].
const (
	dominance        = 2
	dominanceOverlap = 1.5 // where parallel bars share pixels
)

// Describe describes the generator.
func (Bars) Describe() Description {
	return Description{Name: "bars", Doc: "images of bars that cross", Parts: "the bars", Source: "Földiák 1990; variants of Spratling 2006", Example: "bars"}
}

// Parameters are the number of images, and what is asked of bars.
func (b *Bars) Parameters() []Parameter {
	return []Parameter{
		count(&b.Count),
		{Key: "bars.positions", Doc: "number of bars of each orientation", Value: &b.Positions, Low: 2, High: 64},
		{Key: "bars.combine", Doc: "rate of a pixel where bars cross: that of one bar (\"or\") or the sum (\"add\")", Value: &b.Combine, Options: Combinations},
		{Key: "bars.orientations", Doc: "orientations of bars: horizontal and vertical (\"both\"), one of the two in each image (\"one\"), or diagonal as well (\"diagonal\")", Value: &b.Orientations, Options: Orientations},
		{Key: "bars.probability", Doc: "probability of each bar, 0.001 or more; 0 uses the probability that gives two bars per image on average. Blank images are drawn again", Value: &b.Probability, High: 1},
		{Key: "bars.number", Doc: "number of bars in every image; 0 draws the number at random", Value: &b.Number, High: 256},
		{Key: "bars.width", Doc: "width of a bar in pixels", Value: &b.Width, Low: 1, High: 16},
		{Key: "bars.vertical-width", Doc: "width of a vertical bar in pixels; 0 uses bars.width", Value: &b.VerticalWidth, High: 16},
		{Key: "bars.step", Doc: "distance in pixels between neighbouring parallel bars, which overlap if it is less than bars.width; 0 uses bars.width", Value: &b.Step, High: 32},
		{Key: "bars.noise", Doc: "standard deviation of the Gaussian noise added to every pixel; negative results become 0", Value: &b.Noise, High: 1},
	}
}

// Validate returns an error for the first parameter that is out of range or does not fit the
// others.
func (b Bars) Validate() error {
	if err := inRange(&b); err != nil {
		return err
	}
	switch {
	case b.Orientations == "diagonal" && (b.Width != 1 || b.VerticalWidth > 1 || b.Step > 1):
		return errors.New("bars.orientations = \"diagonal\"; allowed with it is bars.width = 1, bars.vertical-width = 0 and bars.step = 0")
	case b.Number > b.present():
		return fmt.Errorf("bars.number = %d; allowed is 0 to %d, the largest number of bars in an image", b.Number, b.present())
	case b.Probability != 0 && b.Probability < 0.001:
		return fmt.Errorf("bars.probability = %v; allowed is 0 and 0.001 to 1", b.Probability)
	}
	return nil
}

// Extent is Count images of [Bars.Shape].
func (b Bars) Extent() network.Extent {
	height, width := b.Shape()
	return network.DenseExtent(b.Count, height*width)
}

// present is the number of bars that may be in one image.
func (b Bars) present() int {
	return map[string]int{"both": 2, "one": 1, "diagonal": 4}[b.Orientations] * b.Positions
}

// Shape returns the height and width of an image.
func (b Bars) Shape() (height, width int) {
	extent := func(across int) int {
		step := b.Step
		if step == 0 {
			step = across
		}
		return (b.Positions-1)*step + across
	}
	return extent(b.Width), extent(b.vertical())
}

func (b Bars) vertical() int {
	if b.VerticalWidth == 0 {
		return b.Width
	}
	return b.VerticalWidth
}

// Generate draws the images. An image without a bar is drawn again. The truth holds
// the bars as parts, those that are present with code 1. The same stream gives the
// same images.
func (b Bars) Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error) {
	if err := b.Validate(); err != nil {
		return nil, err
	}
	height, width := b.Shape()
	size := height * width
	truth := b.truth(height, width)
	bars := len(truth.Names)
	truth.Codes = make([]float64, b.Count*bars)
	set := &stimulus.Set{
		Rates: make([]float64, b.Count*size), Count: b.Count, Size: size, Height: height, Width: width, Truth: truth,
		Source: fmt.Sprintf("generated bars, %d images of %d×%d pixels, crossings %q", b.Count, height, width, b.Combine),
	}
	for i := range b.Count {
		if err := ended(ctx); err != nil {
			return nil, err
		}
		code := truth.Codes[i*bars : (i+1)*bars]
		for !b.drawCode(rng, code) {
		}
		row := set.Row(i)
		for k, c := range code {
			if c == 0 {
				continue
			}
			for j, x := range truth.Parts[k*size : (k+1)*size] {
				if b.Combine == "or" {
					row[j] = max(row[j], x)
				} else {
					row[j] += x
				}
			}
		}
		if b.Noise > 0 {
			for j := range row {
				row[j] = max(0, row[j]+float64(b.Noise*normal(rng)))
			}
		}
	}
	return set, nil
}

// truth draws every bar alone.
func (b Bars) truth(height, width int) *stimulus.Truth {
	t := &stimulus.Truth{Kind: b.Describe().Name, Dominance: dominance}
	if b.Step > 0 && b.Step < max(b.Width, b.vertical()) {
		t.Dominance = dominanceOverlap
	}
	add := func(name string, k int, inside func(y, x int) bool) {
		for y := range height {
			for x := range width {
				if inside(y, x) {
					t.Parts = append(t.Parts, 1)
				} else {
					t.Parts = append(t.Parts, 0)
				}
			}
		}
		t.Names = append(t.Names, fmt.Sprintf("%s: %d", name, k))
	}
	covers := func(k, across, at int) bool {
		step := b.Step
		if step == 0 {
			step = across
		}
		return at >= k*step && at < k*step+across
	}
	for k := range b.Positions {
		add("horizontal", k, func(y, _ int) bool { return covers(k, b.Width, y) })
	}
	for k := range b.Positions {
		add("vertical", k, func(_, x int) bool { return covers(k, b.vertical(), x) })
	}
	if b.Orientations == "diagonal" {
		p := b.Positions
		for k := range p {
			add("falling", k, func(y, x int) bool { return (x-y+p)%p == k })
		}
		for k := range p {
			add("rising", k, func(y, x int) bool { return (x+y)%p == k })
		}
	}
	return t
}

// drawCode chooses the bars of one image, and reports whether there is one.
func (b Bars) drawCode(rng *rand.Rand, code []float64) bool {
	clear(code)
	if b.Orientations == "one" {
		if rng.Float64() < 0.5 {
			code = code[b.Positions:]
		} else {
			code = code[:b.Positions]
		}
	}
	if b.Number > 0 {
		for _, k := range rng.Perm(len(code))[:b.Number] {
			code[k] = 1
		}
		return true
	}
	p := b.Probability
	if p == 0 {
		p = 2 / float64(len(code))
	}
	any := false
	for k := range code {
		if rng.Float64() < p {
			code[k], any = 1, true
		}
	}
	return any
}
