package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestNewtonTerms holds the sums of every level, and the predictions that they move, to the formula, for every
// number of elements up to several vectors, with predictions of zero, moves below zero and neighbours that
// must stay as they are.
func TestNewtonTerms(t *testing.T) {
	atEveryLevel(t, func(t *testing.T) { newtonTermsLikeFormula[float32](t, 1e-6) }, func(t *testing.T) { newtonTermsLikeFormula[float64](t, 1e-14) })
}

func newtonTermsLikeFormula[T Float](t *testing.T, eps float64) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := range 45 {
		for _, x := range []T{0, 0.7, -0.4} {
			all := make([]T, n+1)
			v, y, z := make([]T, n), make([]T, n), make([]T, n)
			for k := range n {
				all[k], v[k], y[k], z[k] = T(rng.Float64()), T(rng.Float64()), T(rng.Float64()), T(rng.Float64())
				switch rng.IntN(6) {
				case 0:
					all[k], z[k] = 0, 0
				case 1:
					v[k] = 0
				case 2:
					all[k], z[k] = 0.1, 1 // −0.4 takes it below zero
				}
			}
			all[n] = 77
			p, moved := all[:n], make([]float64, n)
			reached, curved := 0.0, 0.0
			for k := range p {
				moved[k] = max(0, float64(p[k])+float64(x)*float64(z[k]))
				if moved[k] > 0 {
					reached += float64(y[k]) * float64(v[k]) / moved[k]
					curved += float64(y[k]) * float64(y[k]) * float64(v[k]) / moved[k] / moved[k]
				}
			}
			r, c := newtonTerms(p, v, y, x, z)
			for k := range p {
				if math.Abs(float64(p[k])-moved[k]) > eps {
					t.Fatalf("%d elements, x = %v: prediction %d is %v, want %v", n, x, k, p[k], moved[k])
				}
			}
			// A prediction near zero is the difference of two numbers, with their rounding.
			least := 1.0
			for _, q := range moved {
				if q > 0 {
					least = min(least, q)
				}
			}
			if math.Abs(r-reached) > 8*eps/least*(1+reached) || math.Abs(c-curved) > 8*eps/least*(1+curved) {
				t.Fatalf("%d elements, x = %v: %v and %v, want %v and %v", n, x, r, c, reached, curved)
			}
			if all[n] != 77 {
				t.Fatalf("%d elements: the element behind was written to", n)
			}
		}
	}
}

// TestNewtonTermsIgnoreWhatIsTooSmall demands no infinity of predictions that a division would make one of.
func TestNewtonTermsIgnoreWhatIsTooSmall(t *testing.T) {
	atEveryLevel(t, func(*testing.T) {}, func(t *testing.T) {
		p, v, y := []float64{5e-324, 1e-300, 0, 2}, []float64{0, 1, 1, 4}, []float64{1, 1, 1, 3}
		if r, c := newtonTerms(p, v, y, 0, y); r != 6 || c != 9 {
			t.Errorf("%v and %v, want 6 and 9", r, c)
		}
	})
}

// TestNewtonStepStopsShort holds steps for a single term, whose least is known, to the side on which they
// begin, and to a square of the distance near it.
func TestNewtonStepStopsShort(t *testing.T) {
	// s x − v log(q + x y): the least is at x = (v y/s − q)/y.
	for _, c := range []struct{ s, v, q, y, x float64 }{{1, 3, 1, 1, 0}, {1, 3, 1, 1, 0.5}, {1, 3, 1, 1, 9}, {2, 3, 0, 1, 40}, {1, 1, 3, 1, 2}, {1, 3, 1, 1, 2.001}} {
		least := max(0, (c.v*c.y/c.s-c.q)/c.y)
		p := c.q + c.x*c.y
		next := newtonStep(c.x, c.s-c.y*c.v/p, c.y*c.y*c.v/p/p)
		if (next-least)*(c.x-least) < 0 || math.Abs(next-least) > math.Abs(c.x-least) {
			t.Errorf("%+v: a step leads to %v, past %v", c, next, least)
		}
		if d := math.Abs(c.x - least); least > 0 && d < 0.01 && math.Abs(next-least) > d*d {
			t.Errorf("%+v: a step leads to %v, not near %v", c, next, least)
		}
	}
}
