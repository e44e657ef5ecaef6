package estimate

import (
	"math"
	"testing"
)

// TestBootstrapOfAMean holds the standard error of a mean of four numbers, of which all 256 draws are
// made, to s/√n with the divisor n − 1, and its interval to that of Student with t = 3.182446 for three
// degrees of freedom (printed tables).
func TestBootstrapOfAMean(t *testing.T) {
	x := []float64{1, 2, 4, 9}
	var means []float64
	for draw := range 256 {
		sum := 0.0
		for k := range x {
			sum += x[draw>>(2*k)&3]
		}
		means = append(means, sum/4)
	}
	e := Bootstrap(4, means, 4, 1, 0.95)
	want := math.Sqrt(38.0/3) / 2  // Σ ( x − 4 )² = 9 + 4 + 0 + 25
	want *= math.Sqrt(256.0 / 255) // the spread of the draws has the divisor repeats − 1
	reach := 3.182446305284263 * want
	if math.Abs(e.SD-want) > 1e-12 || math.Abs(e.Low-(4-reach)) > 1e-9 || math.Abs(e.High-(4+reach)) > 1e-9 || e.Min != 1 || e.Max != 9 {
		t.Errorf("%+v; want the standard error %v and 4 ± %v", e, want, reach)
	}
	if e := Bootstrap(4, means, 4, 2, 0.9); math.Abs(e.High-4-2.919986*want*math.Sqrt(1.5)) > 1e-5 {
		t.Errorf("from two strata at 0.9: %+v", e)
	}
	if e := Bootstrap(4, []float64{4, 4, 4}, 9, 1, 0.95); e.Low != 4 || e.High != 4 || e.SD != 0 {
		t.Errorf("equal repeats: %+v", e)
	}
}
