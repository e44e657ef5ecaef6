package measure

import "math"

// Hoyer returns the sparseness of x (Hoyer 2004, J. Mach. Learn. Res.
// 5:1457–1469):
//
//	( √N − ‖x‖₁/‖x‖₂ ) / ( √N − 1 )        0 all equal, 1 a single entry
//
// ok is false where it is not defined: for all zeros, and for N = 1.
func Hoyer(x []float64) (sparseness float64, ok bool) {
	l1, l2 := 0.0, 0.0
	for _, y := range x {
		l1 += math.Abs(y)
		l2 += float64(y * y)
	}
	if l2 == 0 || len(x) < 2 {
		return 0, false
	}
	root := math.Sqrt(float64(len(x)))
	return (root - l1/math.Sqrt(l2)) / (root - 1), true
}

// TrevesRolls returns the sparseness a of rates x (Rolls & Tovee 1995,
// J. Neurophysiol. 73:713–726):
//
//	a = ( Σ x / N )² / ( Σ x² / N )        1/N a single entry, 1 all equal
//
// Small is sparse. Over the stimuli for one neuron it is the lifetime
// sparseness, over the neurons for one stimulus the population sparseness. ok is
// false for all zeros.
func TrevesRolls(x []float64) (a float64, ok bool) {
	sum, square := 0.0, 0.0
	for _, y := range x {
		sum += y
		square += float64(y * y)
	}
	if square == 0 {
		return 0, false
	}
	return sum * sum / (square * float64(len(x))), true
}

// VinjeGallant returns the sparseness S of rates x (Vinje & Gallant 2000,
// Science 287:1273–1276), with a of [TrevesRolls]:
//
//	S = (1 − a) / (1 − 1/N)        0 all equal, 1 a single entry
//
// ok is false for all zeros, and for N = 1.
func VinjeGallant(x []float64) (s float64, ok bool) {
	a, ok := TrevesRolls(x)
	if !ok || len(x) < 2 {
		return 0, false
	}
	return (1 - a) / (1 - 1/float64(len(x))), true
}

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

// Mean returns the mean of a measure over the rows of x, of cols entries each.
// Rows where the measure is not defined are left out; without any other the
// mean is NaN.
func Mean[T float32 | float64](of func(row []float64) (float64, bool), x []T, cols int) float64 {
	sum, n := 0.0, 0
	row := make([]float64, cols)
	for ; len(x) > 0; x = x[cols:] {
		for j, y := range x[:cols] {
			row[j] = float64(y)
		}
		if s, ok := of(row); ok {
			sum += s
			n++
		}
	}
	return sum / float64(n)
}
