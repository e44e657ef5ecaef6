package network

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"unsafe"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Engine makes stimuli and networks that compute in one precision. Numbers go in and come
// out in float64, so that what stands above needs no type parameter.
type Engine interface {
	// Bytes returns the size of a number.
	Bytes() int
	// Floor returns [Floor].
	Floor() float64
	// Dense returns stimuli (stimuli×neurons, row-major), without a copy where the precision
	// is float64. The error is a [*neuron.RateError].
	Dense(stimuli, neurons int, rates []float64) (Data, error)
	// Mapped is [Engine.Dense] of numbers in this precision and in the byte order of the
	// machine, which are used where they lie.
	Mapped(stimuli, neurons int, numbers []byte) (Data, error)
	// Counts returns stimuli of which most rates are zero, without a copy of what is the
	// same in any precision.
	Counts(c *neuron.Counts[float64]) (Data, error)
	// Partial returns stimuli of which only what a mask shows is known; see
	// [neuron.PartialOf].
	Partial(v Data, seen *neuron.Mask) (Data, error)
	// Hidden returns hidden rates (stimuli×neurons, row-major).
	Hidden(stimuli, neurons int, rates []float64) (Hidden, error)
	// Model returns a network that learns from stimuli of this engine.
	Model(v Data, s Spec) (Model, error)
	// Trained returns a network whose synapses stand still, for [Trained.Restore] to fill.
	Trained(s Spec) (Trained, error)
	// Footprint returns the memory that a network and its learner hold, in bytes, while they
	// learn from stimuli of that extent, without these.
	Footprint(s Spec, e Extent) (float64, error)
	// Layers returns a stack for stimuli of this engine, empty.
	Layers(v Data, workers int) Layers
}

// In returns the engine of a precision, "float32" or "float64".
func In(precision string) (Engine, error) {
	switch precision {
	case "float32":
		return engine[float32]{}, nil
	case "float64":
		return engine[float64]{}, nil
	}
	return nil, fmt.Errorf("network: there is no precision %q; allowed is \"float32\" or \"float64\"", precision)
}

// Choice is a circuit or a rule by name, with the values of its parameters by name. What
// is not given keeps its default.
type Choice struct {
	Name       string
	Parameters map[string]float64
}

// Spec is what a network is made of, and how it starts and learns.
type Spec struct {
	Visible, Hidden neuron.Layer
	Circuit, Rule   Choice
	Plan            Plan
	Floor           float64 // see [Floor]
	Workers         int     // goroutines that carry blocks; 0 for one a processor

	Low, High       float64   // weights start uniformly between, before they are normalised
	Spread          float64   // hidden rates start at their share times a factor between 1 − Spread and 1 + Spread
	Synapses, Rates []float64 // to start from; nil for random ones

	Draw func(what string) *rand.Rand // the random numbers that decide something
	Seed func(what string) uint64     // what the random numbers of a circuit depend on
}

// Data is stimuli in the precision in which a network computes: all m×n rates, or counts,
// of which only those are held that are not zero.
type Data interface {
	Stimuli() int
	Neurons() int
	// Dense reports whether all rates are held, and Held how many are.
	Dense() bool
	Held() int
	// Seen returns which entries are known, nil if all are. The rate of others is 0.
	Seen() *neuron.Mask
	// Row returns the rates of all visible neurons to a stimulus.
	Row(stimulus int) []float64
	// Each calls visit for every rate to a stimulus that is held.
	Each(stimulus int, visit func(neuron int, rate float64))
	// All returns all rates that are held, in their order.
	All() iter.Seq[float64]
	// Wide returns all m×n rates in float64, nil of counts: a copy unless that is the precision.
	Wide() []float64
}

// Hidden reads hidden rates (m×r) in either precision.
type Hidden interface {
	Stimuli() int
	Neurons() int
	// Read writes rate number from of all, row by row, and every step-th after it into to.
	Read(to []float64, from, step int)
	// Of returns the rates to a stimulus.
	Of(stimulus int) []float64
	// Check returns a [*neuron.RateError] for the first number that is not a rate.
	Check() error
}

// Numbers is an [Array] in float64.
type Numbers = Array[float64]

// Trained is a network in either precision whose synapses stand still.
type Trained interface {
	// Circuit returns what the circuit is, and StepTaken the length of a step in its unit.
	Circuit() learning.Mechanism
	StepTaken() float64
	// Arrays returns what learning has made of the network; see [Network.Arrays].
	Arrays() []Numbers
	// Restore gives it what another has returned as Arrays.
	Restore(arrays []Numbers) error
	// Readables returns what can be read between two steps or epochs: the weights of all
	// projections, and the variables of the circuit.
	Readables() []Readable
	// Synapses returns the generative synapses, r×n: a view, which holds until they change or
	// are asked for again. Arrays has the same view of them.
	Synapses() []float64
	// Overlap returns how much the parts share, W Wᵀ (r×r).
	Overlap() []float64
	// Predict returns the prediction (n) of hidden rates (r). It may be called from several
	// goroutines.
	Predict(h []float64) []float64
	// Recognise recognises stimuli through that many steps; see [Network.Recognise].
	Recognise(v Data, steps int) Hidden
	// RecogniseApart is Recognise with random numbers that depend on each stimulus alone; see
	// [Network.RecogniseApart].
	RecogniseApart(v Data, steps int) Hidden
	// Settle recognises stimuli until the objective has settled; see [Network.Settle].
	Settle(v Data, steps int, tolerance float64) (Hidden, Settling)
	// Present begins a presentation of stimuli, which can be followed and changed step by step; see
	// [Network.Present]. What an event cuts stays cut in this network.
	Present(v Data, events []Event) (Presented, error)
	// Trace recognises a stimulus through that many steps; see [Network.Trace].
	Trace(v Data, stimulus, steps int) (*Course[float64], error)
	// Objective returns what recognition lowers, and Losses an objective of each stimulus.
	Objective(v Data, h Hidden) float64
	Losses(o learning.Objective, v Data, h Hidden) []float64
	// Random reports whether the circuit draws random numbers, and Competes whether its
	// hidden neurons inhibit each other.
	Random() bool
	Competes() bool
	// Staged returns the parts of each stage of a circuit with two, drawn through to the
	// visible layer, the lower first; nil for others.
	Staged() ([][]float64, error)
}

