package network_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"partsnet/internal/suite"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// TestDissimilarity holds S to its definition, pair of stimuli by pair, where answers are
// so much like stimuli that its terms cancel to a millionth. The definition does not cancel,
// and its terms in float64 leave 10⁻⁹ of S to rounding.
func TestDissimilarity(t *testing.T) {
	if suite.Brief() {
		t.Skip("-short: computes much")
	}
	t.Run("float32", dissimilarity[float32])
	t.Run("float64", dissimilarity[float64])
}

func dissimilarity[T neuron.Float](t *testing.T) {
	const m, n = 400, 64
	rng := rand.New(rand.NewPCG(1, 2))
	v, h := neuron.NewRates[T](m, n), neuron.NewRates[T](m, n)
	for i := range v.Rows(0, m) {
		v.Rows(0, m)[i] = T(rng.Float64())
		h.Rows(0, m)[i] = v.Rows(0, m)[i] * T(1.001)
	}
	w := synapse.New[T]("hidden→visible", n, n, synapse.Excitatory)
	w.Randomise(rng, 0.1, 1)
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: n}, w, network.NewPlasticInhibition[T](), 1)
	if err != nil {
		t.Fatal(err)
	}
	rule, err := learning.RuleNamed[T]("similarity-matching")
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, network.Plan{Order: network.RecogniseLearn, Steps: 1}, v, h)
	if err != nil {
		t.Fatal(err)
	}
	want := 0.0
	for i := range m {
		for k := range m {
			unlike := 0.0
			for j := range n {
				x, y := float64(v.Of(i)[j]), float64(v.Of(k)[j])
				p, q := float64(h.Of(i)[j]), float64(h.Of(k)[j])
				unlike += float64(x*y) - float64(p*q)
			}
			want += float64(unlike * unlike)
		}
	}
	want /= 4 * m * m
	for what, got := range map[string]float64{"Learner.Loss": l.Loss(learning.Similarity), "Network.Objective": net.Objective(v, h)} {
		if !(math.Abs(got-want) <= 1e-8*want) {
			t.Errorf("%s: S = %v, want %v", what, got, want)
		}
	}
}
