package generate

import (
	"context"
	"fmt"
	"math/rand/v2"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// Swimmer makes the swimmer of Donoho & Stodden (2004, Advances in Neural Information
// Processing Systems 16): 256 images of a torso with four limbs, each limb in one of
// four positions, in all combinations. They are exactly additive, but the torso is in
// every image, and so cannot be told from the limbs by additivity alone: it may be a
// part of its own, or ride on the four positions of any limb.
type Swimmer struct{}

// Sizes of the swimmer.
const (
	swimmerSide   = 32
	swimmerImages = 256
	limbs         = 4
	limbPositions = 4
	limbLength    = 5
)

// limb is one limb: where it begins at the torso in its four positions, and the
// direction in which it continues.
type limb struct {
	name  string
	start [limbPositions][2]int // row, column
	step  [limbPositions][2]int
}

// swimmerLimbs are the limbs, the one that changes slowest from image to image first.
// Positions are: sideways, upright, and the two slopes.
var swimmerLimbs = [limbs]limb{
	{"upper left", [4][2]int{{9, 13}, {8, 14}, {10, 13}, {8, 13}}, [4][2]int{{0, -1}, {-1, 0}, {1, -1}, {-1, -1}}},
	{"upper right", [4][2]int{{9, 17}, {8, 16}, {10, 17}, {8, 17}}, [4][2]int{{0, 1}, {-1, 0}, {1, 1}, {-1, 1}}},
	{"lower left", [4][2]int{{21, 13}, {22, 14}, {22, 13}, {20, 13}}, [4][2]int{{0, -1}, {1, 0}, {1, -1}, {-1, -1}}},
	{"lower right", [4][2]int{{21, 17}, {22, 16}, {22, 17}, {20, 17}}, [4][2]int{{0, 1}, {1, 0}, {1, 1}, {-1, 1}}},
}

// Describe describes the generator.
func (Swimmer) Describe() Description {
	return Description{Name: "swimmer", Doc: "256 images of a torso with four limbs, each in one of four positions", Parts: "16 limb positions and the torso", Source: "Donoho & Stodden 2004", Example: "swimmer"}
}

// Parameters is empty: there is one swimmer.
func (Swimmer) Parameters() []Parameter { return nil }

// Validate returns nil.
func (Swimmer) Validate() error { return nil }

// Extent is 256 images of 32×32 pixels.
func (Swimmer) Extent() network.Extent {
	const size = swimmerSide * swimmerSide
	return network.DenseExtent(swimmerImages, size)
}

// Generate returns the 256 images with value 1 on 0; no random number is drawn. Image
// 64a + 16b + 4c + d has the limbs in the positions a, b, c and d. The truth holds the
// sixteen limb positions as parts, limb by limb, and the torso last.
func (s Swimmer) Generate(context.Context, *rand.Rand) (*stimulus.Set, error) {
	const size, parts = swimmerSide * swimmerSide, limbs*limbPositions + 1
	truth := &stimulus.Truth{
		Kind: s.Describe().Name, Parts: make([]float64, parts*size), Codes: make([]float64, swimmerImages*parts),
	}
	for l, limb := range swimmerLimbs {
		for p := range limbPositions {
			part := truth.Parts[(l*limbPositions+p)*size:]
			for k := range limbLength {
				part[(limb.start[p][0]+k*limb.step[p][0])*swimmerSide+limb.start[p][1]+k*limb.step[p][1]] = 1
			}
			truth.Names = append(truth.Names, fmt.Sprintf("%s: %d", limb.name, p))
		}
	}
	torso := truth.Parts[(parts-1)*size:]
	for row := 9; row <= 21; row++ {
		torso[row*swimmerSide+15] = 1
	}
	for _, row := range []int{9, 21} {
		torso[row*swimmerSide+14], torso[row*swimmerSide+16] = 1, 1
	}
	truth.Names = append(truth.Names, "torso: 0")

	set := &stimulus.Set{
		Rates: make([]float64, swimmerImages*size), Count: swimmerImages, Size: size, Height: swimmerSide, Width: swimmerSide,
		Truth: truth, Source: fmt.Sprintf("the swimmer, %d images of %d×%d pixels", swimmerImages, swimmerSide, swimmerSide),
	}
	for i := range swimmerImages {
		code := truth.Codes[i*parts : (i+1)*parts]
		for l := range limbs {
			code[l*limbPositions+i>>(2*(limbs-1-l))%limbPositions] = 1
		}
		code[parts-1] = 1
		for k, c := range code {
			if c > 0 {
				for j, x := range truth.Parts[k*size : (k+1)*size] {
					set.Rates[i*size+j] += x
				}
			}
		}
	}
	return set, nil
}
