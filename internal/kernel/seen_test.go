package kernel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// hidden draws a mask of rows×n, of which a share of one row in three is all 1 or all 0, and the
// same in bits.
func hidden[T Float](rng *rand.Rand, rows, n int) (mask []T, bits []uint64) {
	words := (n + 63) / 64
	mask, bits = make([]T, rows*n), make([]uint64, rows*words)
	for i := range rows {
		share := []float64{0, 0.3, 0.7, 1}[rng.IntN(4)]
		for j := range n {
			if rng.Float64() < share {
				mask[i*n+j] = 1
				bits[i*words+j/64] |= 1 << (j % 64)
			}
		}
	}
	return mask, bits
}

// TestSeenAgainstFormulas compares the kernels for masks with their formulas at every level, and
// their bits with those of the portable level.
func TestSeenAgainstFormulas(t *testing.T) {
	atEveryLevel(t, testSeen[float32], testSeen[float64])
}

func testSeen[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	for _, s := range append(shapes(), shape{65, 50, 64}, shape{130, 2, 600}, shape{4, 100, 65}) {
		x := newProblem[T](rng, s)
		mask, bits := hidden[T](rng, s.rows, s.n)
		name := fmt.Sprintf("of %d rows, r = %d, n = %d", s.rows, s.r, s.n)

		d, d2 := make([]T, s.rows*s.r), make([]T, s.rows*s.r)
		SeenDrive(d, bits, s.rows, x.syn, x.scratch)
		check(t, "SeenDrive "+name, d, s.n, func(i int) float64 {
			return sum(s.n, func(j int) float64 { return float64(mask[i/s.r*s.n+j]) * float64(x.w[i%s.r*s.n+j]) })
		})
		start := draw[T](rng, s.r*s.n)
		c := slices.Clone(start)
		SeenCorrelate(c, x.h, bits, s.rows, s.r, s.n, x.scratch)
		check(t, "SeenCorrelate "+name, c, s.rows, func(k int) float64 {
			return float64(start[k]) + sum(s.rows, func(i int) float64 { return float64(x.h[i*s.r+k/s.n]) * float64(mask[i*s.n+k%s.n]) })
		})

		shown := func(i int) float64 { return float64(mask[i]) * x.p[i] }
		PredictDrive(d2, x.h, mask, s.rows, x.syn, x.scratch)
		check(t, "PredictDrive "+name, d2, s.n+s.r, func(i int) float64 {
			return sum(s.n, func(j int) float64 { return shown(i/s.r*s.n+j) * float64(x.w[i%s.r*s.n+j]) })
		})
		c2 := slices.Clone(start)
		PredictCorrelate(c2, x.h, mask, s.rows, x.syn, x.scratch)
		check(t, "PredictCorrelate "+name, c2, s.rows+s.r, func(k int) float64 {
			return float64(start[k]) + sum(s.rows, func(i int) float64 { return float64(x.h[i*s.r+k/s.n]) * shown(i*s.n+k%s.n) })
		})
		if s.rows > 0 {
			g := make([]T, s.r*s.r)
			x.syn.SeenOverlap(g, mask[:s.n], make([]T, s.r*s.n))
			check(t, "SeenOverlap "+name, g, s.n, func(k int) float64 {
				return sum(s.n, func(j int) float64 {
					return float64(mask[j]) * float64(x.w[k/s.r*s.n+j]) * float64(x.w[k%s.r*s.n+j])
				})
			})
		}

		one := make([]T, s.r)
		for i := range s.rows {
			words := (s.n + 63) / 64
			SeenDrive(one, bits[i*words:(i+1)*words], 1, x.syn, x.scratch)
			if !slices.Equal(one, d[i*s.r:(i+1)*s.r]) {
				t.Fatalf("SeenDrive %s: row %d alone has other bits than among others", name, i)
			}
		}
		now := Level()
		if err := Force("portable"); err != nil {
			t.Fatal(err)
		}
		y := &problem[T]{shape: s, v: x.v, h: x.h, w: x.w}
		y.load()
		c2 = slices.Clone(start)
		SeenDrive(d2, bits, s.rows, y.syn, y.scratch)
		SeenCorrelate(c2, x.h, bits, s.rows, s.r, s.n, y.scratch)
		if err := Force(now); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(d, d2) || !slices.Equal(c, c2) {
			t.Fatalf("%s: level %s and the portable level have other bits", name, now)
		}
	}
}

// TestTurn turns bits and compares them one by one.
func TestTurn(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for _, count := range []int{0, 1, 3, 32, 63, 64} {
		rows := make([]uint64, 2*64)
		for i := range rows {
			rows[i] = rng.Uint64()
		}
		var out [64]uint64
		turn(&out, rows, 2, count)
		for i := range 64 {
			for j := range 64 {
				want := i < count && rows[2*i]>>j&1 == 1
				if got := out[j]>>i&1 == 1; got != want {
					t.Fatalf("of %d rows: bit %d of word %d is %v, and bit %d of row %d %v", count, i, j, got, j, i, want)
				}
			}
		}
	}
}
