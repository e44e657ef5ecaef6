package learning

import "partsnet/synapse"

// A circuit or a rule declares what it can do and what it needs by its methods. Each
// interface here is one such declaration; a method without a result is a mark, never called.
// [Has] looks for one.

// Has reports whether x declares the capability C.
func Has[C any](x any) bool {
	_, ok := x.(C)
	return ok
}

// Online is a rule that learns from presentations. Each begins with recognition from the
// start; for any other rule recognition continues from the rates that a stimulus had the
// last time.
type Online interface{ LearnsOnline() }

// Multiplicative is a mechanism whose step multiplies by a quotient, and can be lengthened
// by an exponent.
type Multiplicative interface{ Multiplies() }

// Simultaneous is a rule of which no step raises the objective also when rates and synapses
// are both updated from one state.
type Simultaneous interface{ UpdatesFromOneState() }

// EachStep is a rule that reads error units which fire for one step; the circuit adds their
// coincidences with the rates in the second half of the steps.
type EachStep interface{ AccumulatesEachStep() }

// FinalErrors is a rule that reads the error units of the last step of recognition, so that
// recognition has to come before learning.
type FinalErrors interface{ NeedsFinalErrors() }

// Missing is a mechanism for which missing entries of stimuli have a meaning: what a missing
// visible neuron would send, and what is compared with it, is left out of every sum
// ([Block.Seen]).
type Missing interface{ TakesMissing() }

// NeedsAll is a mechanism for which they have none. It completes "takes no stimuli
// with missing entries: ".
type NeedsAll interface{ WhyAll() string }

// ReadsSent is a rule that divides by what a synapse sends, or subtracts it. Where nothing is
// missing that follows from the hidden rates alone; else it is summed up for each synapse
// ([Accumulator.Sent]).
type ReadsSent interface{ SumsSent() }

// OfObjective is a rule whose coincidences are those of its objective and of the hidden rates
// as they are ([Additive.Coincide]), so that they can be summed up apart from [Rule].Accumulate.
type OfObjective interface{ SumsCoincidencesOfObjective() }

// AllRows is a rule that proposes the weights of all hidden neurons in one call.
type AllRows interface{ ProposesAllRows() }

// VisibleWise is a rule that proposes the weights of all hidden neurons onto some visible neurons in
// one call ([Change.Left]), because those onto one visible neuron depend on each other. It leaves alone
// what does not learn ([Change.Held], [Change.Cut]).
type VisibleWise interface{ ProposesOnto() }

// Drawing is a mechanism that draws random numbers.
type Drawing interface {
	// Draws says what they decide; it names the random stream.
	Draws() string
	// Seed sets what they depend on, before the mechanism is part of a network.
	Seed(uint64)
}

// Keeper is a rule that keeps something about the synapses of each neuron constant.
type Keeper interface{ Keeps() synapse.Normalisation }

// Kept returns what a rule keeps constant, [synapse.Free] for nothing.
func Kept(rule any) synapse.Normalisation {
	if k, ok := rule.(Keeper); ok {
		return k.Keeps()
	}
	return synapse.Free
}

// Starter is a rule that keeps nothing constant and whose synapses start normalised.
type Starter interface{ Starts() synapse.Normalisation }

// InitialNorm returns how the synapses of a rule are normalised at the start.
func InitialNorm(rule any) synapse.Normalisation {
	if s, ok := rule.(Starter); ok {
		return s.Starts()
	}
	return Kept(rule)
}

// Activity is a quantity of a circuit that a rule can read, in addition to stimuli, hidden
// rates and predictions. Its text completes "reads ...". A new circuit with an activity of
// its own declares a constant in its file.
type Activity string

// Activities of the circuits of package network.
const (
	Spikes            Activity = "single spikes of the visible neurons"
	DampedErrors      Activity = "damped error units"
	ErrorsBefore      Activity = "the error units from before the last step"
	LearnedInhibition Activity = "inhibitory synapses that are learned"
)

// Reader is a rule that reads an activity that not every circuit has.
type Reader interface{ Reads() Activity }

// Form describes stimuli and how they are presented.
type Form struct {
	Counts  bool    // held as counts
	Largest float64 // the largest rate or count
	Batch   int     // stimuli after which synapses change; 0 for all
	Missing bool    // entries are missing
}

// Selective is a mechanism that cannot take all stimuli.
type Selective interface {
	// Accepts returns nil or the reason why the mechanism cannot take such stimuli, with
	// what is allowed.
	Accepts(Form) error
}
