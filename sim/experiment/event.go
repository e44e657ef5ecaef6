package experiment

import (
	"fmt"
	"strings"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/config"
)

// Event is something that is done to a network for some time.
type Event = network.Event

// mostEvents is the largest number of events.
const mostEvents = 1000

// Events is the key of events on a clock, [Epochs] or [Steps].
func Events(p *[]Event, clock string) config.Field {
	usual := func() Event {
		return Event{Kind: network.Silence, Neurons: []int{}, Rates: []float64{}, Synapses: [][2]int{}, Noise: neuron.Noise{Kind: neuron.NoNoise}, Projection: network.CutGenerative, Choose: network.AtRandom}
	}
	var kinds []string
	for k, name := range network.EventKinds() {
		kinds = append(kinds, fmt.Sprintf("%q (%s)", name, network.EventDocs()[k]))
	}
	return config.Tables("event", p, mostEvents, usual, func(e *Event) []config.Field {
		return []config.Field{
			config.Choice("kind", (*string)(&e.Kind), network.EventKinds(), "what is done: "+strings.Join(kinds, ", ")),
			config.Integer("from", &e.From, 0, 100_000_000, "number of "+clock+" after which it begins"),
			config.Integer("until", &e.Until, 0, 100_000_000, "number of "+clock+" after which it ends; 0 for the end"),
			config.Integers("neurons", &e.Neurons, 0, 999_999, 1_000_000, true, "hidden neurons; [] for all, or for fraction"),
			config.Number("fraction", &e.Fraction, 0, 1, "share of the hidden neurons, drawn at random, or of the synapses that are cut; 0 for none"),
			config.Numbers("rates", &e.Rates, 0, 1e12, 1_000_000, "rates of a clamp, one for all neurons or one for each"),
			config.Number("drive", &e.Drive, 0, 1e12, "extra drive of a stimulation, in the unit of what reaches a neuron in the circuit"),
			config.Choice("noise", (*string)(&e.Noise.Kind), neuron.Noises(), "noise of the rates"),
			config.Number("sd", &e.Noise.SD, 0, 1e12, "standard deviation of gaussian noise"),
			config.Number("gain", &e.Noise.Gain, 0, 1e12, "spikes that poisson noise counts at a rate of 1; the more, the less noise"),
			config.Boolean("frozen", &e.Noise.Frozen, "whether noise is the same at every step for a stimulus"),
			config.Choice("projection", &e.Projection, network.CutProjections(), "projection that is cut"),
			config.Pairs("synapses", &e.Synapses, 1<<31-1, 1_000_000, "synapses that are cut, pairs of the neuron from which one comes and that which it reaches"),
			config.Choice("choose", &e.Choose, network.CutChoices(), "which synapses a fraction cuts"),
		}
	}, "what is done to the network meanwhile, from a number of "+clock+" until another; docs/disturb.md describes it")
}

// Seeded returns events whose random choices depend on a seed for each, by its number from 1.
func Seeded(events []Event, seed func(what string) uint64) []Event {
	all := append([]Event(nil), events...)
	for k := range all {
		all[k].Seed = seed(fmt.Sprintf("event %d", k+1))
	}
	return all
}

// Raises reports whether an event, or noise that is new at every presentation, explains that the objective is higher at the end of an epoch than at
// that of an earlier one.
func (x *Experiment) Raises(before, after int) bool {
	if x.NewNoise() {
		return true // what is measured is not what is presented
	}
	for k := range x.Events {
		if x.Events[k].Raises(before, after) {
			return true
		}
	}
	return false
}

// checkEvents checks the events of learning.
func (x *Experiment) checkEvents(c network.Circuit[float64], rule learning.Rule[float64], plan network.Plan) error {
	if len(x.Events) == 0 {
		return nil
	}
	for k, e := range x.Events {
		if e.Until > x.Learning.Epochs {
			return fmt.Errorf("event[%d].until = %d; there are %d epochs: allowed is 0, to the end, or at most %d", k+1, e.Until, x.Learning.Epochs, x.Learning.Epochs)
		}
		if e.From >= x.Learning.Epochs {
			return fmt.Errorf("event[%d].from = %d; there are %d epochs, and an event begins before the last: allowed is 0 to %d", k+1, e.From, x.Learning.Epochs, x.Learning.Epochs-1)
		}
	}
	switch least := x.Tried()[0]; {
	case len(x.Stack.Hidden) > 0:
		return fmt.Errorf("event with stack.hidden = %v; allowed is [], as layers above learn one after the other from rates that events have changed", x.Stack.Hidden)
	case len(x.Constraints) > 1:
		return fmt.Errorf("event with network.constraints = %q; allowed is [%q], as nothing is done to the others", x.Constraints, NonNegative)
	case x.Bootstrap.Repeats > 0:
		return fmt.Errorf("event with bootstrap.repeats = %d; allowed is 0, as a repeat begins with what the run has learned", x.Bootstrap.Repeats)
	case x.Choose.Folds > 0:
		return fmt.Errorf("event with network.folds = %d; allowed is 0", x.Choose.Folds)
	case x.Learning.Tolerance > 0:
		return fmt.Errorf("event with learning.tolerance = %v; allowed is 0, as learning may end before an event, or because of one", x.Learning.Tolerance)
	default:
		plan.Events = x.Events
		return network.CheckEvents(c, plan, true, least, 0)
	}
}

// EventEpochs returns the epochs between which an event begins or ends, which are recorded: those
// before and those after.
func (x *Experiment) EventEpochs() (epochs []int) {
	for _, e := range x.Events {
		for _, t := range []int{e.From, e.Until} {
			if t > 0 {
				epochs = append(epochs, t, t+1)
			}
		}
	}
	return epochs
}
