package network

import (
	"fmt"

	"partsnet/learning"
	"partsnet/neuron"
)

// DriveFactor is a circuit in which what reaches a neuron is the factor of its rate, 1 where it is
// explained: an extra drive of 1 or more would let the rate grow without end.
type DriveFactor interface{ DriveIsFactor() }

// CheckEvents reports why the events of a plan do not fit a circuit and its network, or nil. Learns
// says whether time is counted in epochs of learning, or in steps of recognition. A size of the
// visible layer of 0 is one that is not known yet.
func CheckEvents[T neuron.Float](c Circuit[T], plan Plan, learns bool, hidden, visible int) error {
	for k := range plan.Events {
		e := &plan.Events[k]
		err := e.Check(hidden)
		if err == nil {
			err = fitsCircuit(c, plan, e, learns)
		}
		if err == nil {
			err = e.checkPairs(hidden, visible)
		}
		if err != nil {
			return fmt.Errorf("event[%d]: %w", k+1, err)
		}
	}
	return nil
}

func fitsCircuit[T neuron.Float](c Circuit[T], plan Plan, e *Event, learns bool) error {
	_, factor := any(c).(DriveFactor)
	_, lateral := any(c).(LateralInhibitor[T])
	_, plastic := any(c).(Plastic[T])
	switch {
	case e.Kind == Stimulate && factor && e.Drive >= 1:
		return fmt.Errorf("drive = %v; in circuit %q what reaches a neuron is the factor of its rate, so that with 1 or more the rate would grow without end: allowed is a drive below 1", e.Drive, c.Name())
	case e.Kind == Jitter && learns && plan.Order == Simultaneous:
		return fmt.Errorf("kind = %q with order %q, in which rates and synapses learn from one look at the error units; choose order %q or %q", e.Kind, plan.Order, LearnRecognise, RecogniseLearn)
	case e.Kind == Hold && !learns:
		return fmt.Errorf("kind = %q, and nothing learns while a network recognises; allowed is any other kind", e.Kind)
	case e.Kind != Cut:
		return nil
	case e.projection() == CutFeedforward && !plan.Untied:
		return fmt.Errorf("projection = %q; the feedforward synapses are the generative ones unless they are learned separately: allowed is %q", CutFeedforward, CutGenerative)
	case e.projection() == CutLateral && !lateral:
		return fmt.Errorf("projection = %q; circuit %q has no synapses among its hidden neurons, as have %s", CutLateral, c.Name(), circuitsThat[T](learning.Has[LateralInhibitor[T]]))
	case e.projection() == CutLateral && learns && !plastic:
		return fmt.Errorf("projection = %q; in circuit %q these synapses follow from the generative ones whenever they learn: allowed in recognition alone", CutLateral, c.Name())
	case e.projection() == CutModulatory && !learning.Has[Staged[T]](c):
		return fmt.Errorf("projection = %q; circuit %q has no upper stage, as has %s", CutModulatory, c.Name(), circuitsThat[T](learning.Has[Staged[T]]))
	}
	return nil
}

// checkPairs checks the numbers of the neurons of single synapses.
func (e *Event) checkPairs(hidden, visible int) error {
	post, layer := visible, "visible"
	if e.projection() == CutLateral {
		post, layer = hidden, "hidden"
	}
	for _, s := range e.Synapses {
		if s[0] < 0 || s[0] >= hidden || s[1] < 0 || post > 0 && s[1] >= post {
			return fmt.Errorf("synapses with [%d, %d]; allowed are pairs of a hidden neuron from 0 to %d and a %s neuron from 0 to %d", s[0], s[1], hidden-1, layer, post-1)
		}
	}
	return nil
}
