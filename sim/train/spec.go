package train

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/constraint"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/recorded"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// Spec returns the network of an experiment with that many visible neurons, from one of its
// random starts.
func Spec(x *experiment.Experiment, visible, start, workers int) (network.Spec, error) {
	plan, err := x.Plan()
	draw := func(what string) *rand.Rand {
		return stream.OfStart(x.Seed, start, stream.OfGroup(x.Groups.Only, what))
	}
	seed := func(what string) uint64 { return draw(what).Uint64() }
	plan.Noise.Seed = seed("stimulus-noise")
	plan.Shuffle, plan.Events = shuffle(draw), experiment.Seeded(x.Events, seed)
	return network.Spec{
		Visible: neuron.Layer{Name: "visible", Size: visible}, Hidden: neuron.Layer{Name: "hidden", Size: x.Hidden},
		Circuit: network.Choice{Name: x.Recognition.Circuit, Parameters: x.Recognition.Parameters},
		Rule:    network.Choice{Name: x.Learning.Rule, Parameters: x.Learning.Parameters},
		Plan:    plan, Floor: x.Floor, Workers: workers,
		Low: x.Start.Low, High: x.Start.High, Spread: x.Start.Spread,
		Draw: draw,
		Seed: seed,
	}, err
}

// upperSpec returns the network of a layer above the first, 2 for the first of them, whose
// visible neurons are those of the layer below.
func upperSpec(x *experiment.Experiment, number, below, hidden, start, workers int) (network.Spec, error) {
	s, err := Spec(x, below, start, workers)
	s.Plan.Noise, s.Plan.Events = neuron.Noise{}, nil // of the stimuli, and of the first layer
	s.Visible.Name, s.Hidden = layerName(number-1), neuron.Layer{Name: layerName(number), Size: hidden}
	s.Draw = func(what string) *rand.Rand {
		return stream.New(x.Seed, stream.OfGroup(x.Groups.Only, what+" of "+layerName(number)))
	}
	return s, err
}

func layerName(number int) string { return fmt.Sprintf("layer %d", number) }

// shuffle returns the order in which each epoch presents its stimuli: every epoch draws
// from a stream of its own, so that none depends on those before.
func shuffle(draw func(what string) *rand.Rand) func(epoch int, order []int) {
	return func(epoch int, order []int) {
		draw(fmt.Sprintf("presentations of epoch %d", epoch)).Shuffle(len(order), func(i, k int) {
			order[i], order[k] = order[k], order[i]
		})
	}
}

// newModel makes the network of one of the random starts ready for the first epoch.
func newModel(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, start, workers int) (network.Model, error) {
	s, err := Spec(x, in.Neurons(), start, workers)
	if err != nil {
		return nil, err
	}
	if s.Synapses, err = startFrom(ctx, "synapses.path", x.Start.Synapses, x.Hidden, in.Neurons()); err != nil {
		return nil, err
	}
	if s.Rates, err = startFrom(ctx, "rates.path", x.Start.Rates, in.Stimuli(), x.Hidden); err != nil {
		return nil, err
	}
	if err := notSilent(x, in, s); err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	m, err := in.Engine.Model(in.Data, s)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	return m, nil
}

// startFrom reads a matrix (rows×cols) to start from; nil if no file is named. The context ends it;
// the error is an [*outcome.Interrupted] then.
func startFrom(ctx context.Context, key, path string, rows, cols int) ([]float64, error) {
	if path == "" {
		return nil, nil
	}
	a, err := stimulus.ReadArray(ctx, path)
	if err != nil && ctx.Err() != nil {
		return nil, &outcome.Interrupted{}
	}
	if err == nil && (a.Rows() != rows || a.Cols() != cols) {
		err = fmt.Errorf("%s is %d×%d; here %d×%d are needed", path, a.Rows(), a.Cols(), rows, cols)
	}
	if err == nil {
		err = neverNegative(path, a)
	}
	if err != nil {
		return nil, &experiment.RequestError{Err: fmt.Errorf("%s: %w", key, err)}
	}
	return a.Values, nil
}

// notSilent returns an error for the first hidden neuron that starts without a synapse, and for
// the first stimulus that starts without a hidden rate where the objective is infinite if nothing
// predicts it: multiplication leaves zeros as they are. Stimuli without a rate may, and what
// begins at rest anyway.
func notSilent(x *experiment.Experiment, in *inputs.Inputs, s network.Spec) error {
	zero := func(row []float64) bool {
		return !slices.ContainsFunc(row, func(w float64) bool { return w > 0 && w >= x.Floor })
	}
	if s.Synapses != nil {
		for a := range x.Hidden {
			if zero(s.Synapses[a*in.Neurons():][:in.Neurons()]) {
				return fmt.Errorf("synapses.path: %s: row %d (counted from 0) has no weight of at least floor = %v: hidden neuron %d would stay silent for ever; allowed is one weight above it in every row", x.Start.Synapses, a, x.Floor, a)
			}
		}
	}
	circuit, err := experiment.Circuit[float64](x)
	if err != nil {
		return err
	}
	rule, err := experiment.Rule[float64](x)
	if err != nil {
		return err
	}
	_, rests := circuit.(network.Resting)
	if _, infinite := rule.Objective().(learning.Likelihood); s.Rates == nil || rests || !infinite {
		return nil
	}
	for i := range in.Stimuli() {
		if zero(s.Rates[i*x.Hidden:][:x.Hidden]) && !in.Blank(i) {
			return fmt.Errorf("rates.path: %s: row %d (counted from 0) has no rate of at least floor = %v: no hidden neuron would ever predict stimulus %d; allowed is one rate above it in every row", x.Start.Rates, i, x.Floor, i)
		}
	}
	return nil
}

// neverNegative returns an error for the first number that cannot be a rate or a weight.
func neverNegative(path string, a *npy.Array) error {
	for k, x := range a.Values {
		if !(x >= 0) || math.IsInf(x, 1) {
			return fmt.Errorf("%s: row %d, column %d (counted from 0) is %v; rates and weights are finite and never negative", path, k/a.Cols(), k%a.Cols(), x)
		}
	}
	return nil
}

// check refuses what needs images where there are none, and what needs dense stimuli where
// there are counts.
func check(x *experiment.Experiment, in *inputs.Inputs) error {
	refuse := func(format string, args ...any) error {
		return &experiment.RequestError{Err: fmt.Errorf(format, args...)}
	}
	if in.Set.Height == 0 && (x.Look.Frames > 0 || x.Look.Network) {
		return refuse("look.frames and look.network show images, and %s has none; allowed are 0 and false, or stimulus.height and stimulus.width that say the shape", in.Set.Source)
	}
	if in.Set.Height == 0 && x.Look.Shades != experiment.AutoShades {
		return refuse("look.shades = %q says how images are drawn, and %s has none; allowed is %q, or stimulus.height and stimulus.width that say the shape", x.Look.Shades, in.Set.Source, experiment.AutoShades)
	}
	if x.Stimulus.Save {
		if err := recorded.AffordableMatrix("stimulus.save = true", in.Stimuli(), in.Neurons(), x.Precision, x.RecorderLimit); err != nil {
			return &experiment.RequestError{Err: err}
		}
	}
	if len(x.Constraints) > 1 && !in.Dense() {
		return refuse("network.constraints = %q; allowed for counts is %q alone", x.Constraints, x.Constraints[0])
	}
	if slices.Contains(x.Constraints, experiment.Orthonormal) {
		if err := constraint.Fits(in.Stimuli(), in.Neurons(), slices.Max(x.Tried())); err != nil {
			return &experiment.RequestError{Err: err}
		}
	}
	return nil
}
