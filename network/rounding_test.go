package network_test

import (
	"math/rand/v2"
	"testing"

	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// TestRoundingIsNoRise learns stimuli that have an exact factorisation until the objective
// is nothing but rounding, whose last digits go up and down, or zero: none of that is a rise. A rise
// by a ten-thousandth of the first objective is one, above zero and below.
func TestRoundingIsNoRise(t *testing.T) {
	if suite.Brief() {
		t.Skip("8,000 epochs of two rules in two precisions")
	}
	t.Run("float32", exactly[float32])
	t.Run("float64", exactly[float64])
}

func exactly[T neuron.Float](t *testing.T) {
	const m, n, r = 70, 20, 2
	for _, rule := range []string{"poisson", "gaussian"} {
		rng := rand.New(rand.NewPCG(3, 1))
		parts, rates := make([]T, r*n), make([]T, m*r)
		for i := range parts {
			parts[i] = T(0.1 + rng.Float64()) // where nothing has to become zero, the end is reached
		}
		for i := range rates {
			rates[i] = T(0.1 + rng.Float64())
		}
		v, h := neuron.NewRates[T](m, n), neuron.NewRates[T](m, r)
		for i := range m {
			for j := range n {
				for a := range r {
					v.Of(i)[j] += T(rates[i*r+a] * parts[a*n+j])
				}
			}
		}
		x, err := learning.RuleNamed[T](rule)
		if err != nil {
			t.Fatal(err)
		}
		w := synapse.New[T]("hidden→visible", r, n, synapse.Excitatory)
		w.Randomise(rng, 0.1, 1)
		w.Normalise(learning.Kept(x))
		circuit := network.Circuit[T](&network.DivisiveError[T]{})
		if x.Objective() == learning.SquaredError {
			circuit = &network.LateralInhibition[T]{}
		}
		net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, circuit, 1)
		if err != nil {
			t.Fatal(err)
		}
		net.Start(v, h)
		for i, y := range h.Rows(0, m) {
			h.Rows(0, m)[i] = y * T(1+0.1*rng.Float64())
		}
		l, err := network.NewLearner(net, x, network.Plan{Order: network.LearnRecognise, Steps: 1}, v, h)
		if err != nil {
			t.Fatal(err)
		}
		first := l.Objective()
		if !l.RoseBeyondRounding(first, first*1.0001) || !l.RoseBeyondRounding(-first, -first*0.9999) || l.RoseBeyondRounding(first, first) || l.RoseBeyondRounding(-first, -first*1.0001) {
			t.Errorf("%s: rises of a ten-thousandth are not told from falls", rule)
		}
		before, up, rises := first, 0, 0
		for range 8000 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
			now := l.Objective()
			if now > before*(1+1e-5) {
				up++
			}
			if l.RoseBeyondRounding(before, now) {
				rises++
			}
			before = now
		}
		if rises > 0 {
			t.Errorf("%s: %d rises were counted where the objective is down to %v of %v", rule, rises, before, first)
		}
		if up == 0 && before != 0 { // a divergence of stimuli that are predicted to the last bit is 0
			t.Errorf("%s: the objective never went up by more than 10⁻⁵ of itself, so that this proves nothing; it is down to %v of %v", rule, before, first)
		}
	}
}
