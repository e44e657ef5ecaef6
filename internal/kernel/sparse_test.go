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
		const m, n = 11, 23
		counts := randomCounts[T](rng, m, n)
		h, w := draw[T](rng, m*r), draw[T](rng, r*n)
		for a := range r {
			w[a*n+5] = 0 // a visible neuron that nobody excites
		}
		syn := NewSynapses[T](r, n, serially)
		syn.Load(w)
		syn.PackRows()
		predict := func(i, j int) float64 {
			return sum(r, func(a int) float64 { return float64(h[i*r+a]) * float64(w[a*n+j]) })
		}
		quotient := make([]float64, m*n)
		for i := range m {
			for k := counts.Start[i]; k < counts.Start[i+1]; k++ {
				j := int(counts.Index[k])
				if p := predict(i, j); p != 0 {
					quotient[i*n+j] = float64(counts.Value[k]) / p
				}
			}
		}
		predicted := make([]T, n)
		PredictByRows(predicted, h[:r], syn)
		check(t, fmt.Sprintf("PredictByRows, r = %d", r), predicted, r, func(j int) float64 { return predict(0, j) })
		drive := make([]T, m*r)
		DriveCounts(drive, counts, 0, m, h, syn)
		check(t, fmt.Sprintf("DriveCounts, r = %d", r), drive, r+n, func(at int) float64 {
			return sum(n, func(j int) float64 { return quotient[at/r*n+j] * float64(w[at%r*n+j]) })
		})
		alone := make([]T, r)
		for i := range m {
			DriveCounts(alone, counts, i, i+1, h[i*r:(i+1)*r], syn)
			same(t, "a stimulus alone", alone, drive[i*r:(i+1)*r])
		}
		c := make([]T, n*r)
		turned := counts.Transposed(n, 0, m)
		rows := make([]T, n*r)
		Rows(rows, w, r, n, 0, n)
		CorrelateCounts(c[:4*r], rows[:4*r], turned, 0, 4, h, r)
		CorrelateCounts(c[4*r:], rows[4*r:], turned, 4, n, h, r)
		check(t, fmt.Sprintf("CorrelateCounts, r = %d", r), c, r+m, func(at int) float64 {
			return sum(m, func(i int) float64 { return quotient[i*n+at/r] * float64(h[i*r+at%r]) })
		})

		for i := range h {
			h[i] += 0.5 // no prediction is zero
		}
		for i := range w {
			w[i] += 0.5
		}
		syn.Load(w)
		syn.PackRows()
		loss, everything, bound := 0.0, 0.0, 0.0
		squares, halfSquare, boundE := 0.0, 0.0, 0.0
		for i := range m {
			for k := counts.Start[i]; k < counts.Start[i+1]; k++ {
				v, p := float64(counts.Value[k]), predict(i, int(counts.Index[k]))
				loss += v*math.Log(v/p) - v + p
				squares += (v - p) * (v - p) / 2
				halfSquare += p * p / 2
				everything += p
				bound += float64(2*r+8) * epsilon[T]() * (p + v)
				boundE += float64(2*r+8) * epsilon[T]() * (v*p + v*v + p*p)
			}
		}
		got, predictions := make([]float64, 2), make([]float64, 2)
		CountsLosses(got, predictions, []Objective{Gaussian, Poisson}, counts, 0, m, h, syn)
		if math.Abs(got[1]-loss) > bound || math.Abs(predictions[1]-everything) > bound {
			t.Errorf("CountsLosses, r = %d: D %v, %v; want %v, %v ± %v", r, got[1], predictions[1], loss, everything, bound)
		}
		if math.Abs(got[0]-squares) > boundE || math.Abs(predictions[0]-halfSquare) > boundE {
			t.Errorf("CountsLosses, r = %d: E %v, %v; want %v, %v ± %v", r, got[0], predictions[0], squares, halfSquare, boundE)
		}
	}
}

func TestTransposed(t *testing.T) {
	c := randomCounts[float64](rand.New(rand.NewPCG(10, 10)), 12, 17)
	turned := c.Transposed(17, 0, 12)
	dense := func(c *Counts[float64], rows, cols int) []float64 {
		x := make([]float64, rows*cols)
		for i := range rows {
			for k := c.Start[i]; k < c.Start[i+1]; k++ {
				if c.Small != nil {
					x[i*cols+int(c.Index[k])] = float64(c.Small[k])
				} else {
					x[i*cols+int(c.Index[k])] = c.Value[k]
				}
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
