package measure

import "math"

// Cosine returns how much two parts look alike, whatever their strength:
//
//	x·y / ( ‖x‖₂ ‖y‖₂ )        0 nothing in common, 1 the same
//
// and 0 if one of them is all zero.
func Cosine(x, y []float64) float64 {
	xy := dot(x, y)
	if xy == 0 {
		return 0
	}
	return xy / math.Sqrt(dot(x, x)*dot(y, y))
}

// dot returns Σ x_j y_j, added in order and rounded after each product, so that it has the
// same bits on every machine.
func dot(x, y []float64) (sum float64) {
	for j := range x {
		sum += float64(x[j] * y[j])
	}
	return sum
}
