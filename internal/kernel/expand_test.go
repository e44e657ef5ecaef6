package kernel

import (
	"math/rand/v2"
	"testing"
)

// TestExpand looks at every length around words and bytes, and that nothing is written beyond.
func TestExpand(t *testing.T) {
	testExpand[float32](t)
	testExpand[float64](t)
}

func testExpand[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range 140 {
		bits := make([]uint64, (n+63)/64)
		for k := range bits {
			bits[k] = rng.Uint64()
		}
		row := make([]T, n+9)
		for j := range row {
			row[j] = 7
		}
		Expand(row[:n], bits)
		for j, x := range row {
			want := T(7)
			if j < n {
				want = T(bits[j/64] >> (j % 64) & 1)
			}
			if x != want {
				t.Fatalf("%d elements: no. %d is %v, want %v", n, j, x, want)
			}
		}
	}
}
