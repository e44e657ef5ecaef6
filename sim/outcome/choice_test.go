package outcome

import (
	"strings"
	"testing"

	"partsnet/sim/measure"
)

// TestOneNeuronIsChosen speaks of one hidden neuron in the singular.
func TestOneNeuronIsChosen(t *testing.T) {
	t.Parallel()
	c := &Choice{Criterion: measure.Knee, Fulfilled: true, Tried: []Tried{{Hidden: 1}, {Hidden: 2}}}
	for kept, want := range []string{"1 hidden neuron chosen of 1, 2 by", "2 hidden neurons chosen of 1, 2 by"} {
		if c.Kept = kept; !strings.HasPrefix(c.String(), want) {
			t.Errorf("%s, want %s", c, want)
		}
	}
}
