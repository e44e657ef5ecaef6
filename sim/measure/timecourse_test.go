package measure

import (
	"math"
	"testing"
)

// cycle returns a course over points of a cycle, of a share of it.
func cycle(points int, of func(share float64) float64) []float64 {
	x := make([]float64, points)
	for t := range x {
		x[t] = of(float64(t) / float64(points))
	}
	return x
}

// around returns the distance of two places on a circle, as shares of it.
func around(a, b float64) float64 {
	d := math.Mod(math.Abs(a-b), 1)
	return min(d, 1-d)
}

// TestHalfWidth asks for the width of a Gaussian bump, 2 √(2 log 2) σ, wherever it is in the cycle and
// whatever lies below it, of a triangle, a rectangle, two peaks, and of courses that have none.
func TestHalfWidth(t *testing.T) {
	const sigma = 0.05
	for _, centre := range []float64{0.5, 0.03, 0, 0.985} {
		for _, ground := range []float64{0, 7} {
			got, ok := HalfWidth(cycle(1000, func(s float64) float64 {
				d := around(s, centre) / sigma
				return ground + 3*math.Exp(-d*d/2)
			}))
			if want := 1000 * 2 * math.Sqrt(2*math.Ln2) * sigma; !ok || math.Abs(got-want) > 1e-3*want {
				t.Errorf("a bump at %v on %v: %v, %v; want %v", centre, ground, got, ok, want)
			}
		}
	}
	for _, c := range []struct {
		x    []float64
		want float64
		ok   bool
	}{
		{[]float64{0, 1, 2, 3, 4, 3, 2, 1}, 4, true},
		{[]float64{4, 3, 2, 1, 0, 1, 2, 3}, 4, true}, // the same across the end
		{[]float64{0, 0, 1, 1, 1, 0, 0, 0}, 3, true},
		{[]float64{0, 8, 0, 0, 4, 0, 0, 8, 0, 0}, 2, true}, // the low peak just touches the half
		{[]float64{2, 2, 2}, 0, false},
		{[]float64{0, 0}, 0, false},
		{[]float64{3}, 0, false},
		{nil, 0, false},
	} {
		if got, ok := HalfWidth(c.x); ok != c.ok || math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v: %v, %v; want %v, %v", c.x, got, ok, c.want, c.ok)
		}
	}
}

// TestCentreOfActivity asks for the centre of a von Mises course, which is its mode wherever it lies,
// of one point, and of courses that have none.
func TestCentreOfActivity(t *testing.T) {
	for _, mode := range []float64{0, 0.01, 0.25, 0.6, 0.999} {
		got, ok := CentreOfActivity(cycle(200, func(s float64) float64 { return 5 * math.Exp(3*math.Cos(2*math.Pi*(s-mode))) }))
		if !ok || around(got, mode) > 1e-9 || got < 0 || got >= 1 {
			t.Errorf("%v, %v; want %v", got, ok, mode)
		}
	}
	// Two points of weights 1 and 2 at 0 and 90 degrees: atan 2.
	if got, ok := CentreOfActivity([]float64{1, 2, 0, 0}); !ok || math.Abs(got-math.Atan2(2, 1)/(2*math.Pi)) > 1e-12 {
		t.Errorf("%v, %v", got, ok)
	}
	if got, ok := CentreOfActivity([]float64{0, 0, 0, 1, 0, 0, 0, 0, 0, 0}); !ok || math.Abs(got-0.3) > 1e-12 {
		t.Errorf("one point of ten: %v, %v", got, ok)
	}
	for _, x := range [][]float64{nil, {0, 0, 0}, {1, 1, 1, 1}, {1, 0, 1, 0}} {
		if got, ok := CentreOfActivity(x); ok {
			t.Errorf("%v has the centre %v", x, got)
		}
	}
}

// TestCircularMean averages across the end of the cycle. Two directions d apart on each side have R =
// cos d.
func TestCircularMean(t *testing.T) {
	for _, c := range []struct {
		at       []float64
		mean, sd float64
		ok       bool
	}{
		{[]float64{0.9, 0.1}, 0, math.Sqrt(-2*math.Log(math.Cos(0.2*math.Pi))) / (2 * math.Pi), true},
		{[]float64{0.2, 0.3, 0.4}, 0.3, math.Sqrt(-2*math.Log((1+2*math.Cos(0.2*math.Pi))/3)) / (2 * math.Pi), true},
		{[]float64{0.7}, 0.7, 0, true},
		{[]float64{0.25, 0.75}, 0, 0, false},
		{nil, 0, 0, false},
	} {
		mean, sd, ok := CircularMean(c.at)
		if ok != c.ok || around(mean, c.mean) > 1e-12 || math.Abs(sd-c.sd) > 1e-8 {
			t.Errorf("%v: %v, %v, %v; want %v, %v, %v", c.at, mean, sd, ok, c.mean, c.sd, c.ok)
		}
	}
}
