package train

import (
	"strings"
	"testing"

	"partsnet/sim/outcome"
)

// TestWhy puts the sentence to records that settle, that still fall, that rise, and that
// are one.
func TestWhy(t *testing.T) {
	for want, objectives := range map[string][]float64{
		"so it had all but settled.":                                                                   {100, 10, 10 - 1e-6},
		"brought 0.556 % of the whole gain at the end, so more":                                        {100, 15, 10},
		"rose at 1 of 3 records and ended 20 % above the lowest.":                                      {100, 10, 12},
		"6 digits of the objective did not change over the last 20 epochs, so it had all but settled.": {100.001, 100.0002, 100.0001, 100.00005},
		"brought 1.11 % of the whole gain at the end, so more":                                         {100.01, 100.002, 100.001}, // the sixth digit falls
		"because all epochs were run.":                                                                 {5},
		"the objective is not below that after the first epoch.":                                       {5, 5},
	} {
		var records []outcome.Record
		rises := 0
		for i, d := range objectives {
			e := outcome.Record{Epoch: 1 + 10*i, Objective: d}
			if i > 0 && d > objectives[i-1] {
				e.Rise = true
				rises++
			}
			records = append(records, e)
		}
		if got := why(allEpochs, endOf(records, rises), rises); !strings.Contains(got, want) {
			t.Errorf("%v: %s; want %s", objectives, got, want)
		}
	}
}
