package estimate

import (
	"math"
	"testing"
)

// TestIntervals holds the intervals to values worked out elsewhere: Wilson's of 0 and of
// 8 of 10 from its formula with z = 1.959964, Student's of 1, 2, 3, 4 with t = 3.182446 for three
// degrees of freedom (printed tables).
func TestIntervals(t *testing.T) {
	z := 1.959963984540054
	if e := Share(0, 10); e.Low != 0 || math.Abs(e.High-z*z/(10+z*z)) > 1e-12 {
		t.Errorf("0 of 10: %+v", e)
	}
	if e := Share(8, 10); math.Abs(e.Low-0.4901625) > 1e-6 || math.Abs(e.High-0.9433178) > 1e-6 {
		t.Errorf("8 of 10: %+v", e)
	}
	if e := Share(10, 10); e.High != 1 || e.Low < 0.7 {
		t.Errorf("10 of 10: %+v", e)
	}
	reach := 3.182446305284263 * math.Sqrt(5.0/3) / 2
	if e := Mean([]float64{1, 2, 3, 4}); e.Mean != 2.5 || math.Abs(e.High-e.Mean-reach) > 1e-9 || e.Min != 1 || e.Max != 4 {
		t.Errorf("1 to 4: %+v", e)
	}
	if e := Mean([]float64{7}); e.Mean != 7 || !math.IsNaN(e.Low) {
		t.Errorf("one run: %+v", e)
	}
	if e := Mean(nil); !math.IsNaN(e.Mean) || e.Runs != 0 {
		t.Errorf("no run: %+v", e)
	}
}

// TestIntervalsStayPossible cuts intervals off at the ends of what a measure can be.
func TestIntervalsStayPossible(t *testing.T) {
	whole := Mean([]float64{16, 16, 16, 15, 12, 16, 16, 13})
	if whole.High <= 16 {
		t.Fatalf("the interval %+v has nothing to cut off", whole)
	}
	if e := whole.Within(0, 16); e.High != 16 || e.Low != whole.Low || e.Mean != whole.Mean {
		t.Errorf("counts of 16: %+v", e)
	}
	beyond := math.Nextafter(16, 17) // as the mean of equal counts may be, by rounding
	if e := (Estimate{Mean: beyond, Low: beyond, High: beyond}).Within(0, 16); e.Low != 16 || e.High != 16 {
		t.Errorf("equal counts: %+v", e)
	}
	if e := Mean([]float64{0, 0, 0.9}).Within(0, 1); e.Low != 0 || e.High != 1 {
		t.Errorf("shares: %+v", e)
	}
	if e := Mean([]float64{3}).Within(0, 16); !math.IsNaN(e.Low) || !math.IsNaN(e.High) {
		t.Errorf("one run has an interval: %+v", e)
	}
}

// TestJackknife demands of the mean of numbers the interval of Student, which the jackknife of a mean
// is, and none of two runs.
func TestJackknife(t *testing.T) {
	x := []float64{1, 2, 3, 4.5, 2}
	want := Mean(x)
	without := make([]float64, len(x))
	for i := range x {
		without[i] = (want.Mean*5 - x[i]) / 4
	}
	if got := Jackknife(want.Mean, without); math.Abs(got.Low-want.Low) > 1e-12 || math.Abs(got.High-want.High) > 1e-12 || got.Mean != want.Mean || got.Runs != 5 {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := Jackknife(0.5, []float64{0.4, 0.6}); !math.IsNaN(got.Low) || !math.IsNaN(got.High) || got.Mean != 0.5 {
		t.Errorf("of two runs: %+v", got)
	}
}
