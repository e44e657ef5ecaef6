package generate

import (
	"context"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"partsnet/network"
	"partsnet/sim/stimulus"
)

// TestDrawsAreThoseOfTheLibraries draws from the same stream as the library does: the same
// numbers, or in the tails and for the gamma distribution the same to rounding, from the
// same number of draws.
func TestDrawsAreThoseOfTheLibraries(t *testing.T) {
	ours, theirs := rand.New(rand.NewPCG(1, 2)), rand.New(rand.NewPCG(1, 2))
	others := 0
	for k := range 1_000_000 {
		x, y := normal(ours), theirs.NormFloat64()
		if x != y {
			others++
		}
		if math.Abs(x-y) > 1e-15*math.Abs(y) || x != y && math.Abs(x) < tail {
			t.Fatalf("normal draw %d is %v, not %v", k, x, y)
		}
	}
	t.Logf("%d of a million normal draws have another last digit", others)
	for _, shape := range []float64{2, 4, 17.5} {
		library := distuv.Gamma{Alpha: shape, Beta: shape, Src: theirs}
		for k := range 100_000 {
			if x, y := gamma(ours, shape), library.Rand(); math.Abs(x-y) > 1e-14*y {
				t.Fatalf("gamma draw %d of shape %v is %v, not %v", k, shape, x, y)
			}
		}
	}
}

// TestSameStimuliOnEveryMachine holds generated stimuli to bits. It is run on amd64 and,
// emulated, on arm64, whose compiler fuses multiplications with additions.
func TestSameStimuliOnEveryMachine(t *testing.T) {
	engine, err := network.In("float64")
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string]interface {
		Generate(ctx context.Context, rng *rand.Rand) (*stimulus.Set, error)
	}{
		"faces, 14e49b23f6ea527a":   Faces{Count: 300, Side: 32},
		"coupled, 9b1751148182e9c6": Faces{Count: 300, Side: 17, Couple: 0.5},
		"squares, 10ba1d87452ecebb": Squares{Count: 300, Probability: 0.3, Contrast: 0.5},
		"swimmer, 778707562c9a7fa0": Swimmer{},
		"topics, e77da4f81a5ea762":  Topics{Count: 300},
		"bars, 82ea3f8185eb928d":    Bars{Count: 300, Positions: 8, Width: 1, VerticalWidth: 1, Step: 1, Noise: 0.1, Combine: Combinations[0], Orientations: Orientations[0]},
	} {
		set, err := g.Generate(context.Background(), rand.New(rand.NewPCG(5, 6)))
		if err != nil {
			t.Fatal(err)
		}
		var held stimulus.Held
		if set.Counts != nil {
			held, err = engine.Counts(set.Counts)
		} else {
			held, err = engine.Dense(set.Count, set.Size, set.Rates)
		}
		if err != nil {
			t.Fatal(err)
		}
		got := stimulus.Checksum(held)[:16]
		if !strings.HasSuffix(name, ", "+got) {
			t.Errorf("%s: bits %s", name, got)
		}
	}
}
