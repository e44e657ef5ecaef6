package network_test

import (
	"fmt"
	"testing"

	"partsnet/network"
)

// TestReadables asks every circuit for what can be read of it, by name, role and axes.
func TestReadables(t *testing.T) {
	want := map[string]string{
		"divisive-error":         "[synapses generative hidden→visible]",
		"lateral-inhibition":     "[synapses generative hidden→visible hidden→hidden lateral hidden→hidden]",
		"plastic-inhibition":     "[synapses generative hidden→visible hidden→hidden lateral hidden→hidden thresholds  →hidden]",
		"predictive-hierarchy":   "[synapses generative hidden→visible upper→hidden generative upper→hidden upper→hidden, modulating modulatory upper→hidden]",
		"divisive-error, untied": "[synapses generative hidden→visible visible→hidden recognition hidden→visible]",
	}
	for name, want := range want {
		untied := name == "divisive-error, untied"
		if untied {
			name = "divisive-error"
		}
		all, err := network.Readables(network.Choice{Name: name}, untied)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, r := range all {
			got = append(got, fmt.Sprintf("%s %s %s→%s", r.Name, r.Role, r.Rows, r.Columns))
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}
