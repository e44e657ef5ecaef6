package measure

import (
	"math"
	"slices"
)

// The criteria that choose the number of hidden neurons from how much of the stimuli is
// explained with each of several numbers.
const (
	LinearFit = "linear-fit" // see [Residuals]
	Threshold = "threshold"  // see [FirstReaching]
	Knee      = "knee"       // see [Bend]
	Stable    = "stability"  // see [LastStable]
	HeldOut   = "held-out"   // see [WithinOneError]
)

// Criteria are the names of the criteria, in the order in which they are written.
var Criteria = []string{LinearFit, Threshold, Knee, Stable, HeldOut}

// LeastOf returns the fewest numbers of hidden neurons of which a criterion can choose one: a line
// or a chord needs a third point that could lie beside it.
func LeastOf(criterion string) int {
	if criterion == LinearFit || criterion == Knee {
		return onLine
	}
	return 1
}

const (
	onLine = 3    // fewest points of a line that could lie beside it
	onFit  = 1e-4 // mean squared residual of a line below which points lie on it
)

// Residuals returns, for each k, how far the points k, k+1, ... of a rising list of numbers of
// hidden neurons r_i, with the share y_i that is explained with each, are from a straight line,
// the mean squared residual of the line of least squares through them,
//
//	min over a and b of  Σ_{i≥k} ( y_i − a − b r_i )² / #{ i ≥ k }
//
// and NaN where fewer than three points are left, which a line tells nothing about, or one of
// them is not defined.
//
// Source: Santuz (2022, J. Open Source Softw. 7:4439), where y is the explained deviation and
// two points are a line too.
func Residuals(hidden []int, explained []float64) []float64 {
	residuals := make([]float64, len(hidden))
	for k := range hidden {
		a, b := Line(hidden[k:], explained[k:])
		sum := 0.0
		for i := k; i < len(hidden); i++ {
			d := explained[i] - a - float64(b*float64(hidden[i]))
			sum += float64(d * d)
		}
		if residuals[k] = sum / float64(len(hidden)-k); len(hidden)-k < onLine {
			residuals[k] = math.NaN()
		}
	}
	return residuals
}

// Line returns the intercept a and the slope b of the line of least squares through points with
// different r. It is level through one point.
func Line(hidden []int, explained []float64) (a, b float64) {
	n := float64(len(hidden))
	meanR, meanY := 0.0, 0.0
	for i, r := range hidden {
		meanR += float64(r) / n
		meanY += explained[i] / n
	}
	along, across := 0.0, 0.0
	for i, r := range hidden {
		d := float64(r) - meanR
		along += float64(d * d)
		across += float64(d * (explained[i] - meanY))
	}
	if along > 0 {
		b = across / along
	}
	return meanY - float64(b*meanR), b
}

// FirstOnLine returns the index of the first number of hidden neurons from which on the points lie on
// a straight line: whose residual is below 10⁻⁴. It is −1 where there is none.
func FirstOnLine(residuals []float64) int {
	return slices.IndexFunc(residuals, func(x float64) bool { return x < onFit })
}

// FirstReaching returns the index of the first share that is at least the threshold, −1 where there
// is none.
func FirstReaching(explained []float64, threshold float64) int {
	return slices.IndexFunc(explained, func(y float64) bool { return y >= threshold })
}

// LastStable returns the index of the largest number of hidden neurons whose starts learn the same parts:
// whose [Stability] is above that cosine above which a part counts as recovered. It is −1 where there
// is none, and a stability that is NaN is not.
func LastStable(stability []float64) int {
	for k, x := range slices.Backward(stability) {
		if x > RecoveredAbove {
			return k
		}
	}
	return -1
}

// WithinOneError returns the index of the first mean that is within one standard error of the largest,
// by the standard error of that one: numbers of hidden neurons beyond it are not known to be better.
// It is −1 where none is known; a mean or an error that is NaN is not.
//
// Source: Breiman, Friedman, Olshen & Stone (1984), Classification and Regression Trees, §3.4.3.
func WithinOneError(mean, standardError []float64) int {
	best := -1
	for k, x := range mean {
		if !math.IsNaN(x) && !math.IsNaN(standardError[k]) && (best < 0 || x > mean[best]) {
			best = k
		}
	}
	if best < 0 {
		return -1
	}
	return slices.IndexFunc(mean, func(x float64) bool { return x >= mean[best]-standardError[best] })
}

// Bend returns the index of the point of a rising list of numbers of hidden neurons that is
// farthest above the chord from the first point to the last, the first of equal ones. It is −1
// where no point is above it by more than rounding, or one of them is not defined.
//
// Distances along y are compared, which are those to the chord times one constant.
func Bend(hidden []int, explained []float64) int {
	const rounding = 1e-9
	last := len(hidden) - 1
	best, most := -1, rounding
	for i, r := range hidden {
		if math.IsNaN(explained[i]) || math.IsInf(explained[i], 0) {
			return -1
		}
		along := float64(r-hidden[0]) / float64(max(1, hidden[last]-hidden[0]))
		chord := explained[0] + float64(along*(explained[last]-explained[0]))
		if d := explained[i] - chord; d > most {
			best, most = i, d
		}
	}
	return best
}
