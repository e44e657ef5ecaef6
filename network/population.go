package network

import "partsnet/neuron"

// PopulationRole is what a population does in a network.
type PopulationRole int

// The roles of populations.
const (
	VisibleLayer PopulationRole = iota // shows the stimulus
	HiddenLayer                        // encodes it
	MiddleLayer                        // encodes the layer below, for a hidden layer further above
	UpperStage                         // encodes the hidden layer
	Interneurons                       // carry inhibition between neurons of one layer
)

// Population is a layer of neurons with its role in a network.
type Population struct {
	neuron.Layer
	Role PopulationRole
}

// Populations returns all populations of the network: the visible and the hidden layer,
// then those of the circuit.
func (n *Network[T]) Populations() []Population { return n.populations }
