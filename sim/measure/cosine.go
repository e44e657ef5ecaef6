package measure

import "math"

// Cosine returns how much two parts look alike, whatever their strength:
//
//	x·y / ( ‖x‖₂ ‖y‖₂ )        0 nothing in common, 1 the same
//
// and 0 if one of them is all zero.
func Cosine(x, y []float64) float64 {
	var dot, xx, yy float64
	for j := range x {
		dot += float64(x[j] * y[j])
		xx += float64(x[j] * x[j])
		yy += float64(y[j] * y[j])
	}
	if dot == 0 {
		return 0
	}
	return dot / math.Sqrt(xx*yy)
}
