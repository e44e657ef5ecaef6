package kernel

import (
	"math"
	"math/rand/v2"
	"testing"

	"partsnet/internal/pool"
)

// TestGram compares Xᵀ X and half a quadratic form with their formulas, for sizes around
// tiles and lanes, and asks for the same bits of any number of workers.
func TestGram(t *testing.T) { atEveryLevel(t, testGram[float32], testGram[float64]) }

func testGram[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(14, 14))
	for _, k := range []int{1, 2, 7, 8, 24, 25, 49, 127, 128, 129} {
		for _, rows := range []int{0, 1, 5, 63, 64, 65, 150} {
			x, h := draw[T](rng, rows*k), draw[T](rng, 67*k)
			g, parallel := make([]float64, k*k), make([]float64, k*k)
			for i := range g {
				g[i] = 7 // what stood there is gone
			}
			Gram(g, x, rows, k, serially)
			Gram(parallel, x, rows, k, pool.New(3).Run)
			same(t, "Gram by three workers", parallel, g)
			for _, byVisible := range []bool{false, true} { // of the rows W that are the columns of X
				w := make([]T, k*rows)
				Columns(w, x, k, rows, 0, rows)
				syn := NewSynapses[T](k, rows, serially)
				syn.Load(w)
				if byVisible {
					syn.PackRows()
				}
				same(t, "Synapses.Gram", syn.Gram(), g)
			}
			tolerance := float64(rows+2) * 0x1p-52
			for a := range k {
				for b := range k {
					want := sum(rows, func(i int) float64 { return float64(x[i*k+a]) * float64(x[i*k+b]) })
					if got := g[a*k+b]; math.Abs(got-want) > tolerance*want {
						t.Fatalf("%d×%d: element (%d, %d) is %v, want %v", rows, k, a, b, got, want)
					}
				}
			}
			want, scratch := 0.0, append([]float64(nil), g...)
			for i := range 67 {
				for a := range k {
					for b := range k {
						want += float64(h[i*k+a]) * float64(h[i*k+b]) * g[a*k+b] / 2
					}
				}
			}
			Halve(scratch, k)
			if got := HalfForm(h, 67, scratch, k); math.Abs(got-want) > float64(67*k*k)*0x1p-53*want {
				t.Errorf("%d×%d: half the form is %v, want %v", rows, k, got, want)
			}
		}
	}
}

// TestWiden compares every length around the lanes.
func TestWiden(t *testing.T) {
	atEveryLevel(t, testWiden[float32], testWiden[float64])
}

func testWiden[T Float](t *testing.T) {
	for n := range 40 {
		x, to := draw[T](rand.New(rand.NewPCG(15, uint64(n))), n), make([]float64, n+1)
		to[n] = 5
		Widen(to[:n], x)
		for i, y := range x {
			if to[i] != float64(y) {
				t.Fatalf("%d numbers: no. %d is %v, want %v", n, i, to[i], y)
			}
		}
		if to[n] != 5 {
			t.Fatalf("%d numbers: the next is written to", n)
		}
	}
}
