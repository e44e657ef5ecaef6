package kernel

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomCounts returns counts in about a third of rows×cols, with empty rows and
// columns among them.
func randomCounts[T Float](rng *rand.Rand, rows, cols int) *Counts[T] {
	c := &Counts[T]{Start: []int{0}}
	for i := range rows {
		for j := range cols {
			if i%5 != 3 && j%7 != 2 && rng.IntN(3) == 0 {
				c.Index, c.Value = append(c.Index, int32(j)), append(c.Value, T(1+rng.IntN(9)))
			}
		}
		c.Start = append(c.Start, len(c.Index))
	}
	return c
}

// TestSparseAgainstFormulas compares the kernels for counts with their formulas,
// for every number of hidden neurons around the lanes and pitches that leave
// room behind a row.
func TestSparseAgainstFormulas(t *testing.T) {
	atEveryLevel(t, testSparse[float32], testSparse[float64])
}

func testSparse[T Float](t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	for _, r := range []int{1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 49, 200} {
		const rows, cols = 11, 23
		pitch := r + r%3
		counts := randomCounts[T](rng, rows, cols)
		x, y := draw[T](rng, rows*r), make([]T, (cols-1)*pitch+r)
		for j := range cols {
			copy(y[j*pitch:j*pitch+r], draw[T](rng, r))
		}
		clear(y[5*pitch : 5*pitch+r]) // predicts nothing
		predict := func(i, k int) float64 {
			j := int(counts.Index[k])
			return sum(r, func(a int) float64 { return float64(x[i*r+a]) * float64(y[j*pitch+a]) })
		}
		out := make([]T, rows*r)
		Explain(out, x, counts, 0, rows, y, pitch, r)
		check(t, fmt.Sprintf("Explain, r = %d", r), out, r+cols, func(at int) float64 {
			s := 0.0
			for k := counts.Start[at/r]; k < counts.Start[at/r+1]; k++ {
				if p := predict(at/r, k); p != 0 {
					s += float64(counts.Value[k]) / p * float64(y[int(counts.Index[k])*pitch+at%r])
				}
			}
			return s
		})
		alone := make([]T, r)
		for i := range rows {
			Explain(alone, x[i*r:(i+1)*r], counts, i, i+1, y, pitch, r)
			same(t, "a row alone", alone, out[i*r:(i+1)*r])
		}

		for i := range x {
			x[i] += 0.5 // no prediction is zero
		}
		for i := range y {
			y[i] += 0.5
		}
		loss, predicted, bound := 0.0, 0.0, 0.0
		for i := range rows {
			for k := counts.Start[i]; k < counts.Start[i+1]; k++ {
				v, p := float64(counts.Value[k]), predict(i, k)
				loss += v*math.Log(v/p) - v + p
				predicted += p
				bound += float64(2*r+8) * epsilon[T]() * (p + v)
			}
		}
		gotLoss, gotPredicted := PoissonTerms(x, counts, 0, rows, y, pitch, r, NewScratch[T]())
		if math.Abs(gotLoss-loss) > bound || math.Abs(gotPredicted-predicted) > bound {
			t.Errorf("PoissonTerms, r = %d: %v, %v; want %v, %v ± %v", r, gotLoss, gotPredicted, loss, predicted, bound)
		}
	}
}

func TestTransposed(t *testing.T) {
	c := randomCounts[float64](rand.New(rand.NewPCG(10, 10)), 12, 17)
	turned := c.Transposed(17)
	dense := func(c *Counts[float64], rows, cols int) []float64 {
		x := make([]float64, rows*cols)
		for i := range rows {
			for k := c.Start[i]; k < c.Start[i+1]; k++ {
				x[i*cols+int(c.Index[k])] = c.Value[k]
			}
		}
		return x
	}
	a, b := dense(c, 12, 17), dense(turned, 17, 12)
	for i := range a {
		if a[i] != b[i%17*12+i/17] {
			t.Fatalf("entry %d", i)
		}
	}
	for j := range 17 {
		if !slices.IsSorted(turned.Index[turned.Start[j]:turned.Start[j+1]]) {
			t.Errorf("column %d is not in the order of the rows", j)
		}
	}
}
