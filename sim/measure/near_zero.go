package measure

import "math"

// nearZeros are the means of [NearZero] over parts and over neurons.
var nearZeros = []Measure{
	{
		Name: "near_zero_parts", Doc: "share of a part's weights below a thousandth of its largest",
		Formula: "#{ |w| < max|w| / 1000 } / n", High: 1, of: ofParts(NearZero),
	},
	{
		Name: "near_zero_rates", Doc: "share of a neuron's rates below a thousandth of its largest",
		Formula: "#{ h < max h / 1000 } / m", High: 1, of: ofNeurons(NearZero),
	},
}

// Negligible is the share of the largest entry below which others are near zero.
const Negligible = 1e-3

// NearZero returns the share of entries of x that are smaller than a thousandth
// of the largest. Multiplicative rules approach zero and hardly reach it, so
// counting exact zeros would say little. ok is false for all zeros.
func NearZero(x []float64) (share float64, ok bool) {
	top := 0.0
	for _, y := range x {
		if size := math.Abs(y); size > top {
			top = size
		}
	}
	if top == 0 {
		return 0, false
	}
	limit, n := Negligible*top, 0
	for _, y := range x {
		below := 0 // without a branch, which nothing could foretell
		if math.Abs(y) < limit {
			below = 1
		}
		n += below
	}
	return float64(n) / float64(len(x)), true
}
