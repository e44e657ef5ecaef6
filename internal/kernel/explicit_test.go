package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestExplicitErrorUnits holds the error units that are stored to their formulas, for
// sizes around every edge and at every level.
func TestExplicitErrorUnits(t *testing.T) {
	atEveryLevel(t, explicitErrorUnits[float32], explicitErrorUnits[float64])
}

func explicitErrorUnits[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 12))
	for _, s := range shapes() {
		v, h, w := draw[T](rng, s.rows*s.n), draw[T](rng, s.rows*s.r), draw[T](rng, s.r*s.n)
		if s.rows == 0 || s.r == 0 || s.n == 0 {
			continue
		}
		clear(h[:s.r]) // a stimulus of which nothing is predicted
		p := NewSynapses[T](s.r, s.n, serially)
		p.Load(w)
		p.PackPanels()
		const by = 0.25
		quotient, residual, damped := make([]T, s.rows*s.n), make([]T, s.rows*s.n), make([]T, s.rows*s.n)
		Quotient(quotient, v, h, s.rows, p)
		Residual(residual, v, h, s.rows, p)
		DampedQuotient(damped, v, h, s.rows, p, by)
		for i := range s.rows {
			for j := range s.n {
				k, predicted := i*s.n+j, 0.0
				for a := range s.r {
					predicted += float64(h[i*s.r+a]) * float64(w[a*s.n+j])
				}
				x := float64(v[k])
				q := 0.0
				if predicted != 0 {
					q = x / predicted
				}
				// A sum of r terms of one sign is right to r roundings; a quotient adds one.
				tolerance := float64(s.r+3) * epsilon[T]()
				for name, pair := range map[string][2]float64{
					"quotient": {float64(quotient[k]), q}, "damped quotient": {float64(damped[k]), x / (by + predicted)},
				} {
					if math.Abs(pair[0]-pair[1]) > tolerance*pair[1] {
						t.Fatalf("%+v: %s (%d, %d) is %v, want %v", s, name, i, j, pair[0], pair[1])
					}
				}
				if got := float64(residual[k]); math.Abs(got-(x-predicted)) > tolerance*(x+predicted) {
					t.Fatalf("%+v: residual (%d, %d) is %v, want %v", s, i, j, got, x-predicted)
				}
			}
		}
	}
}

// TestSpectralBound demands a bound that is one, and that is close: for matrices whose
// largest eigenvalue is known, and for overlaps of random parts against many steps of the
// power method, which approach it from below.
func TestSpectralBound(t *testing.T) {
	for _, tt := range []struct {
		g    []float64
		r    int
		want float64
	}{
		{[]float64{0}, 1, 0}, {[]float64{3}, 1, 3}, {[]float64{1, 1, 1, 1}, 2, 2}, {[]float64{2, 0, 0, 1}, 2, 2}, {make([]float64, 9), 3, 0},
	} {
		if got := SpectralBound(tt.g, tt.r); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("%v: %v, want %v", tt.g, got, tt.want)
		}
	}
	rng := rand.New(rand.NewPCG(2, 2))
	for _, r := range []int{1, 2, 5, 49, 150} {
		const n = 40
		w, g := draw[float64](rng, r*n), make([]float64, r*r)
		for a := range r {
			for b := range r {
				g[a*r+b] = Dot(w[a*n:(a+1)*n], w[b*n:(b+1)*n])
			}
		}
		x, rayleigh := make([]float64, r), 0.0
		for a := range x {
			x[a] = 1
		}
		for range 500 {
			y, norm := make([]float64, r), 0.0
			rayleigh = 0
			for a := range y {
				y[a] = Dot(g[a*r:(a+1)*r], x)
				rayleigh += y[a] * x[a]
				norm += y[a] * y[a]
			}
			xx := Dot(x, x)
			rayleigh /= xx
			for a := range x {
				x[a] = y[a] / math.Sqrt(norm)
			}
		}
		if got := SpectralBound(g, r); got < rayleigh*(1-1e-12) || got > rayleigh*1.01 {
			t.Errorf("r = %d: bound %v of an eigenvalue of at least %v; want it no lower, and within a hundredth", r, got, rayleigh)
		}
	}
}
