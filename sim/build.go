package sim

import (
	"fmt"
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
func (r *run[T]) build() error {
	var err error
	if err := r.checkForm(); err != nil {
		return err
	}
	if r.looked, err = r.v.find(r.x.Look.Stimulus); err != nil {
		return err
	}
	if err := r.v.knows(r.x.Look.Word); err != nil {
		return err
	}
	circuit, rule, plan, err := r.way()
	if err != nil {
		return err
	}
	w := synapse.New[T]("hidden→visible", r.x.Hidden, r.set.Size, synapse.Excitatory)
	r.streams = stream.NewStart(r.x.Seed, r.nth)
	w.Randomise(r.streams.New("synapses"), r.x.Start.Low, r.x.Start.High)
	start, err := startFrom[T]("synapses.path", r.x.Start.Synapses, r.x.Hidden, r.set.Size)
	if err != nil {
		return err
	}
	if start != nil {
		if err := w.Set(start); err != nil {
			return &RequestError{err}
		}
	}
	w.Normalise(startNorm(rule.Nature()))
	if r.net, err = newNetwork(r.x, r.set.Size, circuit, w, r.workers); err != nil {
		return err
	}
	if r.x.Separate {
		up := synapse.New[T](synapsesUp, r.x.Hidden, r.set.Size, synapse.Excitatory)
		up.Randomise(r.streams.New("synapses up"), r.x.Start.Low, r.x.Start.High)
		up.Normalise(startNorm(rule.Nature()))
		if err := r.net.Separate(up); err != nil {
			return err
		}
	}
	h := neuron.NewRates[T](r.set.Count, r.x.Hidden)
	rng := r.streams.New("rates")
	r.net.Start(r.v.stimuli, h)
	rates := h.Rows(0, r.set.Count)
	for i := range rates {
		share := float64(2*float64(rng.Float64())) - 1
		rates[i] *= T(1 + float64(r.x.Start.Spread*share))
	}
	if start, err = startFrom[T]("rates.path", r.x.Start.Rates, r.set.Count, r.x.Hidden); err != nil {
		return err
	}
	copy(rates, start)
	r.learner, err = network.NewLearner(r.net, rule, plan, r.v.stimuli, h)
	if err != nil {
		return err
	}
	r.learner.Relax(slices.Index(network.Relaxations, r.x.Learning.Relaxation))
	r.report.Symbol = rule.Nature().Objective.Symbol()
	return nil
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

// newNetwork returns the network of an experiment.
func newNetwork[T kernel.Float](x *experiment.Experiment, visible int, circuit network.Circuit[T], w *synapse.Projection[T], workers int) (*network.Network[T], error) {
	net, err := network.New(neuron.Layer{Name: "visible", Size: visible}, neuron.Layer{Name: "hidden", Size: x.Hidden}, w, circuit, workers)
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
		return nil, &RequestError{fmt.Errorf("%s: %w", key, err)}
	}
	return narrow[T](set.Rates), nil
}
