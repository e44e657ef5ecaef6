package network_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// TestArraysAreDescribed holds the description of every circuit to the arrays that its
// network has: none is left out, none is invented, and shapes are as they say.
func TestArraysAreDescribed(t *testing.T) {
	const visible, hidden = 7, 5
	for _, c := range network.Circuits[float64]() {
		w := synapse.New[float64]("hidden→visible", hidden, visible, synapse.Excitatory)
		w.Randomise(rand.New(rand.NewPCG(1, 1)), 0.1, 1)
		net, err := network.New(neuron.Layer{Name: "visible", Size: visible}, neuron.Layer{Name: "hidden", Size: hidden}, w, c, 1)
		if err != nil {
			t.Fatalf("%s: %v", c.Name(), err)
		}
		sizes := map[string]int{"1": 1, "visible": visible, "hidden": hidden}
		for _, p := range net.Populations() {
			sizes[p.Name] = p.Size
		}
		kept := map[string]network.Array[float64]{}
		for _, a := range net.Arrays()[1:] { // the first are the synapses of every network
			kept[a.Name] = a
		}
		for _, d := range c.Describe().Arrays {
			a, ok := kept[d.Name]
			if !ok {
				t.Errorf("%s describes an array %q that its network does not have", c.Name(), d.Name)
				continue
			}
			delete(kept, d.Name)
			rows, cols, _ := strings.Cut(d.Shape, " × ")
			if a.Rows != sizes[rows] || len(a.Numbers) != sizes[rows]*sizes[cols] {
				t.Errorf("%s: array %q has %d numbers in %d rows, and is described as %s", c.Name(), d.Name, len(a.Numbers), a.Rows, d.Shape)
			}
			if d.File == "" || d.Doc == "" {
				t.Errorf("%s: array %q has no file or no text", c.Name(), d.Name)
			}
		}
		for name := range kept {
			t.Errorf("%s does not describe its array %q", c.Name(), name)
		}
	}
}
