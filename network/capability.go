package network

import (
	"slices"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// What a circuit can do and what it needs is declared by the methods that it has, as for
// rules (package learning).

// Resting is a circuit whose recognition begins with silent hidden neurons and not with
// rates that share out the stimulus.
type Resting interface{ BeginsAtRest() }

// BatchOfOne is a circuit with synapses of its own that learn from single presentations.
type BatchOfOne interface{ NeedsBatchOfOne() }

// DenseOnly is a circuit that reads all rates of a stimulus: counts are spread out for it.
type DenseOnly interface{ NeedsDense() }

// ErrorUnits is a circuit whose hidden neurons receive input from error units alone,
// v_j/p_j, which rates and synapses can share. The synapses of that input need not be those
// that predict.
type ErrorUnits interface{ HasErrorUnits() }

// Requiring is a circuit that needs a rule to keep something about the synapses constant.
type Requiring interface{ Requires() synapse.Normalisation }

// required returns what a circuit needs to be kept, [synapse.Free] if it works with any.
func required(c any) synapse.Normalisation {
	if r, ok := c.(Requiring); ok {
		return r.Requires()
	}
	return synapse.Free
}

// Offering is a circuit with activities that rules can read, in addition to stimuli, hidden
// rates and predictions.
type Offering interface{ Offers() []learning.Activity }

// offers reports whether a circuit has an activity.
func offers(c any, a learning.Activity) bool {
	o, ok := c.(Offering)
	return ok && slices.Contains(o.Offers(), a)
}

// Offers names the circuits that have an activity, for tables and messages.
func Offers(a learning.Activity) (names []string) {
	for _, c := range Circuits[float64]() {
		if offers(c, a) {
			names = append(names, c.Name())
		}
	}
	return names
}

// SparsityPenalty is a circuit in which rates have a cost: it lowers its objective plus λ
// times the sum of all hidden rates.
type SparsityPenalty interface{ SparsityPenalty() float64 }

// penalty returns λ, 0 for circuits in which rates have no cost.
func penalty(c any) float64 {
	if p, ok := c.(SparsityPenalty); ok {
		return p.SparsityPenalty()
	}
	return 0
}

// Stochastic is a circuit whose rates depend on the random numbers that it draws.
type Stochastic interface {
	learning.Drawing
	// RecognisesByChance is a mark, never called.
	RecognisesByChance()
}

// LateralInhibitor is a circuit with inhibitory synapses among its hidden neurons.
type LateralInhibitor[T neuron.Float] interface {
	// Lateral returns the inhibitory projection of the hidden layer onto itself, nil
	// before the circuit is part of a network.
	Lateral() *synapse.Projection[T]
}

// Conserving is a circuit whose hidden rates carry the total of the stimulus where
// synapses are normalised.
type Conserving interface {
	// Conserves reports whether Σ_a h_a = Σ_j v_j holds with synapses that are kept so.
	Conserves(kept synapse.Normalisation) bool
}

// Spiking is a circuit in which one visible neuron at a time fires.
type Spiking[T neuron.Float] interface {
	// LastSpike returns the neuron that fired last to stimulus i of the block, −1 if none
	// has.
	LastSpike(b *learning.Block[T], i int) int
}

// Staged is a circuit of two hidden stages.
type Staged[T neuron.Float] interface {
	// Stages returns the synapses between the stages, upper×hidden: those up and those
	// down; nil before the first Prepare.
	Stages() (up, down *synapse.Projection[T])
}
