package network_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/mat"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// TestLearn compares Learn with a network and a learner made by hand, and its result
// with the network's own.
func TestLearn(t *testing.T) {
	const m, n, r = 30, 12, 4
	v := mat.NewDense(m, n, numbers(m*n, 1))
	start := mat.NewDense(r, n, numbers(r*n, 2))
	got, err := network.Learn(v, r, network.Options{Synapses: start, Plan: network.Plan{Epochs: 20}, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	net := netOf(t, r, n, numbers(r*n, 2), &network.DivisiveError[float64]{}, 1)
	rule := &learning.Poisson[float64]{Forgetting: 1}
	net.Synapses().Normalise(learning.InitialNorm(rule))
	stimuli, _ := neuron.RatesOf(m, n, numbers(m*n, 1))
	h := neuron.NewRates[float64](m, r)
	net.Start(stimuli, h)
	l, err := network.NewLearner(net, rule, network.Plan{Steps: 1}, stimuli, h)
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(got.Synapses.RawMatrix().Data, net.Synapses().Weights()) || !slices.Equal(got.Rates.RawMatrix().Data, h.Rows(0, m)) {
		t.Error("Learn ends elsewhere than a network made by hand")
	}
	if got.Objective != l.Objective() || got.Epochs != 20 || got.Settled {
		t.Errorf("objective %v after %d epochs, settled %v; want %v, 20, false", got.Objective, got.Epochs, got.Settled, l.Objective())
	}
	if w := got.Network.Projections()[0].Matrix(); !mat.Equal(w, got.Synapses) || !mat.Equal(w.T(), got.Synapses.T()) {
		t.Error("the matrix of the projection is not that of the result")
	}
	p, err := got.Predict(got.Rates)
	if err != nil {
		t.Fatal(err)
	}
	var want mat.Dense
	want.Mul(got.Rates, got.Synapses)
	if !mat.EqualApprox(p, &want, 1e-12) {
		t.Error("the prediction is not H W")
	}
	if v.At(0, 0) != numbers(m*n, 1)[0] || start.At(0, 0) != numbers(r*n, 2)[0] {
		t.Error("Learn has changed what it was given")
	}
}

// TestLearnRecognises gives a network the stimuli that it has learned from.
func TestLearnRecognises(t *testing.T) {
	const m, n, r = 20, 8, 3
	v := mat.NewDense(m, n, numbers(m*n, 1))
	l, err := network.Learn(v, r, network.Options{Seed: 3, Plan: network.Plan{Tolerance: 1e-5, Epochs: 5000}})
	if err != nil {
		t.Fatal(err)
	}
	if !l.Settled || l.Epochs <= 50 || l.Epochs >= 5000 {
		t.Errorf("not settled after %d epochs", l.Epochs)
	}
	before := mat.DenseCopyOf(l.Rates)
	h, err := l.Recognise(v)
	if err != nil {
		t.Fatal(err)
	}
	stimuli, _ := neuron.RatesOf(m, n, numbers(m*n, 1))
	again, _ := neuron.RatesOf(m, r, h.RawMatrix().Data)
	// From another start the rates settle at the same minimum, which is convex.
	if d := l.Network.Objective(stimuli, again); math.Abs(d-l.Objective) > 0.001*l.Objective || !mat.Equal(before, l.Rates) {
		t.Errorf("recognised with the objective %v, learned with %v", d, l.Objective)
	}
	if _, err := l.Recognise(mat.NewDense(2, n+1, nil)); err == nil || !strings.Contains(err.Error(), "9 visible neurons; the network has 8") {
		t.Errorf("stimuli of another size: %v", err)
	}
}

// TestLearnEveryPair learns by every circuit and rule that go together without a plan: one
// is found for them.
func TestLearnEveryPair(t *testing.T) {
	const m, n, r = 12, 9, 4
	v := mat.NewDense(m, n, numbers(m*n, 1))
	learned := map[string]bool{}
	for k := range network.Circuits[float64]() {
		for q := range learning.Rules[float64]() {
			c, rule := network.Circuits[float64]()[k], learning.Rules[float64]()[q]
			if _, err := network.PlanFor(c, rule, network.Plan{}); err != nil {
				continue
			}
			l, err := network.Learn(v, r, network.Options{Circuit: c, Rule: rule, Plan: network.Plan{Epochs: 2}, Seed: 1})
			if err != nil {
				t.Errorf("%s, %s: %v", c.Name(), rule.Name(), err)
				continue
			}
			again, err := network.Learn(v, r, network.Options{Circuit: network.Circuits[float64]()[k], Rule: learning.Rules[float64]()[q], Plan: network.Plan{Epochs: 2}, Seed: 1, Workers: 3})
			if err != nil || !mat.Equal(l.Synapses, again.Synapses) || !mat.Equal(l.Rates, again.Rates) {
				t.Errorf("%s, %s: the same seed gave other numbers: %v", c.Name(), rule.Name(), err)
			}
			learned[c.Name()], learned[rule.Name()] = true, true
		}
	}
	for _, c := range network.Circuits[float64]() {
		if !learned[c.Name()] {
			t.Errorf("no rule and plan were found for circuit %s", c.Name())
		}
	}
	for _, rule := range learning.Rules[float64]() {
		if !learned[rule.Name()] {
			t.Errorf("no circuit and plan were found for rule %s", rule.Name())
		}
	}
}

// TestLearnRefuses holds wrong requests to their messages.
func TestLearnRefuses(t *testing.T) {
	good := mat.NewDense(2, 2, []float64{1, 2, 3, 4})
	for _, tt := range []struct {
		v      mat.Matrix
		hidden int
		o      network.Options
		want   string
	}{
		{mat.NewDense(2, 2, []float64{1, 2, 3, -4}), 1, network.Options{}, "rate of neuron 1 to stimulus 1 is -4"},
		{mat.NewDense(2, 2, []float64{1, math.NaN(), 3, 4}), 1, network.Options{}, "rate of neuron 1 to stimulus 0 is NaN"},
		{&mat.Dense{}, 1, network.Options{}, "empty"},
		{good, 0, network.Options{}, "layer \"hidden\" has 0 neurons"},
		{good, 1, network.Options{Plan: network.Plan{Epochs: -1}}, "negative"},
		{good, 1, network.Options{Plan: network.Plan{Tolerance: math.NaN()}}, "negative"},
		{good, 1, network.Options{Circuit: &network.LateralInhibition[float64]{}}, "objective"},
		{good, 1, network.Options{Synapses: good}, "2×2; allowed is 1×2"},
		{good, 1, network.Options{Synapses: mat.NewDense(1, 2, []float64{1, -1})}, "excitatory synapses are finite and ≥ 0"},
		{good, 1, network.Options{Plan: network.Plan{Untied: true}}, "divisive-error"},
	} {
		if _, err := network.Learn(tt.v, tt.hidden, tt.o); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %v, want %q", err, tt.want)
		}
	}
	stop := errors.New("enough")
	epochs := 0
	if _, err := network.Learn(good, 1, network.Options{Observe: func(epoch int, _ *network.Learner[float64]) error {
		if epochs = epoch; epoch == 3 {
			return stop
		}
		return nil
	}}); err != stop || epochs != 3 {
		t.Errorf("an observer ended learning in epoch %d with %v; want 3 and its own error", epochs, err)
	}
}

// TestLearnerRefusesShapes gives a learner rates of another network.
func TestLearnerRefusesShapes(t *testing.T) {
	net := netOf(t, 3, 5, numbers(15, 1), &network.DivisiveError[float64]{}, 1)
	v := neuron.NewRates[float64](4, 5)
	for _, tt := range []struct{ v, h *neuron.Rates[float64] }{
		{neuron.NewRates[float64](4, 6), neuron.NewRates[float64](4, 3)},
		{v, neuron.NewRates[float64](4, 2)},
		{v, neuron.NewRates[float64](5, 3)},
	} {
		_, err := network.NewLearner(net, &learning.Poisson[float64]{Forgetting: 1}, network.Plan{Steps: 1}, tt.v, tt.h)
		if err == nil || !strings.Contains(err.Error(), "allowed are m×5 and m×3") {
			t.Errorf("stimuli %d×%d, rates %d×%d: %v", tt.v.Stimuli(), tt.v.Neurons(), tt.h.Stimuli(), tt.h.Neurons(), err)
		}
	}
}
