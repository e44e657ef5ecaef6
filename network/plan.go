package network

import (
	"errors"

	"partsnet/learning"
	"partsnet/neuron"
)

// Plan is how stimuli are presented, and how long a network learns from them.
type Plan struct {
	// Order is the order in which rates and synapses are updated.
	Order Order
	// Steps is the number of recognition steps of a presentation.
	Steps int
	// Batch is the number of stimuli after which the synapses change; 0 for all, so
	// that they change once an epoch.
	Batch int
	// Untied: the network has feedforward weights that are learned apart from the
	// generative ones; see [NewUntied].
	Untied bool
	// Relaxation is the exponent of the factor by which a multiplicative step multiplies,
	// one of [Relaxations]; 0 for the plain step, as 1.
	Relaxation float64
	// Shuffle permutes order, the numbers of the stimuli, for an epoch, counted from 1. The
	// result must depend on the epoch alone, so that a run that was killed continues with
	// the same order. Nil keeps the order of the data. Without batches it is not called.
	Shuffle func(epoch int, order []int)
	// Noise varies the stimuli by chance whenever they are presented to learn from, from then on as if
	// they were so; objectives and measures are of the stimuli themselves. With frozen noise a
	// stimulus is the same at each presentation.
	Noise neuron.Noise
	// Events are what is done to the network in some epochs; see [Event].
	Events []Event
	// Epochs is the largest number of epochs that [Learner.Learn] runs. [Learner.Epoch] and
	// [Learner.Step] run as many as they are called for.
	Epochs int
	// Tolerance ends [Learner.Learn] when an epoch brings no more than this share of the
	// whole gain so far; see [learning.Plateau]. 0 to run all epochs.
	Tolerance float64
}

// Pair reports why a circuit, a rule and a plan cannot learn together, or nil.
func Pair[T neuron.Float](c Circuit[T], rule learning.Rule[T], plan Plan) error {
	p := pairing[T]{c, rule, plan}
	for _, row := range refusals[T]() {
		if row.when(p) {
			return errors.New("network: " + row.because(p))
		}
	}
	return nil
}

// pairing is what [Pair] judges.
type pairing[T neuron.Float] struct {
	circuit Circuit[T]
	rule    learning.Rule[T]
	plan    Plan
}
