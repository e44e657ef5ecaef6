package score

import (
	"math"
	"testing"

	"partsnet/sim/estimate"
)

// TestPossible says between which values the mean of a measure can be.
func TestPossible(t *testing.T) {
	runs := []result{{kept: kept{Countable: map[string]int{"bars_found": 16}}}}
	for name, want := range map[string][2]float64{"bars_found": {0, 16}, "mean_cosine": {0, 1}, "explained_variance": {math.Inf(-1), 1}, "rmse": {0, math.Inf(1)}} {
		if least, most := possible(name, runs); least != want[0] || most != want[1] {
			t.Errorf("%s: from %v to %v, want %v", name, least, most, want)
		}
	}
}

// TestSameShare: Fisher's exact test by hand. With 5 of 5 and 0 of 5 there are 252 ways to
// choose, so the tail is 1/252; with 10 of 10 and 0 of 10 it is 1/184,756.
func TestSameShare(t *testing.T) {
	if !sameShare(estimate.Share(5, 5), estimate.Share(0, 5)) {
		t.Error("a chance of 1/252 is called a difference")
	}
	if sameShare(estimate.Share(10, 10), estimate.Share(0, 10)) {
		t.Error("a chance of 1/184,756 is called none")
	}
	if !sameShare(estimate.Share(3, 3), estimate.Share(23, 25)) {
		t.Error("3 of 3 and 23 of 25 differ")
	}
}
