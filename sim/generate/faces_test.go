package generate_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/shared"
	"partsnet/sim/generate"
	"partsnet/sim/stream"
)

func TestFacesAreSumsOfTheirParts(t *testing.T) {
	set, err := generate.Faces{Count: 200, Side: 32}.Generate(context.Background(), stream.New(1, "faces"))
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Validate(); err != nil {
		t.Fatal(err)
	}
	k := len(set.Truth.Names)
	if k != 49 {
		t.Fatalf("%d parts, want 49", k)
	}
	for i := range set.Count {
		want := make([]float64, set.Size)
		for a := range k {
			for j := range want {
				want[j] += set.Truth.Codes[i*k+a] * set.Truth.Parts[a*set.Size+j]
			}
		}
		for j, x := range set.Row(i) {
			if math.Abs(x-want[j]) > 1e-14*(1+want[j]) {
				t.Fatalf("face %d, pixel %d is %v, its parts add to %v", i, j, x, want[j])
			}
		}
	}
	again, _ := generate.Faces{Count: 200, Side: 32}.Generate(context.Background(), stream.New(1, "faces"))
	if !slices.Equal(set.Rates, again.Rates) {
		t.Error("the same stream gave other faces")
	}
}

// TestShares holds the statistics to the published ones: 5.9 % of the entries
// of the parts and 41 % of the pixels are not zero. The second is a mean over
// 2,429 faces with a standard deviation of about 0.06 each, so 0.01 is eight
// standard errors.
func TestShares(t *testing.T) {
	set, err := generate.Faces{Count: 2429, Side: 32}.Generate(context.Background(), stream.New(1999, "faces"))
	if err != nil {
		t.Fatal(err)
	}
	share := func(x []float64) float64 {
		return float64(len(x)-count(x, 0)) / float64(len(x))
	}
	if got := share(set.Truth.Parts); math.Abs(got-0.059) > 0.0005 {
		t.Errorf("%.4f of the parts is not zero, want 0.059", got)
	}
	if got := share(set.Rates); math.Abs(got-0.41) > 0.01 {
		t.Errorf("%.4f of the pixels is not zero, want 0.41", got)
	}
}

func TestCoupledSidesAreEqual(t *testing.T) {
	set, err := generate.Faces{Count: 50, Side: 8, Couple: 1}.Generate(context.Background(), stream.New(1, "faces"))
	if err != nil {
		t.Fatal(err)
	}
	k := len(set.Truth.Names)
	for a, name := range set.Truth.Names {
		left, ok := strings.CutPrefix(name, "right ")
		if !ok {
			continue
		}
		b := slices.Index(set.Truth.Names, "left "+left)
		for i := range set.Count {
			if set.Truth.Codes[i*k+a] != set.Truth.Codes[i*k+b] {
				t.Fatalf("face %d: %s differs from the left", i, name)
			}
		}
	}
}

func TestFacesRefuse(t *testing.T) {
	for want, f := range map[string]generate.Faces{
		"stimulus.count = 0; allowed is an integer from 1": {Count: 0, Side: 32},
		"stimulus.side = 7; allowed is an integer from 8":  {Count: 1, Side: 7},
		"couple = NaN; allowed is":                         {Count: 1, Side: 8, Couple: math.NaN()},
	} {
		if _, err := f.Generate(context.Background(), stream.New(1, "x")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

func count(x []float64, y float64) int {
	n := 0
	for _, z := range x {
		if z == y {
			n++
		}
	}
	return n
}

// TestPartsAgainstReference holds every pixel of the parts to an independent
// drawing of the same equations, to the rounding of exp and of the positions of line ends.
func TestPartsAgainstReference(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "reference", "face-parts-32.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Parts []struct {
			Region, Name string
			Pixels       []int
			Values       []float64
		}
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	set, err := generate.Faces{Count: 1, Side: 32}.Generate(context.Background(), stream.New(1, "faces"))
	if err != nil {
		t.Fatal(err)
	}
	if len(want.Parts) != 49 {
		t.Fatalf("the reference has %d parts", len(want.Parts))
	}
	for a, p := range want.Parts {
		if name := p.Region + ": " + p.Name; set.Truth.Names[a] != name {
			t.Fatalf("part %d is %q, want %q", a, set.Truth.Names[a], name)
		}
		pixels := make([]float64, set.Size)
		for k, j := range p.Pixels {
			pixels[j] = p.Values[k]
		}
		for j, x := range set.Truth.Parts[a*set.Size : (a+1)*set.Size] {
			if math.Abs(x-pixels[j]) > 1e-12 {
				t.Errorf("part %q, pixel %d is %v, want %v", set.Truth.Names[a], j, x, pixels[j])
			}
		}
	}
}
