package kernel

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestElementwise compares every level with the portable, bit by bit, at every
// length around the lanes, with zeros, tiny numbers, infinities and what is not
// a number.
func TestElementwise(t *testing.T) {
	atEveryLevel(t, testElementwise[float32], testElementwise[float64])
}

func testElementwise[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 12))
	at := Level()
	for n := range 70 {
		make3 := func() [3][]T {
			x := [3][]T{draw[T](rng, n), draw[T](rng, n), draw[T](rng, n)}
			for i := range n {
				switch rng.IntN(12) {
				case 0:
					x[0][i] = 1e-30
				case 1:
					x[0][i] = -1e-30
				case 2:
					x[0][i], x[2][i] = T(math.NaN()), 2.5
				case 3:
					x[2][i] = 0.5 // the cost
				case 4:
					x[0][i] = T(math.Inf(1))
				}
			}
			return x
		}
		x := make3()
		type result struct {
			update, multiply, divide, add, flush []T
			relax                                [4][]T
			sum                                  float64
		}
		run := func(level string) (r result) {
			if err := Force(level); err != nil {
				t.Fatal(err)
			}
			clone := func(y []T) []T { return append([]T(nil), y...) }
			r.update, r.multiply, r.divide, r.add, r.flush = clone(x[0]), make([]T, n), clone(x[0]), clone(x[0]), clone(x[0])
			Update(r.update, x[1], x[2], 0.5)
			Multiply(r.multiply, x[0], x[1])
			Divide(r.divide, 3)
			Add(r.add, x[1])
			Flush(r.flush, 1e-20)
			for halvings := range r.relax {
				r.relax[halvings] = clone(x[1])
				Relax(r.relax[halvings], x[2], halvings)
			}
			r.sum = Sum(x[1])
			return r
		}
		want, got := run(portable), run(at)
		for _, c := range []struct {
			name      string
			got, want []T
		}{
			{"Update", got.update, want.update}, {"Multiply", got.multiply, want.multiply}, {"Divide", got.divide, want.divide},
			{"Add", got.add, want.add}, {"Flush", got.flush, want.flush},
			{"Relax 1", got.relax[1], want.relax[1]}, {"Relax 2", got.relax[2], want.relax[2]}, {"Relax 3", got.relax[3], want.relax[3]},
		} {
			for i := range n {
				if c.got[i] != c.want[i] && !(c.got[i] != c.got[i] && c.want[i] != c.want[i]) {
					t.Fatalf("%s of %d: entry %d is %v, want %v", c.name, n, i, c.got[i], c.want[i])
				}
			}
		}
		if got.sum != want.sum {
			t.Fatalf("Sum of %d: %v, want %v", n, got.sum, want.sum)
		}
		for halvings, relaxed := range want.relax[1:] {
			halvings++
			for i, y := range relaxed {
				power := 0.0
				if x[2][i] != 0 {
					power = float64(x[1][i]) * math.Pow(float64(x[1][i])/float64(x[2][i]), 1-math.Pow(2, -float64(halvings)))
				}
				if math.Abs(float64(y)-power) > 1e-6*math.Abs(power) {
					t.Fatalf("Relax by %d halvings made %v of %v and %v, want %v", halvings, y, x[1][i], x[2][i], power)
				}
			}
		}
		for i, y := range want.flush {
			if old := x[0][i]; math.Abs(float64(old)) < 1e-20 && y != 0 || math.Abs(float64(old)) >= 1e-20 && y != old {
				t.Fatalf("Flush made %v of %v", y, old)
			}
		}
	}
}
