package main

import (
	"strings"
	"testing"

	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
)

// TestStoredWithoutPartner says how many stored parts have no partner where fewer were learned, and
// gives the lowest cosine of the others.
func TestStoredWithoutPartner(t *testing.T) {
	t.Parallel()
	stored4 := []float64{1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 0}
	table := outcome.Stored{Name: "M", Names: []string{"Syn1", "Syn2", "Syn3", "Syn4"}, Recovery: measure.Recover(stored4, []float64{0, 1, 0, 3, 0, 4}, 3)}
	g := &outcome.Groups{Members: []outcome.Member{{Fit: outcome.Fit{Group: stimulus.Group{Name: "P1"}}}}, Stored: []outcome.Stored{table}}
	if got, want := storedIn(table), "4, cosine from 0.800, 2 without partner"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got, want := stored(g), "1 of 4 stored parts matched with a cosine above 0.95; the lowest is 0.800, of Syn3 of P1; 2 have no partner, because fewer parts were learned"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	table.Recovery = measure.Recover(stored4[:3], []float64{2, 0, 0}, 3)
	table.Names = table.Names[:1]
	g.Stored = []outcome.Stored{table}
	if got := storedIn(table) + "; " + stored(g); strings.Contains(got, "partner") || !strings.HasPrefix(got, "1, cosine from 1.000; 1 of 1 stored part matched") {
		t.Errorf("all matched: %s", got)
	}
}
