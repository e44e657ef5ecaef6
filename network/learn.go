package network

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/mat"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Options say how [Learn] learns. The zero value is the network of Lee & Seung (1999):
// error units that the prediction divides, the multiplicative rule that keeps summed
// synapses at 1, and 500 epochs.
type Options struct {
	Circuit Circuit[float64]       // nil for [DivisiveError]
	Rule    learning.Rule[float64] // nil for [learning.Poisson]
	// Plan says how stimuli are presented and how long the network learns. Fields that are
	// zero are filled in by [PlanFor]; stimuli of a batch are then presented in a random
	// order.
	Plan Plan
	// Seed decides all random numbers: the same seed gives the same bits.
	Seed uint64
	// Workers is the number of goroutines; 0 for one a processor. It changes no result.
	Workers int
	// Seen says which entries of the stimuli are known; nil for all. Others are missing,
	// whatever number stands there.
	Seen *neuron.Mask
	// Synapses (r×n) to start from; nil for random ones between 0.1 and 1.
	Synapses mat.Matrix
	// Observe is called after every epoch and ends learning by an error; or nil.
	Observe func(epoch int, l *Learner[float64]) error
}

// Result is a network that has learned.
type Result struct {
	Synapses  *mat.Dense // W, r×n: a row is the part of a hidden neuron
	Rates     *mat.Dense // H, m×r: a row is the encoding of a stimulus
	Objective float64    // what was lowered; see [Learner.Objective]
	Epochs    int        // learned
	Settled   bool       // the tolerance of the plan has ended learning

	Learner *Learner[float64]
	Network *Network[float64]
}

// finalSteps times the steps of a presentation recognise all stimuli at the end, after a
// rule that learns online.
const finalSteps = 4

// toleranceEpochs is the number of epochs between two looks at the objective.
const toleranceEpochs = 10

// Learn runs the epochs of the plan that are left, and reports whether the tolerance of the
// plan has ended learning, which is tested after every tenth epoch. Observe is called after
// each epoch and ends learning by an error; it may be nil.
func (l *Learner[T]) Learn(observe func(epoch int) error) (settled bool, err error) {
	plateau := learning.Plateau{Tolerance: l.plan.Tolerance}
	for l.epoch < l.plan.Epochs && !settled {
		if err := l.Epoch(); err != nil {
			return false, err
		}
		if observe != nil {
			if err := observe(l.epoch); err != nil {
				return false, err
			}
		}
		if l.plan.Tolerance > 0 && (l.epoch == 1 || l.epoch%toleranceEpochs == 0) {
			settled = plateau.Reached(l.epoch, l.Objective())
		}
	}
	return settled, nil
}

// Learn lets a network with that many hidden neurons learn the parts of the stimuli v, one
// a row. It returns an error if an entry of v is not a rate ([*neuron.RateError]), if
// circuit, rule and plan do not fit each other ([Pair]), or if a weight leaves its range.
func Learn(v mat.Matrix, hidden int, o Options) (*Result, error) {
	rates, err := ratesOf(v)
	if err != nil {
		return nil, err
	}
	var shown Stimuli[float64] = rates
	if o.Seen != nil {
		if shown, err = neuron.PartialOf(shown, o.Seen); err != nil {
			return nil, err
		}
	}
	l, err := o.learner(shown, hidden)
	if err != nil {
		return nil, err
	}
	result := &Result{Learner: l, Network: l.net}
	observe := func(epoch int) error {
		if o.Observe == nil {
			return nil
		}
		return o.Observe(epoch, l)
	}
	if result.Settled, err = l.Learn(observe); err != nil {
		return nil, err
	}
	result.Epochs = l.epoch
	if learning.Has[learning.Online](l.rule) {
		l.RecogniseAll(finalSteps * l.plan.Steps) // rates so far belong to the synapses of many moments
	}
	result.Objective = l.Objective()
	result.Synapses = mat.NewDense(hidden, rates.Neurons(), l.net.synapses.Weights())
	result.Rates = mat.NewDense(rates.Stimuli(), hidden, l.h.Rows(0, rates.Stimuli()))
	return result, nil
}

// Random streams of [Learn].
const (
	streamSynapses = iota
	streamFeedforward
	streamCircuit
	streamOrder // and those that follow, one an epoch
	streamRule  = 1 << 63
)

