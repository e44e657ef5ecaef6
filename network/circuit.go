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
// rates move. What a circuit keeps between two steps is in the block.
type Circuit[T kernel.Float] interface {
	// Name is what an experiment calls the circuit.
	Name() string
	// Nature is what the circuit lowers and what it needs.
	Nature() Nature
	// Prepare is told the synapses whenever they have changed.
	Prepare(w *synapse.Projection[T], s *kernel.Synapses[T]) error
	// Begin is told of a block before its first step and makes ready what does not
	// change from step to step.
	Begin(b *learning.Block[T])
	// Drive computes what reaches the hidden neurons into b.Drive and, if the
	// circuit has it, b.Inhibition. Rates stay as they are.
	Drive(b *learning.Block[T])
	// Update moves the hidden rates b.H by what Drive has found.
	Update(b *learning.Block[T])
}

// Nature says of a circuit what a step of recognition lowers and with what it goes
// together.
type Nature struct {
	Objective learning.Objective

	// Normalisation is what the circuit needs a rule to keep constant; Free if it can
	// do with any.
	Normalisation synapse.Normalisation
	// FromRest: recognition begins with silent hidden neurons and not with rates that
	// share out the stimulus.
	FromRest bool
	// Steps is the number of recognition steps that a presentation needs to come
	// near the answer.
	Steps int
	// Unit is that of a step on the axis of a figure: "step", "ms", "spike", "sweep".
	Unit string
	// As is the name of another circuit whose activity it has as well, so that it can be
	// learned with the rules of that one.
	As string
	// OneByOne: the circuit has synapses of its own that learn from single presentations.
	OneByOne bool
	// Dense: the circuit cannot read counts.
	Dense bool
	// Multiplicative: a step multiplies the rates and can be lengthened.
	Multiplicative bool
	// ErrorUnits: hidden neurons hear error units alone, v_j/p_j, which rates and synapses
	// can share, and hear them through synapses that need not be those which predict.
	ErrorUnits bool
	// Lateral: the circuit has inhibitory synapses of its own that the rule changes.
	Lateral bool
}

// Costly is a circuit in which a firing rate has a cost: it lowers its objective plus
// the cost times all hidden rates.
type Costly interface{ FiringCost() float64 }

// Random is a circuit that draws random numbers.
type Random interface {
	// Chance returns what they decide, in words, and what they depend on, to be set
	// before the first Prepare.
	Chance() (what string, source *uint64)
}

// Competitive is a circuit with inhibitory synapses among its hidden neurons.
type Competitive[T kernel.Float] interface {
	// Lateral returns the inhibitory projection of the hidden layer onto itself, nil
	// before the first Prepare.
	Lateral() *synapse.Projection[T]
}

// Circuits returns the circuits there are, with the default of every parameter. A new
// circuit is one file and one line here.
func Circuits[T kernel.Float]() []Circuit[T] {
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

// withErrorUnits names the circuits that have error units, for messages.
func withErrorUnits[T kernel.Float]() string {
	var names []string
	for _, c := range Circuits[T]() {
		if c.Nature().ErrorUnits {
			names = append(names, fmt.Sprintf("%q", c.Name()))
		}
	}
	return strings.Join(names, ", ")
}

// cost is the parameter of circuits in which firing costs something.
func cost(value *float64, unit string) learning.Parameter {
	return learning.Parameter{Name: "cost", Doc: "cost of a firing rate, in units of " + unit + ": the larger, the sparser the encoding", Value: value, Low: 0, High: 1e6}
}
