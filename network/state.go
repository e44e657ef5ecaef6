package network

import (
	"fmt"
	"math"

	"partsnet/neuron"
	"partsnet/synapse"
)

// State is all that changes in a learner from one epoch to the next. A learner that is made
// again from the same network, rule, plan and stimuli and is given the state continues with
// the same bits. Accumulators are not part of it, because every epoch begins with empty
// ones, nor is the order of presentation, which follows from the number of the epoch.
type State[T neuron.Float] struct {
	Epoch  int                      // epochs completed
	Arrays []Array[T]               // all numbers that change
	Audits map[string]synapse.Audit // of each projection, by its name
}

// Array is a named matrix or vector of a state.
type Array[T neuron.Float] struct {
	Name    string
	Rows    int // of the matrix, 1 for a vector
	Numbers []T
}

// Names of the arrays that every state has.
const (
	SynapsesArray = "synapses" // r×n
	RatesArray    = "rates"    // m×r
)

// Arrays returns all that learning changes in the network: the weights of all projections
// that learn, in the order of [Network.Projections], and the variables of the circuit.
// Together with layers, circuit and floor they determine the network. The arrays are views:
// they may be read, or filled and then passed to [Network.Restore].
func (n *Network[T]) Arrays() []Array[T] {
	var all []Array[T]
	for k, p := range n.projections {
		name := p.Name()
		if k == 0 {
			name = SynapsesArray
		}
		if !p.Derived {
			all = append(all, Array[T]{name, p.Pre(), p.Weights()})
		}
	}
	return append(all, n.variables...)
}

// Restore copies arrays that [Network.Arrays] of another network returned. It returns an
// error if an array is missing, unknown or of another shape, and for numbers that are not
// allowed as weights.
func (n *Network[T]) Restore(arrays []Array[T]) error {
	if err := fill(n.Arrays(), arrays, "network"); err != nil {
		return err
	}
	for _, a := range arrays {
		for i, x := range a.Numbers {
			if y := float64(x); math.IsNaN(y) || math.IsInf(y, 0) {
				return fmt.Errorf("network: no. %d of %q is %v; allowed are finite numbers", i, a.Name, x)
			}
		}
	}
	return n.restored()
}

// restored checks the weights after they were filled in, and passes them to the circuit.
func (n *Network[T]) restored() error {
	for _, p := range n.projections {
		if err := p.Set(p.Weights()); err != nil {
			return err
		}
	}
	return n.refresh()
}

// fill copies arrays into those of the owner, which must have the same names and shapes.
func fill[T neuron.Float](own, from []Array[T], owner string) error {
	if len(from) != len(own) {
		return fmt.Errorf("network: a state of %d arrays; this %s has %d", len(from), owner, len(own))
	}
	for i, to := range own {
		from := from[i]
		if from.Name != to.Name || from.Rows != to.Rows || len(from.Numbers) != len(to.Numbers) {
			return fmt.Errorf("network: the state has %q with %d numbers in %d rows where this %s has %q with %d in %d",
				from.Name, len(from.Numbers), from.Rows, owner, to.Name, len(to.Numbers), to.Rows)
		}
		copy(to.Numbers, from.Numbers)
	}
	return nil
}

// State returns the state between two epochs. The arrays are views: they may be read, or
// filled and then passed to [Learner.Restore].
func (l *Learner[T]) State() State[T] {
	learned := l.net.Arrays()
	s := State[T]{
		Epoch:  l.epoch,
		Arrays: append([]Array[T]{learned[0], {RatesArray, l.h.Stimuli(), l.h.Rows(0, l.h.Stimuli())}}, learned[1:]...),
		Audits: map[string]synapse.Audit{},
	}
	if l.accelerator != nil {
		s.Arrays = append(s.Arrays, l.accelerator.arrays()...)
	}
	if l.memory != nil {
		fields := l.memory.Fields()
		for k, name := range [...]string{"remembered coincidences", "remembered overlap", "remembered totals", "remembered sent"} {
			if fields[k] != nil {
				s.Arrays = append(s.Arrays, Array[T]{name, 1, fields[k]})
			}
		}
	}
	s.Arrays = append(s.Arrays, l.net.cuts()...)
	for _, p := range l.net.projections {
		s.Audits[p.Name()] = p.Audit()
	}
	return s
}

// Restore sets the state of the learner; arrays that are not its own views are copied. It
// returns an error for numbers that are not allowed as weights or rates, and if an array is
// missing, unknown or of another size.
func (l *Learner[T]) Restore(s State[T]) error {
	if err := fill(l.State().Arrays, s.Arrays, "learner"); err != nil {
		return err
	}
	if err := l.h.Check(); err != nil {
		return err
	}
	if err := l.net.restored(); err != nil {
		return err
	}
	for _, p := range l.net.projections {
		p.RestoreAudit(s.Audits[p.Name()])
	}
	l.epoch, l.phase = s.Epoch, 0
	l.now, l.entered = l.events.at(s.Epoch), 0
	l.presented = presented{apart: l.presented.apart} // the next epoch makes its own order
	return nil
}
