package train

import (
	"context"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// again lets a network of the experiment learn for a number of epochs from stimuli in, beginning
// with what it has learned before: arrays, and the rates h (m×r) to these stimuli. It returns the
// synapses and the measures at the end. The context ends it; the error is an [*outcome.Interrupted]
// then.
func again(ctx context.Context, x *experiment.Experiment, in *inputs.Inputs, arrays []outcome.Array, h []float64, epochs, workers int) ([]float64, measure.Values, error) {
	s, err := Spec(x, in.Neurons(), 0, workers)
	if err != nil {
		return nil, nil, err
	}
	m, err := in.Engine.Model(in.Data, s)
	if err != nil {
		return nil, nil, err
	}
	state := m.State()
	for _, v := range state.Arrays {
		for _, a := range arrays {
			if a.Name == v.Name {
				fill(v, a.Numbers)
			}
		}
		if v.Name == network.RatesArray {
			fill(v, h)
		}
	}
	if err := m.SetState(state); err != nil {
		return nil, nil, err
	}
	end := &settling{&recorder{x: x, in: in}, newPlateau(x)}
	_, interrupted, err := loop(ctx, m, epochs, false, end)
	if err != nil {
		return nil, nil, err
	}
	if interrupted {
		return nil, nil, &outcome.Interrupted{}
	}
	if x.Recognition.Report > 0 {
		m.RecogniseAll(x.Recognition.Report)
	}
	w, errors := m.Synapses(), errorsOf(x)
	_, losses := m.Objectives(errors...)
	return w, measured(x, in, w, ratesOf(m.Rates()), among(errors, losses, learning.KL), among(errors, losses, learning.SquaredError)), nil
}

// fill copies numbers into an array of a model.
func fill(v network.View, numbers []float64) {
	switch to := v.Numbers.(type) {
	case []float64:
		copy(to, numbers)
	case []float32:
		for i, y := range numbers {
			to[i] = float32(y)
		}
	}
}
