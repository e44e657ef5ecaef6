package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// State is all that a learner carries from one epoch to the next, beside what it was
// made of. A learner that is made anew and given the state goes on with the same bits.
// What accumulators hold is no part of it: every epoch begins with empty ones. Nor is the
// order of presentation, which follows from the number of the epoch.
type State[T kernel.Float] struct {
	Epoch  int                      // epochs completed
	Arrays []Array[T]               // all numbers that change
	Audits map[string]synapse.Audit // of each projection, by its name
}

// Array is numbers of a state by the name under which they are kept.
type Array[T kernel.Float] struct {
	Name    string
	Numbers []T
}

// Names of the arrays that every state has.
const (
	SynapsesArray = "synapses" // r×n
	RatesArray    = "rates"    // m×r
)

// State returns the state between two epochs. The arrays are views of what the learner
// holds: they may be read, and filled to be given to [Learner.Restore].
func (l *Learner[T]) State() State[T] {
	s := State[T]{
		Epoch: l.epoch,
		Arrays: []Array[T]{
			{SynapsesArray, l.net.synapses.Weights()},
			{RatesArray, l.h.Rows(0, l.h.Stimuli())},
		},
		Audits: map[string]synapse.Audit{},
	}
	if l.net.forward != nil {
		s.Arrays = append(s.Arrays, Array[T]{l.net.forward.Name(), l.net.forward.Weights()})
	}
	if c, ok := l.net.circuit.(plastic[T]); ok {
		for _, p := range c.plastic() {
			s.Arrays = append(s.Arrays, Array[T]{p.Projection.Name(), p.Projection.Weights()})
		}
		s.Arrays = append(s.Arrays, c.variables()...)
	}
	if l.memory != nil {
		fields := l.memory.Fields()
		for k, name := range [...]string{"remembered coincidences", "remembered overlap", "remembered totals"} {
			if fields[k] != nil {
				s.Arrays = append(s.Arrays, Array[T]{name, fields[k]})
			}
		}
	}
	for _, p := range l.net.projections() {
		s.Audits[p.Name()] = p.Audit()
	}
	return s
}

// Restore gives the learner a state, whose arrays are copied where they are not its own
// views. It returns an error for weights or rates that are none and for arrays that the
// learner does not have, misses, or has in another size.
func (l *Learner[T]) Restore(s State[T]) error {
	own := l.State().Arrays
	if len(s.Arrays) != len(own) {
		return fmt.Errorf("network: a state of %d arrays; this learner has %d", len(s.Arrays), len(own))
	}
	for i, to := range own {
		from := s.Arrays[i]
		if from.Name != to.Name || len(from.Numbers) != len(to.Numbers) {
			return fmt.Errorf("network: the state has %q with %d numbers where this learner has %q with %d", from.Name, len(from.Numbers), to.Name, len(to.Numbers))
		}
		copy(to.Numbers, from.Numbers)
	}
	if err := l.h.Check(); err != nil {
		return err
	}
	for _, p := range l.net.projections() {
		if err := p.Set(p.Weights()); err != nil {
			return err
		}
	}
	if err := l.net.SynapsesChanged(); err != nil {
		return err
	}
	for _, p := range l.net.projections() {
		p.RestoreAudit(s.Audits[p.Name()])
	}
	l.epoch, l.phase = s.Epoch, 0
	l.presented = presented{apart: l.presented.apart} // the next epoch begins with an order of its own
	return nil
}

// projections returns all projections of the network.
func (n *Network[T]) projections() []*synapse.Projection[T] {
	all := []*synapse.Projection[T]{n.synapses}
	if n.forward != nil {
		all = append(all, n.forward)
	}
	switch c := n.circuit.(type) {
	case plastic[T]:
		for _, p := range c.plastic() {
			all = append(all, p.Projection)
		}
	case Competitive[T]:
		all = append(all, c.Lateral())
	}
	return all
}
