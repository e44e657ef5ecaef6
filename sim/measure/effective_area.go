package measure

import (
	"math"

	"partsnet/internal/elementary"
)

// effectiveAreas is the mean of [EffectiveArea] over parts.
var effectiveAreas = []Measure{{
	Name: "effective_area", Doc: "share of the visible layer that a part covers",
	Formula: "exp( −Σ p log p ) / n, p = |w| / Σ|w|", High: 1, of: ofParts(EffectiveArea),
}}

// EffectiveArea returns the share of the visible layer that a part covers:
//
//	exp( −Σ_j p_j log p_j ) / n        p = |w| / Σ|w|
//
// from 1/n, a single synapse, to 1, all of one strength. ok is false for a part
// without synapses.
func EffectiveArea(w []float64) (area float64, ok bool) {
	total := 0.0
	for _, x := range w {
		total += math.Abs(x)
	}
	if total == 0 {
		return 0, false
	}
	entropy := 0.0
	for _, x := range w {
		if p := math.Abs(x) / total; p > 0 {
			entropy -= float64(p * elementary.Log(p))
		}
	}
	return elementary.Exp(entropy) / float64(len(w)), true
}
