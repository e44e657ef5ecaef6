package measure

import "partsnet/sim/stimulus"

// Represented is the number of true parts that learned parts represent, by the criterion
// that was made for their kind.
type Represented struct {
	Kind        string // "bars" or "squares"
	Found, True int
}

// RepresentedOf counts the bars or squares of a truth that learned parts (rows of w, of
// size) represent, see [Bars] and [Squares]. It is nil for true parts of another kind, for
// which there is no such criterion. Beside [Recover] it is the milder measure: it counts a
// bar that stands out from a background, whose cosine to the bar alone is low.
func RepresentedOf(truth *stimulus.Truth, w []float64, size int) *Represented {
	for _, kind := range []struct {
		measures []Measure
		count    func(truth, w []float64, size int, dominance float64) int
	}{{bars, Bars}, {squares, Squares}} {
		if kind.measures[0].Kind == truth.Kind {
			return &Represented{truth.Kind, kind.count(truth.Parts, w, size, truth.Dominance), len(truth.Parts) / size}
		}
	}
	return nil
}
