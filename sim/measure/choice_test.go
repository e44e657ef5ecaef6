package measure

import (
	"math"
	"testing"
)

// TestResiduals compares with lines that were fitted by hand. Through (1, 0), (2, 0.6), (3, 0.9),
// (4, 1) goes 0.625 + 0.33 (r − 2.5) with the residuals −0.13, 0.14, 0.11, −0.12 and their mean
// square 0.01575; through the last three 0.8333 + 0.2 (r − 3) with −0.0333, 0.0667, −0.0333 and
// 0.0022222.
func TestResiduals(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		hidden    []int
		explained []float64
		want      []float64
		first     int
	}{
		{[]int{1, 2, 3, 4}, []float64{0, 0.6, 0.9, 1}, []float64{0.01575, 1. / 450, nan, nan}, -1},
		{[]int{2, 4, 6, 8}, []float64{0, 0.6, 0.9, 1}, []float64{0.01575, 1. / 450, nan, nan}, -1},        // in a unit of its own
		{[]int{1, 2, 3, 4}, []float64{0, 0.06, 0.09, 0.1}, []float64{0.0001575, 1. / 45000, nan, nan}, 1}, // below 10⁻⁴ from the second on
		{[]int{1, 2, 3, 4, 5}, []float64{0.2, 0.7, 0.8, 0.9, 1}, []float64{0.0128, 0, 0, nan, nan}, 1},    // 0.72 + 0.18 (r − 3): −0.16, 0.16, 0.08, 0, −0.08
		{[]int{1, 2, 4}, []float64{0.1, 0.2, 0.4}, []float64{0, nan, nan}, 0},                             // a line over places that are not even
		{[]int{1, 2, 3}, []float64{0.5, 0.5, 0.5}, []float64{0, nan, nan}, 0},                             // level
		{[]int{1, 2, 3, 4}, []float64{nan, 0.6, 0.9, 1}, []float64{nan, 1. / 450, nan, nan}, -1},          // one that is not defined
		{[]int{5}, []float64{0.9}, []float64{nan}, -1},
		{[]int{5, 6}, []float64{0.9, 0.95}, []float64{nan, nan}, -1},
	} {
		got := Residuals(c.hidden, c.explained)
		for k, x := range c.want {
			if !(math.Abs(got[k]-x) < 1e-12) && !(math.IsNaN(x) && math.IsNaN(got[k])) {
				t.Errorf("%v, %v: %v, want %v", c.hidden, c.explained, got, c.want)
				break
			}
		}
		if first := FirstOnLine(got); first != c.first {
			t.Errorf("%v, %v: the first on a line is %d, want %d", c.hidden, c.explained, first, c.first)
		}
	}
}

// TestFirstReaching takes the threshold itself as reached.
func TestFirstReaching(t *testing.T) {
	for _, c := range []struct {
		explained []float64
		want      int
	}{
		{[]float64{0.5, 0.89999, 0.9, 0.95}, 2},
		{[]float64{0.95, 0.5}, 0},
		{[]float64{0.5, 0.6}, -1},
		{[]float64{math.NaN(), 0.91}, 1},
		{nil, -1},
	} {
		if got := FirstReaching(c.explained, 0.9); got != c.want {
			t.Errorf("%v: %d, want %d", c.explained, got, c.want)
		}
	}
}

// TestLastStable takes the largest number that is stable, and none that is not measured.
func TestLastStable(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		stability []float64
		want      int
	}{
		{[]float64{1, 0.95, 0.8, 0.99, 0.7}, 3},
		{[]float64{0.9, 0.5}, -1},
		{[]float64{nan, nan}, -1},
		{[]float64{1, nan}, 0},
		{nil, -1},
	} {
		if got := LastStable(c.stability); got != c.want {
			t.Errorf("%v: %d, want %d", c.stability, got, c.want)
		}
	}
}

// TestWithinOneError takes the first mean that is not surely below the largest.
func TestWithinOneError(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		mean, standardError []float64
		want                int
	}{
		{[]float64{0.2, 0.6, 0.8, 0.81, 0.7}, []float64{1, 1, 1, 0.02, 1}, 2},
		{[]float64{0.2, 0.6, 0.8, 0.81, 0.7}, []float64{0, 0, 0, 0, 0}, 3},
		{[]float64{nan, 0.6, 0.61}, []float64{nan, 0.1, 0.1}, 1},
		{[]float64{-2, -3}, []float64{0.1, 0.1}, 0},
		{[]float64{0.5, 0.9}, []float64{0.1, nan}, 0},
		{[]float64{nan, nan}, []float64{nan, nan}, -1},
		{nil, nil, -1},
	} {
		if got := WithinOneError(c.mean, c.standardError); got != c.want {
			t.Errorf("%v ± %v: %d, want %d", c.mean, c.standardError, got, c.want)
		}
	}
}

// TestBend looks for the knee. The chord from (1, 0.4) to (5, 0.98) is at 0.545, 0.69 and 0.835.
func TestBend(t *testing.T) {
	for _, c := range []struct {
		hidden    []int
		explained []float64
		want      int
	}{
		{[]int{1, 2, 3, 4, 5}, []float64{0.4, 0.7, 0.9, 0.95, 0.98}, 2}, // above by 0.155, 0.21, 0.115
		{[]int{1, 2, 9}, []float64{0.4, 0.7, 0.9}, 1},
		{[]int{2, 4, 6, 8, 10}, []float64{4, 7, 9, 9.5, 9.8}, 2}, // units do not matter
		{[]int{1, 2, 3, 4}, []float64{0, 1, 1, 0}, 1},            // the first of equal ones
		{[]int{1, 2, 3}, []float64{0.5, 0.5, 0.5}, -1},
		{[]int{1, 2, 3}, []float64{0.1, 0.2, 0.3}, -1},
		{[]int{1, 2, 3}, []float64{0, 0.1, 1}, -1}, // below the chord
		{[]int{1, 2, 3}, []float64{0, math.NaN(), 1}, -1},
		{[]int{4}, []float64{0.9}, -1},
	} {
		if got := Bend(c.hidden, c.explained); got != c.want {
			t.Errorf("%v, %v: %d, want %d", c.hidden, c.explained, got, c.want)
		}
	}
}
