package network

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// State is all that a learner carries from one epoch to the next, beside what it was
// made of. A learner that is made anew and given the state goes on with the same bits.
type State[T kernel.Float] struct {
	Epoch    int           // epochs completed
	Synapses []T           // r×n
	Rates    []T           // m×r
	Audit    synapse.Audit // of the generative synapses
	Lateral  synapse.Audit // of lateral inhibitory synapses
}

// State returns the state between two epochs. Slices are views for reading.
func (l *Learner[T]) State() State[T] {
	s := State[T]{
		Epoch: l.epoch, Synapses: l.net.synapses.Weights(), Rates: l.h.Rows(0, l.h.Stimuli()),
		Audit: l.net.synapses.Audit(),
	}
	if c, ok := l.net.circuit.(*LateralInhibition[T]); ok {
		s.Lateral = c.Lateral().Audit()
	}
	return s
}

// Restore gives the learner a state, which is copied. It returns an error for weights
// or rates that are none, and panics if a shape does not fit.
func (l *Learner[T]) Restore(s State[T]) error {
	if len(s.Rates) != l.h.Stimuli()*l.h.Neurons() {
		panic("network: Restore: another number of rates")
	}
	copy(l.h.Rows(0, l.h.Stimuli()), s.Rates)
	if err := l.h.Check(); err != nil {
		return err
	}
	if err := l.net.synapses.Restore(s.Synapses, s.Audit); err != nil {
		return err
	}
	if err := l.net.SynapsesChanged(); err != nil {
		return err
	}
	if c, ok := l.net.circuit.(*LateralInhibition[T]); ok {
		c.lateral.RestoreAudit(s.Lateral)
	}
	l.epoch, l.phase = s.Epoch, 0
	return nil
}
