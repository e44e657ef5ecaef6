package measure

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestHoyerByHand(t *testing.T) {
	tests := []struct {
		x    []float64
		want float64
		ok   bool
	}{
		{[]float64{1, 1, 1, 1}, 0, true},
		{[]float64{0, 7, 0, 0}, 1, true},
		{[]float64{3, 4, 0, 0}, 0.6, true}, // (2 − 7/5)/(2 − 1)
		{[]float64{0, 0}, 0, false},
		{[]float64{5}, 0, false},
	}
	for _, tt := range tests {
		got, ok := Hoyer(tt.x)
		if ok != tt.ok || math.Abs(got-tt.want) > 1e-15 {
			t.Errorf("Hoyer(%v) = %v, %v; want %v, %v", tt.x, got, ok, tt.want, tt.ok)
		}
	}
	l := &Learned{W: []float64{1, 1, 0, 0, 0, 3}, Visible: 2, Hidden: 3}
	if got, ok := ofParts(Hoyer)(l); !ok || math.Abs(got-0.5) > 1e-15 {
		t.Errorf("mean %v, %v; want 0.5: a row of zeros is left out", got, ok)
	}
}

// TestAssignAgainstAllPermutations compares with trying everything.
func TestAssignAgainstAllPermutations(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 300 {
		rows, cols := 1+rng.IntN(6), 1+rng.IntN(6)
		score := make([]float64, rows*cols)
		for i := range score {
			score[i] = rng.Float64()
		}
		var best func(i int, used uint) float64
		best = func(i int, used uint) float64 {
			if i == rows {
				return 0
			}
			most := 0.0
			if rows > cols {
				most = best(i+1, used)
			}
			for j := range cols {
				if used>>j&1 == 0 {
					most = max(most, score[i*cols+j]+best(i+1, used|1<<j))
				}
			}
			return most
		}
		got, seen := 0.0, map[int]bool{}
		for i, j := range assign(score, rows, cols) {
			if j < 0 {
				continue
			}
			if seen[j] {
				t.Fatalf("column %d is matched twice", j)
			}
			seen[j] = true
			got += score[i*cols+j]
		}
		if len(seen) != min(rows, cols) || math.Abs(got-best(0, 0)) > 1e-12 {
			t.Fatalf("%d×%d: %d pairs with %v, want %d with %v", rows, cols, len(seen), got, min(rows, cols), best(0, 0))
		}
	}
}

func TestRecoverFindsShuffledParts(t *testing.T) {
	truth := []float64{1, 0, 0, 0, 2, 0, 0, 0, 3}
	learned := []float64{0, 0, 5, 4, 0, 0, 1, 1, 1, 0, 0, 0}
	rec := Recover(truth, learned, 3)
	if rec.Recovered != 2 || rec.Neuron[0] != 1 || rec.Neuron[1] != 2 || rec.Neuron[2] != 0 {
		t.Errorf("got %+v", rec)
	}
	if want := (2 + 1/math.Sqrt(3)) / 3; math.Abs(rec.MeanCosine-want) > 1e-15 {
		t.Errorf("mean cosine %v, want %v", rec.MeanCosine, want)
	}
}

// TestErrorsAreDeclared asks that measures which do not say that they are computed from an
// error never ask for it, and that the others ask for that which they say.
func TestErrorsAreDeclared(t *testing.T) {
	for _, m := range Table() {
		var asked []string
		l := NewLearned(Learned{
			W: []float64{1, 0, 0, 2}, H: RatesOf([]float64{1, 2, 3, 4}, 2), Stimuli: 2, Visible: 2, Hidden: 2,
			Divergence:    func() float64 { asked = append(asked, "poisson"); return 1 },
			SquaredErrors: func() float64 { asked = append(asked, "gaussian"); return 1 },
		})
		m.Of(l)
		if got := strings.Join(asked, " "); got != m.Error {
			t.Errorf("%s asks for the error %q; it says %q", m.Name, got, m.Error)
		}
	}
}
