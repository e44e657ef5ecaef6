package sim

import (
	"testing"

	"partsnet/learning"
	"partsnet/network"
)

// TestEverythingHasASource holds the sources to the circuits and rules that there are.
func TestEverythingHasASource(t *testing.T) {
	for _, c := range network.Circuits[float64]() {
		if circuitSources[c.Name()] == nil {
			t.Errorf("the circuit %s has no source", c.Name())
		}
	}
	for _, r := range learning.Rules[float64]() {
		if ruleSources[r.Name()] == nil {
			t.Errorf("the rule %s has no source", r.Name())
		}
	}
}
