package measure

import "math"

// NearZero returns the share of entries of x that are smaller than a thousandth
// of the largest. Multiplicative rules approach zero and hardly reach it, so
// counting exact zeros would say little. ok is false for all zeros.
func NearZero(x []float64) (share float64, ok bool) {
	top := 0.0
	for _, y := range x {
		top = max(top, math.Abs(y))
	}
	if top == 0 {
		return 0, false
	}
	n := 0
	for _, y := range x {
		if math.Abs(y) < 1e-3*top {
			n++
		}
	}
	return float64(n) / float64(len(x)), true
}
