package network_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"partsnet/internal/shared"
	"partsnet/network"
)

// TestReferenceEdges holds a stimulus of zeros, an input that is never on,
// locked zeros and a neuron without synapses to the reference.
func TestReferenceEdges(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "reference", "edge-6x8.json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref referenceSet
	if err := json.Unmarshal(data, &ref); err != nil {
		t.Fatal(err)
	}
	ref.R = len(ref.H0)
	var rules map[string]json.RawMessage
	if err := json.Unmarshal(data, &rules); err != nil {
		t.Fatal(err)
	}
	ref.Learning = rules
	for _, tt := range []struct {
		reference, rule string
		order           network.Order
	}{
		{"kl_nature", "poisson", network.LearnRecognise},
		{"eu_nips_hw", "gaussian", network.RecogniseLearn},
	} {
		net, l := build[float64](t, ref, tt.rule, tt.order, false, 1)
		for _, steps := range []int{1, 10, 100} {
			for l.Epochs() < steps {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
			}
			want := ref.after(t, tt.reference, steps)
			compare(t, fmt.Sprintf("%s: W after %d", tt.reference, steps), net.Synapses().Weights(), want.W.transposed(), 1e-10, 1e-12)
			compare(t, fmt.Sprintf("%s: H after %d", tt.reference, steps), l.Rates().Rows(0, l.Rates().Stimuli()), want.H.transposed(), 1e-10, 1e-12)
		}
	}
}
