package measure

import (
	"math"

	"partsnet/internal/elementary"
	"partsnet/internal/kernel"
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
// from 1/n, a single synapse, to 1, all of one strength: exp(−D), with the divergence D of p
// from 1/n, all alike. ok is false for a part without synapses.
func EffectiveArea(w []float64) (area float64, ok bool) {
	size, mean := make([]float64, len(w)), make([]float64, len(w))
	total := 0.0
	for j, x := range w {
		size[j] = math.Abs(x)
		total += size[j]
	}
	if total == 0 {
		return 0, false
	}
	one := total / float64(len(w))
	for j := range mean {
		mean[j] = one
	}
	return elementary.Exp(-max(0, kernel.Divergence(size, mean)) / total), true
}
