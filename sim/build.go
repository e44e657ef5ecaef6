package sim

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
	"partsnet/synapse"
)

// build makes the network and its learner ready for the first epoch.
func (r *run[T]) build() (err error) {
	if err := r.checkForm(); err != nil {
		return err
	}
	if r.looked, err = r.v.find(r.x.Look.Stimulus); err != nil {
		return err
	}
	if err := r.v.knows(r.x.Look.Word); err != nil {
		return err
	}
	r.streams = stream.NewStart(r.x.Seed, r.nth)
	first := layer[T]{
		visible: visibleLayer(r.set.Size), hidden: hiddenLayer(r.x.Hidden),
		stimuli: r.v.stimuli, draw: r.streams.New,
	}
	if first.synapses, err = startFrom[T]("synapses.path", r.x.Start.Synapses, r.x.Hidden, r.set.Size); err != nil {
		return err
	}
	if first.rates, err = startFrom[T]("rates.path", r.x.Start.Rates, r.set.Count, r.x.Hidden); err != nil {
		return err
	}
	if r.net, r.learner, err = r.grow(first); err != nil {
		return err
	}
	r.report.Symbol = r.learner.Rule().Nature().Objective.Symbol()
	return nil
}

// layer is a hidden layer to be made, above one that shows it stimuli.
type layer[T kernel.Float] struct {
	visible, hidden neuron.Layer
	stimuli         network.Stimuli[T]
	draw            func(what string) *rand.Rand // the stream of that name
	synapses, rates []T                          // to start from; nil for random ones
}

// grow makes a network with a hidden layer, and its learner, by the circuit and the rule
// of the experiment.
func (r *run[T]) grow(l layer[T]) (*network.Network[T], *network.Learner[T], error) {
	circuit, rule, plan, err := r.way()
	if err != nil {
		return nil, nil, err
	}
	w := synapse.New[T](l.hidden.Name+"→"+l.visible.Name, l.hidden.Size, l.visible.Size, synapse.Excitatory)
	w.Randomise(l.draw("synapses"), r.x.Start.Low, r.x.Start.High)
	if l.synapses != nil {
		if err := w.Set(l.synapses); err != nil {
			return nil, nil, &RequestError{Err: err}
		}
	}
	w.Normalise(startNorm(rule.Nature()))
	var up *synapse.Projection[T]
	if r.x.Separate {
		up = synapse.New[T](l.visible.Name+"→"+l.hidden.Name, l.hidden.Size, l.visible.Size, synapse.Excitatory)
		up.Randomise(l.draw("synapses up"), r.x.Start.Low, r.x.Start.High)
		up.Normalise(startNorm(rule.Nature()))
	}
	net, err := newNetwork(r.x, l.visible, l.hidden, circuit, w, up, r.workers)
	if err != nil {
		return nil, nil, err
	}
	h := neuron.NewRates[T](r.set.Count, l.hidden.Size)
	rng := l.draw("rates")
	net.Start(l.stimuli, h)
	rates := h.Rows(0, r.set.Count)
	for i := range rates {
		share := float64(2*float64(rng.Float64())) - 1
		rates[i] *= T(1 + float64(r.x.Start.Spread*share))
	}
	copy(rates, l.rates)
	learner, err := network.NewLearner(net, rule, plan, l.stimuli, h)
	if err != nil {
		return nil, nil, err
	}
	learner.Relax(slices.Index(network.Relaxations, r.x.Learning.Relaxation))
	return net, learner, nil
}

// way returns how the experiment recognises and learns: a circuit of its own for each
// network that learns.
func (r *run[T]) way() (circuit network.Circuit[T], rule learning.Rule[T], plan network.Plan, err error) {
	if circuit, err = newCircuit[T](r.x, r.nth); err != nil {
		return nil, nil, plan, err
	}
	if rule, err = experiment.Rule[T](r.x); err != nil {
		return nil, nil, plan, err
	}
	plan, err = r.x.Plan()
	plan.Shuffle = shuffle(r.x.Seed, r.nth)
	return circuit, rule, plan, err
}

// synapsesUp is the name of the synapses from the visible to the hidden layer where these
// are learned apart.
const synapsesUp = "visible→hidden"

// visibleLayer and hiddenLayer return the layers of a run, of that many neurons.
func visibleLayer(size int) neuron.Layer { return neuron.Layer{Name: "visible", Size: size} }
func hiddenLayer(size int) neuron.Layer  { return neuron.Layer{Name: "hidden", Size: size} }

// newNetwork returns a network of two layers with the circuit of an experiment.
func newNetwork[T kernel.Float](x *experiment.Experiment, visible, hidden neuron.Layer, circuit network.Circuit[T], w, feedforward *synapse.Projection[T], workers int) (*network.Network[T], error) {
	net, err := network.NewUntied(visible, hidden, w, feedforward, circuit, workers)
	if err != nil {
		return nil, err
	}
	net.Floor = T(x.Floor)
	return net, nil
}

// startNorm returns what the synapses of a run are brought to before it begins.
func startNorm(n learning.Nature) synapse.Normalisation {
	if n.Normalisation == synapse.Free {
		return n.Start
	}
	return n.Normalisation
}

// newCircuit returns the circuit of an experiment, with its source of chance.
func newCircuit[T kernel.Float](x *experiment.Experiment, start int) (network.Circuit[T], error) {
	circuit, err := experiment.Circuit[T](x)
	if c, ok := circuit.(network.Random); ok {
		what, source := c.Chance()
		*source = stream.NewStart(x.Seed, start).New(what).Uint64()
	}
	return circuit, err
}

// shuffle returns the order in which each epoch presents its stimuli: every epoch draws
// from a stream of its own, so that none depends on those before.
func shuffle(seed int64, start int) func(epoch int, order []int) {
	return func(epoch int, order []int) {
		stream.NewStart(seed, start).New(fmt.Sprintf("presentations of epoch %d", epoch)).Shuffle(len(order), func(i, k int) {
			order[i], order[k] = order[k], order[i]
		})
	}
}

// startFrom reads a matrix (rows×cols) to start from; nil if no file is named.
func startFrom[T kernel.Float](key, path string, rows, cols int) ([]T, error) {
	if path == "" {
		return nil, nil
	}
	set, err := stimulus.Load(path)
	if err == nil && set.Counts != nil {
		err = fmt.Errorf("%s holds counts; allowed is a dense array", path)
	}
	if err == nil && (set.Count != rows || set.Size != cols) {
		err = fmt.Errorf("%s is %d×%d; here %d×%d are needed", path, set.Count, set.Size, rows, cols)
	}
	if err != nil {
		return nil, &RequestError{Err: fmt.Errorf("%s: %w", key, err)}
	}
	return narrow[T](set.Rates), nil
}