// learner returns a learner as the options have it.
func (o *Options) learner(v Stimuli[float64], hidden int) (*Learner[float64], error) {
	circuit, rule := o.Circuit, o.Rule
	if circuit == nil {
		circuit = &DivisiveError[float64]{}
	}
	if rule == nil {
		rule = &learning.Poisson[float64]{Forgetting: 1}
	}
	plan, err := PlanFor(circuit, rule, o.Plan)
	if err != nil {
		return nil, err
	}
	if plan.Shuffle == nil {
		plan.Shuffle = func(epoch int, order []int) {
			rand.New(rand.NewPCG(o.Seed, streamOrder+uint64(epoch))).Shuffle(len(order), func(i, k int) { order[i], order[k] = order[k], order[i] })
		}
	}
	below, above := neuron.Layer{Name: "visible", Size: v.Neurons()}, neuron.Layer{Name: "hidden", Size: hidden}
	if err := above.Validate(); err != nil {
		return nil, err
	}
	draw := func(name string, stream uint64) *synapse.Projection[float64] {
		w := synapse.New[float64](name, hidden, v.Neurons(), synapse.Excitatory)
		w.Randomise(rand.New(rand.NewPCG(o.Seed, stream)), 0.1, 1)
		w.Normalise(learning.InitialNorm(rule))
		return w
	}
	w := draw("hidden→visible", streamSynapses)
	if o.Synapses != nil {
		if r, n := o.Synapses.Dims(); r != hidden || n != v.Neurons() {
			return nil, fmt.Errorf("network: synapses to start from are %d×%d; allowed is %d×%d, hidden × visible neurons", r, n, hidden, v.Neurons())
		}
		if err := w.Set(mat.DenseCopyOf(o.Synapses).RawMatrix().Data); err != nil {
			return nil, err
		}
		w.Normalise(learning.InitialNorm(rule))
	}
	var feedforward *synapse.Projection[float64]
	if plan.Untied {
		feedforward = draw("visible→hidden", streamFeedforward)
	}
	if c, ok := circuit.(learning.Drawing); ok {
		c.Seed(rand.New(rand.NewPCG(o.Seed, streamCircuit)).Uint64())
	}
	if r, ok := rule.(learning.Drawing); ok {
		r.Seed(rand.New(rand.NewPCG(o.Seed, streamRule)).Uint64())
	}
	net, err := NewUntied(below, above, w, feedforward, circuit, o.Workers)
	if err != nil {
		return nil, err
	}
	h := neuron.NewRates[float64](v.Stimuli(), hidden)
	net.Start(v, h)
	return NewLearner(net, rule, plan, v, h)
}

// PlanFor fills in what a plan leaves open, so that circuit and rule go together: the
// first order that they allow, batches of one stimulus and 10 epochs for rules that learn
// online, 500 epochs for others, and as many steps of recognition as the circuit needs, or
// one if recognition continues from the rates of the last epoch. It returns the error of
// [Pair] if no plan fits.
func PlanFor[T neuron.Float](c Circuit[T], rule learning.Rule[T], plan Plan) (Plan, error) {
	online := learning.Has[learning.Online](rule)
	if plan.Steps == 0 {
		plan.Steps = 1
		if online || learning.Has[Resting](c) {
			plan.Steps = c.Describe().Steps
		}
	}
	if plan.Batch == 0 && online {
		plan.Batch = 1
	}
	if plan.Epochs == 0 {
		plan.Epochs = 500
		if online {
			plan.Epochs = 10
		}
	}
	err := Pair(c, rule, plan)
	if err != nil && plan.Order == LearnRecognise {
		plan.Order = RecogniseLearn
		if Pair(c, rule, plan) == nil {
			err = nil
		}
	}
	return plan, err
}

// Recognise lets the network recognise other stimuli, one a row, and returns their
// encoding, one a row. It returns an error if there are no stimuli, if they are not of the size of
// the visible layer, if an entry is not a rate ([*neuron.RateError]), and if the hidden rates
// overflow.
func (r *Result) Recognise(v mat.Matrix) (*mat.Dense, error) {
	rates, err := ratesOf(v)
	if err != nil {
		return nil, err
	}
	if rates.Neurons() != r.Network.Visible.Size {
		return nil, fmt.Errorf("network: stimuli have %d visible neurons; the network has %d visible neurons, and needs as many columns", rates.Neurons(), r.Network.Visible.Size)
	}
	if err := countable(rates.Stimuli(), r.Network.Hidden.Size); err != nil {
		return nil, err
	}
	h := neuron.NewRates[float64](rates.Stimuli(), r.Network.Hidden.Size)
	r.Network.Start(rates, h)
	r.Network.Recognise(rates, h, r.Network.circuit.Describe().Steps)
	if err := h.Check(); err != nil {
		return nil, fmt.Errorf("network: hidden rates overflow: %w; divide the stimuli by a number that brings them near those of learning", err)
	}
	return mat.NewDense(h.Stimuli(), h.Neurons(), h.Rows(0, h.Stimuli())), nil
}

// Predict returns the predictions of encodings H, one a row: H W, m×n. It returns an error if there
// are no encodings, if they are not of the size of the hidden layer, if an entry is not a rate
// ([*neuron.RateError]), and if a prediction overflows.
func (r *Result) Predict(h mat.Matrix) (*mat.Dense, error) {
	m, hidden := h.Dims()
	if m <= 0 || hidden <= 0 {
		return nil, errors.New("network: the matrix of encodings is empty; it needs an encoding a row and a hidden neuron a column")
	}
	if hidden != r.Network.Hidden.Size {
		return nil, fmt.Errorf("network: encodings have %d hidden neurons; the network has %d hidden neurons, and needs as many columns", hidden, r.Network.Hidden.Size)
	}
	if err := errors.Join(countable(m, hidden), countable(m, r.Network.Visible.Size)); err != nil {
		return nil, err
	}
	rates, err := ratesOf(h)
	if err != nil {
		return nil, err
	}
	p := mat.NewDense(m, r.Network.Visible.Size, nil)
	for i := range m {
		r.Network.Predict(p.RawRowView(i), rates.Of(i))
		if j := slices.IndexFunc(p.RawRowView(i), func(x float64) bool { return !neuron.IsRate(x) }); j >= 0 {
			return nil, fmt.Errorf("network: the prediction of encoding %d overflows at visible neuron %d: it is %v; divide the encoding by a number", i, j, p.At(i, j))
		}
	}
	return p, nil
}
