package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestKernelsAgainstFormulas compares every kernel with its formula, element by
// element, at sizes around the four rows that a sweep adds at once, with zeros
// among stimuli, rates and synapses. A sum of k products is right to
// (k+2)·2⁻⁵³ relative, all terms being ≥ 0.
func TestKernelsAgainstFormulas(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	draw := func(k int) []float64 {
		x := make([]float64, k)
		for i := range x {
			if rng.IntN(4) > 0 {
				x[i] = rng.ExpFloat64()
			}
		}
		return x
	}
	sizes := []int{0, 1, 2, 3, 4, 5, 7, 8, 9}
	for _, rows := range sizes {
		for _, r := range sizes[1:] {
			for _, n := range sizes[1:] {
				v, h, w := draw(rows*n), draw(rows*r), draw(r*n)
				syn, scratch := NewSynapses[float64](r, n), NewScratch[float64](r, n)
				syn.Load(w)
				p, q := make([]float64, rows*n), make([]float64, rows*n)
				for i := range p {
					for a := range r {
						p[i] += h[i/n*r+a] * w[a*n+i%n]
					}
					if p[i] != 0 {
						q[i] = v[i] / p[i]
					}
				}
				sum := func(k int, term func(l int) float64) float64 {
					s := 0.0
					for l := range k {
						s += term(l)
					}
					return s
				}
				check := func(name string, got []float64, cols, terms int, want func(i, j int) float64) {
					t.Helper()
					for i, x := range got {
						y := want(i/cols, i%cols)
						if math.Abs(x-y) > float64(terms+8)*0x1p-52*y {
							t.Fatalf("%s, %d rows, r %d, n %d: entry %d is %v, want %v", name, rows, r, n, i, x, y)
						}
					}
				}
				got := make([]float64, rows*n)
				Predict(got, h, rows, syn)
				check("Predict", got, n, r, func(i, j int) float64 { return p[i*n+j] })
				drive := make([]float64, rows*r)
				PoissonDrive(drive, v, h, rows, syn, scratch)
				check("PoissonDrive", drive, r, r+n, func(i, a int) float64 {
					return sum(n, func(j int) float64 { return q[i*n+j] * w[a*n+j] })
				})
				GaussianDrive(drive, v, rows, syn)
				check("GaussianDrive", drive, r, n, func(i, a int) float64 {
					return sum(n, func(j int) float64 { return v[i*n+j] * w[a*n+j] })
				})
				c := make([]float64, r*n)
				PoissonCorrelate(c, v, h, rows, syn, scratch)
				check("PoissonCorrelate", c, n, r+rows, func(a, j int) float64 {
					return sum(rows, func(i int) float64 { return h[i*r+a] * q[i*n+j] })
				})
				clear(c)
				Correlate(c, h, v, rows, r, n)
				check("Correlate", c, n, rows, func(a, j int) float64 {
					return sum(rows, func(i int) float64 { return h[i*r+a] * v[i*n+j] })
				})
				g := make([]float64, r*r)
				syn.Overlap(g)
				check("Overlap", g, r, n, func(a, b int) float64 {
					return sum(n, func(j int) float64 { return w[a*n+j] * w[b*n+j] })
				})
			}
		}
	}
}

// TestDriveDoesNotDependOnGrouping demands the same bits for a stimulus alone
// and among others.
func TestDriveDoesNotDependOnGrouping(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	const rows, r, n = 9, 5, 13
	draw := func(k int) []float32 {
		x := make([]float32, k)
		for i := range x {
			x[i] = rng.Float32()
		}
		return x
	}
	v, h := draw(rows*n), draw(rows*r)
	syn, scratch := NewSynapses[float32](r, n), NewScratch[float32](r, n)
	syn.Load(draw(r * n))
	together, alone := make([]float32, rows*r), make([]float32, r)
	PoissonDrive(together, v, h, rows, syn, scratch)
	for i := range rows {
		PoissonDrive(alone, v[i*n:(i+1)*n], h[i*r:(i+1)*r], 1, syn, scratch)
		for a, x := range alone {
			if x != together[i*r+a] {
				t.Fatalf("stimulus %d, neuron %d: %v alone, %v among others", i, a, x, together[i*r+a])
			}
		}
	}
}
