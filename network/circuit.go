package network

import (
	"fmt"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/synapse"
)

// Circuit is how stimulus and prediction meet during recognition. A step has
// two phases, so that what drives the neurons can be looked at before their
// rates move.
type Circuit[T kernel.Float] interface {
	// Name is what an experiment calls the circuit.
	Name() string
	// Objective is what a step of recognition lowers.
	Objective() learning.Objective
	// Prepare is told the synapses whenever they have changed.
	Prepare(w *synapse.Projection[T], s *kernel.Synapses[T]) error
	// Drive computes what reaches the hidden neurons into b.Drive and, if the
	// circuit has it, b.Inhibition. Rates stay as they are.
	Drive(b *learning.Block[T])
	// Update moves the hidden rates b.H by what Drive has found.
	Update(b *learning.Block[T])
}

// Circuits returns the circuits there are. A new circuit is one file and one
// line here.
func Circuits[T kernel.Float]() []Circuit[T] {
	return []Circuit[T]{
		&DivisiveError[T]{},
		&LateralInhibition[T]{},
	}
}

// CircuitNamed returns the circuit of that name. The error lists the names
// there are.
func CircuitNamed[T kernel.Float](name string) (Circuit[T], error) {
	var names []string
	for _, c := range Circuits[T]() {
		if c.Name() == name {
			return c, nil
		}
		names = append(names, c.Name())
	}
	return nil, fmt.Errorf("network: there is no circuit %q; there are %s", name, strings.Join(names, ", "))
}
