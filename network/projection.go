package network

import (
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Role is what a projection does in a network.
type Role int

// The roles of projections.
const (
	Generative  Role = iota // predicts the layer below
	Recognition             // drives the layer above: feedforward weights that are not tied to the generative ones
	Lateral                 // joins neurons of one layer
	Interneuron             // begins or ends at interneurons
	Modulatory              // changes the gain of the layer below and excites nothing
)

// Projection is a projection as it stands in a network. All projections are checked,
// saved and restored alike, whatever their role.
type Projection[T neuron.Float] struct {
	*synapse.Projection[T]
	Role Role
	// Derived: the weights follow from those of other projections, as −W Wᵀ does. The
	// circuit sets them in Prepare; they are not proposed and not part of a state.
	Derived bool
}

// Projections returns all projections of the network: the generative one, untied
// feedforward weights where there are some, then those of the circuit.
func (n *Network[T]) Projections() []Projection[T] { return n.projections }

// Extension is what a circuit adds to a network.
type Extension[T neuron.Float] struct {
	Populations []Population
	Projections []Projection[T]
	Variables   []Array[T] // what else changes as the circuit learns: thresholds
}

// Extender is a circuit with populations or projections of its own.
type Extender[T neuron.Float] interface {
	// Extend makes them for a network with these layers. [New] calls it once, before
	// the first Prepare.
	Extend(visible, hidden neuron.Layer) Extension[T]
}

// Plastic is an [Extender] with projections that learn: all those that are not derived.
type Plastic[T neuron.Float] interface {
	Extender[T]
	// ProposeOwn writes the weights that it proposes for them.
	ProposeOwn(c *OwnChange[T])
}

// OwnChange is the step from the present weights of the projections of a circuit to those
// that it proposes.
type OwnChange[T neuron.Float] struct {
	// Next is where the proposed weights are written, for each projection in the order of
	// [Extension], nil for one that is derived.
	Next [][]T
	// Rule, with what it has accumulated and, if it is [learning.Remembering], its memory.
	Rule        learning.Rule[T]
	Sum, Memory *learning.Accumulator[T]
	// Block holds the one stimulus of a batch of 1 after its last step of recognition.
	Block *learning.Block[T]
}

// extend adds what the circuit brings to the network.
func (n *Network[T]) extend() {
	n.own = len(n.projections)
	c, ok := n.circuit.(Extender[T])
	if !ok {
		return
	}
	e := c.Extend(n.Visible, n.Hidden)
	n.populations = append(n.populations, e.Populations...)
	n.projections = append(n.projections, e.Projections...)
	n.variables = e.Variables
}

// refresh gives kernels and circuit the present weights, if any have changed.
func (n *Network[T]) refresh() error {
	fresh := len(n.versions) > 0
	for k, v := range n.versions {
		fresh = fresh && (n.projections[k].Derived || n.projections[k].Version() == v)
	}
	if fresh {
		return nil
	}
	n.packed.Load(n.synapses.Weights())
	if n.forward != nil {
		n.packedF.Load(n.forward.Weights())
	}
	if err := n.circuit.Prepare(n.weights); err != nil {
		return err
	}
	if err := n.cutDerived(); err != nil {
		return err
	}
	n.versions = n.versions[:0]
	for _, p := range n.projections {
		n.versions = append(n.versions, p.Version())
	}
	return nil
}

// mustRefresh is refresh for methods that return no error. Weights that a circuit cannot
// use, because they overflow when they are multiplied, can only come from the caller.
func (n *Network[T]) mustRefresh() {
	if err := n.refresh(); err != nil {
		panic(err)
	}
}