// Presented is a [Presentation] in either precision.
type Presented interface {
	Step() error
	Steps() int
	// Show changes the stimuli; rates carry over.
	Show(v Data) error
	Rates() Hidden
	LastSpikes() []int
	// Observe returns an observable of the circuit to a stimulus; see [Presentation.Observe].
	Observe(name string, stimulus int) []float64
	Fixed() []float64
}

// Model is a network in either precision that learns: a [Learner] and its [Network].
type Model interface {
	Trained
	Rule() learning.Mechanism
	Epoch() error
	Epochs() int
	RecogniseAll(steps int)
	Release()
	Rates() Hidden
	// Reached returns the objective that learning lowers, for the present rates and synapses,
	// and Objectives others beside it, from one look at the stimuli; see [Learner.Objectives].
	Reached() float64
	Objectives(also ...learning.Objective) (objective float64, others []float64)
	Loss(o learning.Objective) float64
	RoseBeyondRounding(before, after float64) bool
	Optimality() Optimality
	Invariants() (Invariants, error)
	// State returns the state between two epochs: see [Learner.State].
	State() ModelState
	// SetState gives it a state; see [Learner.Restore].
	SetState(s ModelState) error
}

// ModelState is a [State] in either precision. Its arrays are views of what the model
// holds, so that a checkpoint is written, and read, without a second copy of them.
type ModelState struct {
	Epoch  int
	Audits map[string]synapse.Audit
	Arrays []View
}

// View is an array in the precision of a model: Numbers is a []float32 or a []float64.
type View struct {
	Name    string
	Rows    int
	Numbers any
}

// Layers is a [Stack] in either precision.
type Layers interface {
	// Add puts the hidden layer of a model on top; a copy of it where the model is used
	// further.
	Add(m Model, further bool) error
	// Top returns the rates of the top layer, those set to zero that are too small for any
	// sum with the largest to feel: unused neurons fall for ever, and a layer above would have to
	// explain 10⁻¹⁴⁰.
	Top() Data
	// Rates returns the rates of the top layer.
	Rates() Hidden
	// Through returns an objective of the stimuli, predicted through all layers.
	Through(o learning.Objective) (float64, error)
	// Joint returns what learns all layers together; see [Stack.Joint].
	Joint() (Model, error)
	// Synapses returns the synapses of layer k, from 0, and Parts its parts drawn through to
	// the visible layer.
	Synapses(k int) []float64
	Parts(k int) []float64
	Len() int
}

// engine is the [Engine] of a precision.
type engine[T neuron.Float] struct{}

func (engine[T]) Bytes() int     { return int(unsafe.Sizeof(T(0))) }
func (engine[T]) Floor() float64 { return float64(Floor[T]()) }

func (engine[T]) Dense(stimuli, neurons int, rates []float64) (Data, error) {
	return newDense(neuron.RatesOf(stimuli, neurons, narrow[T](rates)))
}

func (e engine[T]) Mapped(stimuli, neurons int, numbers []byte) (Data, error) {
	if len(numbers) != stimuli*neurons*e.Bytes() {
		panic("network: Mapped: the bytes are not stimuli·neurons numbers")
	}
	return newDense(neuron.RatesOf(stimuli, neurons, unsafe.Slice((*T)(unsafe.Pointer(&numbers[0])), stimuli*neurons)))
}

func newDense[T neuron.Float](rates *neuron.Rates[T], err error) (Data, error) {
	if err != nil {
		return nil, err
	}
	return &data[T]{stimuli: rates, dense: rates}, nil
}

func (engine[T]) Counts(c *neuron.Counts[float64]) (Data, error) {
	counts, err := neuron.CountsIn[T](c)
	if err != nil {
		return nil, err
	}
	return &data[T]{stimuli: counts, counts: counts}, nil
}

func (engine[T]) Partial(v Data, seen *neuron.Mask) (Data, error) {
	partial, err := neuron.PartialOf(in[T](v).stimuli, seen)
	if err != nil {
		return nil, err
	}
	d := &data[T]{stimuli: partial, seen: seen}
	switch known := partial.Known().(type) {
	case *neuron.Rates[T]:
		d.dense = known
	case *neuron.Counts[T]:
		d.counts = known
	}
	return d, nil
}

// narrow returns x in the precision T: itself where that is float64.
func narrow[T neuron.Float](x []float64) []T {
	if same, ok := any(x).([]T); ok {
		return same
	}
	if x == nil {
		return nil
	}
	out := make([]T, len(x))
	for i, y := range x {
		out[i] = T(y)
	}
	return out
}
