package network_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// TestNoticesChangedSynapses changes weights from outside in every way there is and
// compares the network with one that is made anew of the same weights.
func TestNoticesChangedSynapses(t *testing.T) {
	const m, n, r = 7, 9, 4
	v, err := neuron.RatesOf(m, n, numbers(m*n, 1))
	if err != nil {
		t.Fatal(err)
	}
	answer := func(net *network.Network[float64]) []float64 {
		h := neuron.NewRates[float64](m, r)
		net.Start(v, h)
		net.Recognise(v, h, 3)
		p := make([]float64, n)
		net.Predict(p, h.Of(0))
		return append(p, h.Rows(0, m)...)
	}
	for _, c := range []func() network.Circuit[float64]{
		func() network.Circuit[float64] { return &network.DivisiveError[float64]{} },
		func() network.Circuit[float64] { return &network.LateralInhibition[float64]{} },
	} {
		net := netOf(t, r, n, numbers(r*n, 2), c(), 1)
		w := net.Synapses()
		for name, change := range map[string]func() error{
			"set":       func() error { return w.Set(numbers(r*n, 3)) },
			"commit":    func() error { _, err := w.Commit(numbers(r*n, 4)); return err },
			"normalise": func() error { w.Normalise(synapse.UnitSum); return nil },
			"restore": func() error {
				return net.Restore([]network.Array[float64]{{Name: network.SynapsesArray, Rows: r, Numbers: numbers(r*n, 5)}})
			},
		} {
			answer(net)
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if got, want := answer(net), answer(netOf(t, r, n, slices.Clone(w.Weights()), c(), 1)); !slices.Equal(got, want) {
				t.Errorf("%s, %s: the network answers by other weights than it has", net.Circuit().Name(), name)
			}
		}
	}
}

// TestEveryProjectionIsKept looks at the projections and populations that circuits with
// further ones add, and that the state holds all that are not derived, and audits all.
func TestEveryProjectionIsKept(t *testing.T) {
	type want struct {
		roles  []network.Role
		arrays []string
	}
	for name, want := range map[string]want{
		"divisive-error":       {[]network.Role{network.Generative}, []string{"synapses"}},
		"lateral-inhibition":   {[]network.Role{network.Generative, network.Lateral}, []string{"synapses"}},
		"plastic-inhibition":   {[]network.Role{network.Generative, network.Lateral}, []string{"synapses", "hidden→hidden", "thresholds"}},
		"predictive-hierarchy": {[]network.Role{network.Generative, network.Generative, network.Modulatory}, []string{"synapses", "upper→hidden", "upper→hidden, modulating"}},
	} {
		c, err := network.CircuitNamed[float64](name)
		if err != nil {
			t.Fatal(err)
		}
		net := netOf(t, 3, 5, numbers(15, 1), c, 1)
		var roles []network.Role
		populations := map[int]bool{}
		for _, p := range net.Populations() {
			populations[p.Size] = true
		}
		for _, p := range net.Projections() {
			roles = append(roles, p.Role)
			if !populations[p.Pre()] || !populations[p.Post()] {
				t.Errorf("%s: %s joins populations that are not in the network", name, p.Name())
			}
		}
		var arrays []string
		for _, a := range net.Arrays() {
			arrays = append(arrays, a.Name)
		}
		if !slices.Equal(roles, want.roles) || !slices.Equal(arrays, want.arrays) {
			t.Errorf("%s: roles %v and arrays %q, want %v and %q", name, roles, arrays, want.roles, want.arrays)
		}
	}
}

// numbers returns numbers above zero that depend on the seed.
func numbers(count int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 0))
	x := make([]float64, count)
	for i := range x {
		x[i] = 0.1 + rng.Float64()
	}
	return x
}
