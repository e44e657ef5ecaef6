package learning_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"os"
	"testing"

	"partsnet/internal/shared"
	"partsnet/learning"
)

// TestReferenceProjection holds the projection to the reference, to 10⁻¹² of the length
// of the vector, which is 1.
func TestReferenceProjection(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "reference", "dense-12x20.json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Cases []struct {
			X, Result []float64
			K1        float64
		} `json:"hoyer_projection"`
	}
	if err := json.Unmarshal(data, &ref); err != nil {
		t.Fatal(err)
	}
	if len(ref.Cases) == 0 {
		t.Fatal("no cases")
	}
	for i, c := range ref.Cases {
		learning.Project(c.X, c.K1)
		for j, x := range c.X {
			if math.Abs(x-c.Result[j]) > 1e-12 {
				t.Errorf("case %d, entry %d: %v, want %v", i, j, x, c.Result[j])
			}
		}
	}
}

// TestProjectionKeepsWhatItPromises looks at sum, length and sign, for vectors of any
// sign, at the ends of the range of sparseness too.
func TestProjectionKeepsWhatItPromises(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 8))
	for range 2000 {
		n := 1 + rng.IntN(40)
		root := math.Sqrt(float64(n))
		sparseness := []float64{0, 1, rng.Float64()}[rng.IntN(3)]
		want := root - (root-1)*sparseness
		x := make([]float64, n)
		for j := range x {
			x[j] = []float64{0, rng.NormFloat64(), 1}[rng.IntN(3)]
		}
		x[rng.IntN(n)] += 1e-3 // all alike at sparseness above zero has no nearest point
		learning.Project(x, want)
		sum, squares := 0.0, 0.0
		for _, y := range x {
			if y < 0 {
				t.Fatalf("n = %d, sparseness %v: %v is negative", n, sparseness, y)
			}
			sum, squares = sum+y, squares+y*y
		}
		// Sums of n numbers of order one, a root and a quotient: some n·2⁻⁵². Near
		// sparseness one the root of a small difference loses half of the digits.
		if math.Abs(sum-want) > 1e-7 || math.Abs(squares-1) > 1e-7 {
			t.Fatalf("n = %d, sparseness %v: sum %v, want %v; squares %v, want 1", n, sparseness, sum, want, squares)
		}
	}
}
