package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// plainOptimality is [network.Optimality] written out, for dense float64.
func plainOptimality(o learning.Objective, v, w, h []float64, n, r int, cost float64) (rates, synapses float64) {
	return plainOptimalityOf(o, v, w, h, n, r, cost, func(int) bool { return true })
}

// plainOptimalityOf is plainOptimality of the entries of v that are seen.
func plainOptimalityOf(o learning.Objective, v, w, h []float64, n, r int, cost float64, seen func(k int) bool) (rates, synapses float64) {
	m := len(v) / n
	p := make([]float64, m*n)
	var meanH, meanW float64
	for i := range m {
		for a := range r {
			meanH += h[i*r+a] / float64(m*r)
			for j := range n {
				p[i*n+j] += h[i*r+a] * w[a*n+j]
			}
		}
	}
	for _, x := range w {
		meanW += x / float64(r*n)
	}
	residual := func(x, reached, sent float64) float64 {
		g := 0.0
		if reached != sent {
			g = (sent - reached) / math.Max(sent, reached)
		}
		return math.Abs(math.Min(x, g))
	}
	sums := func(weight func(k int) float64, at func(k int) int, count int) (reached, sent float64) {
		for k := range count {
			i := at(k)
			switch {
			case !seen(i):
			case o == learning.SquaredError:
				reached += weight(k) * v[i]
				sent += weight(k) * p[i]
			default:
				sent += weight(k)
				if p[i] > 0 {
					reached += weight(k) * v[i] / p[i]
				}
			}
		}
		return reached, sent
	}
	for i := range m {
		for a := range r {
			reached, sent := sums(func(j int) float64 { return w[a*n+j] }, func(j int) int { return i*n + j }, n)
			rates += residual(h[i*r+a]/meanH, reached, sent+cost) / float64(m*r)
		}
	}
	for a := range r {
		for j := range n {
			reached, sent := sums(func(i int) float64 { return h[i*r+a] }, func(i int) int { return i*n + j }, m)
			synapses += residual(w[a*n+j]/meanW, reached, sent) / float64(r*n)
		}
	}
	return rates, synapses
}

// TestOptimality compares with the definition, for dense stimuli and counts, both
// objectives and a cost, at the start and later, and demands that to look changes
// nothing. Exact sums in another order differ by some 10⁻¹³; the residual compares
// them with each other.
func TestOptimality(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	const m, n, r = 150, 23, 5
	v := make([]float64, m*n)
	for i := range v {
		if rng.Float64() < 0.4 {
			v[i] = float64(1 + rng.IntN(5))
		}
	}
	for _, rule := range []learning.Rule[float64]{&learning.Poisson[float64]{}, &learning.PoissonFree[float64]{}, &learning.Gaussian[float64]{}, &learning.EggertKoerner[float64]{}} {
		for _, sparse := range []bool{false, true} {
			var circuit network.Circuit[float64] = &network.DivisiveError[float64]{}
			cost := 0.0
			if rule.Objective() == learning.SquaredError {
				if learning.Kept(rule) != synapse.Free {
					cost = 0.3
				}
				circuit = &network.LateralInhibition[float64]{Cost: cost}
			}
			dense, err := neuron.RatesOf(m, n, v)
			if err != nil {
				t.Fatal(err)
			}
			var stimuli network.Stimuli[float64] = dense
			if sparse {
				stimuli = problem{m: m, n: n, v: v}.counted(t)
			}
			w := synapse.New[float64]("hidden→visible", r, n, synapse.Excitatory)
			w.Randomise(rng, 0.1, 1)
			w.Normalise(learning.Kept(rule))
			net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, circuit, 2)
			if err != nil {
				t.Fatal(err)
			}
			h := neuron.NewRates[float64](m, r)
			net.Start(stimuli, h)
			l, err := network.NewLearner(net, rule, network.Plan{Order: network.LearnRecognise, Steps: 1}, stimuli, h)
			if err != nil {
				t.Fatal(err)
			}
			for _, epochs := range []int{0, 3} {
				for range epochs {
					if err := l.Epoch(); err != nil {
						t.Fatal(err)
					}
				}
				before := fmt.Sprint(net.Synapses().Weights(), h.Rows(0, m))
				got := l.Optimality()
				rates, synapses := plainOptimality(rule.Objective(), v, net.Synapses().Weights(), h.Rows(0, m), n, r, cost)
				if math.Abs(got.Rates-rates) > 1e-12 || (learning.Kept(rule) == synapse.UnitLength) != math.IsNaN(got.Synapses) || math.Abs(got.Synapses-synapses) > 1e-12 {
					t.Errorf("%s, counts %v, after %d epochs: %v; want %v, %v", rule.Name(), sparse, epochs, got, rates, synapses)
				}
				if fmt.Sprint(net.Synapses().Weights(), h.Rows(0, m)) != before {
					t.Errorf("%s: to look at the optimality has changed the network", rule.Name())
				}
			}
		}
	}
}

// TestOptimalityAtTheOptimum: one neuron and stimuli that are multiples of one pattern
// leave nothing to learn, and the residual says so; a weight that is stuck at zero where
// something reaches it is not taken for optimal.
func TestOptimalityAtTheOptimum(t *testing.T) {
	v := []float64{1, 2, 1, 2, 4, 2}
	stimuli, err := neuron.RatesOf(2, 3, v)
	if err != nil {
		t.Fatal(err)
	}
	for _, stuck := range []bool{false, true} {
		w := synapse.New[float64]("hidden→visible", 1, 3, synapse.Excitatory)
		start := []float64{0.25, 0.5, 0.25}
		if stuck {
			start = []float64{0.5, 0.5, 0}
		}
		if err := w.Set(start); err != nil {
			t.Fatal(err)
		}
		net, err := network.New(neuron.Layer{Name: "visible", Size: 3}, neuron.Layer{Name: "hidden", Size: 1}, w, &network.LateralInhibition[float64]{}, 1)
		if err != nil {
			t.Fatal(err)
		}
		h := neuron.NewRates[float64](2, 1)
		net.Start(stimuli, h)
		l, err := network.NewLearner(net, &learning.Gaussian[float64]{}, network.Plan{Order: network.LearnRecognise, Steps: 1}, stimuli, h)
		if err != nil {
			t.Fatal(err)
		}
		for range 50 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		o := l.Optimality()
		if !stuck && (o.Rates > 1e-14 || o.Synapses > 1e-14) {
			t.Errorf("at the optimum: %v", o)
		}
		if stuck && math.Abs(o.Synapses-1.0/3) > 1e-12 {
			t.Errorf("one of three weights is stuck at 0 and should be 1: %v, want 1/3", o)
		}
	}
}
