package network

import (
	"fmt"
	"strings"

	"partsnet/learning"
	"partsnet/neuron"
)

// Circuit computes how stimulus and prediction interact during recognition. A step has two
// phases, so that the drive of the neurons can be read before their rates move. A circuit
// keeps what it needs from step to step in a type of its own with the block
// ([learning.StateOf]). What else it declares ([Resting], [LateralInhibitor], [Offering],
// ...) decides which rules and plans it can be combined with.
type Circuit[T neuron.Float] interface {
	learning.Mechanism
	// Prepare is called with the synapses at the start and after each change.
	Prepare(w *learning.Weights[T]) error
	// Begin is called before the first step of a block and computes what stays constant
	// from step to step.
	Begin(b *learning.Block[T])
	// Drive computes what reaches the hidden neurons into b.Drive and, if the
	// circuit has it, b.Inhibition. Rates stay as they are.
	Drive(b *learning.Block[T])
	// Update moves the hidden rates b.H by what Drive has found.
	Update(b *learning.Block[T])
}

// Circuits returns all circuits, with the default of every parameter. A new circuit is one
// file and one line here.
func Circuits[T neuron.Float]() []Circuit[T] {
	return []Circuit[T]{
		&DivisiveError[T]{},
		&LateralInhibition[T]{},
		NewRateUnits[T](),
		NewLocallyCompetitive[T](),
		NewDivisiveModulation[T](),
		NewPredictiveHierarchy[T](),
		NewSpikeBySpike[T](),
		NewPlasticInhibition[T](),
		&LocalNMF[T]{},
		&AsynchronousInhibition[T]{},
		&AsynchronousError[T]{},
	}
}

// CircuitNamed returns the circuit of that name. The error lists the allowed names.
func CircuitNamed[T neuron.Float](name string) (Circuit[T], error) {
	var names []string
	for _, c := range Circuits[T]() {
		if c.Name() == name {
			return c, nil
		}
		names = append(names, c.Name())
	}
	return nil, fmt.Errorf("network: there is no circuit %q; there are %s", name, strings.Join(names, ", "))
}

// withErrorUnits names the circuits that have error units, for messages.
func withErrorUnits[T neuron.Float]() string {
	return circuitsThat[T](learning.Has[ErrorUnits])
}

// circuitsThat names the circuits that declare something, for messages.
func circuitsThat[T neuron.Float](declares func(any) bool) string {
	var names []string
	for _, c := range Circuits[T]() {
		if declares(c) {
			names = append(names, fmt.Sprintf("%q", c.Name()))
		}
	}
	return strings.Join(names, ", ")
}

// cost is the parameter of circuits in which rates have a cost.
func cost(value *float64, unit string) learning.Parameter {
	return learning.Parameter{Name: "cost", Doc: "cost of a firing rate, in units of " + unit + ": the larger, the sparser the encoding", Value: value, Low: 0, High: 1e6}
}
