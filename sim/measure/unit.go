package measure

import "math"

// Unit returns parts (rows of size weights) of unit length, w/‖w‖₂, and their lengths. Stimuli ≈ H W
// say the product of the length of a part and its rates, and not each of them; parts of two networks
// are compared at a common length. A part of zeros stays as it is, with the length 0.
func Unit(w []float64, size int) (unit, length []float64) {
	unit = make([]float64, len(w))
	for a := 0; a < len(w); a += size {
		part := w[a : a+size]
		norm := math.Sqrt(dot(part, part))
		length = append(length, norm)
		if norm == 0 {
			continue
		}
		for j, x := range part {
			unit[a+j] = x / norm
		}
	}
	return unit, length
}
