package neuron

import "fmt"

// Layer is a population of neurons.
type Layer struct {
	Name string // how messages and figures call it: "visible", "hidden"
	Size int    // number of neurons, at least 1
}

// Validate reports what is wrong with the layer, or nil.
func (l Layer) Validate() error {
	if l.Size < 1 {
		return fmt.Errorf("neuron: layer %q has %d neurons; a layer has at least 1", l.Name, l.Size)
	}
	return nil
}
