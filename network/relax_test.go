package network_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// relaxing returns a learner of 90 stimuli made of 5 parts, which starts the same
// each time.
func relaxing(t *testing.T, order network.Order, relaxation float64, workers int) (*network.Learner[float64], *network.Network[float64]) {
	t.Helper()
	const m, n, r = 90, 24, 5
	rng := rand.New(rand.NewPCG(3, 3))
	parts := make([]float64, r*n)
	for i := range parts {
		parts[i] = max(0, rng.Float64()-0.6)
	}
	v := neuron.NewRates[float64](m, n)
	for i := range m {
		for a := range r {
			rate := rng.ExpFloat64()
			for j := range n {
				v.Of(i)[j] += rate * parts[a*n+j]
			}
		}
	}
	w := synapse.New[float64]("hidden→visible", r, n, synapse.Excitatory)
	w.Randomise(rng, 0.1, 1)
	w.Normalise(synapse.UnitSum)
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, &network.DivisiveError[float64]{}, workers)
	if err != nil {
		t.Fatal(err)
	}
	h := neuron.NewRates[float64](m, r)
	net.Start(v, h)
	for i := range m {
		for a := range r {
			h.Of(i)[a] *= 0.5 + rng.Float64()
		}
	}
	l, err := network.NewLearner(net, &learning.Poisson[float64]{}, network.Plan{Order: order, Steps: 1, Relaxation: relaxation}, v, h)
	if err != nil {
		t.Fatal(err)
	}
	return l, net
}

func runEpochs(t *testing.T, l *network.Learner[float64], n int) {
	t.Helper()
	for range n {
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRelaxedStepIsThePower compares one epoch from one state with the power of the
// plain epoch, by the formula.
func TestRelaxedStepIsThePower(t *testing.T) {
	before, net := relaxing(t, network.Simultaneous, 0, 1)
	w0, h0 := slices.Clone(net.Synapses().Weights()), slices.Clone(before.Rates().Rows(0, 90))
	plain, plainNet := relaxing(t, network.Simultaneous, 0, 1)
	runEpochs(t, plain, 1)
	for _, omega := range network.Relaxations() {
		l, net := relaxing(t, network.Simultaneous, omega, 1)
		runEpochs(t, l, 1)
		for i, h := range l.Rates().Rows(0, 90) {
			want := h0[i] * math.Pow(plain.Rates().Rows(0, 90)[i]/h0[i], omega)
			if math.Abs(h-want) > 1e-13*want {
				t.Fatalf("ω = %v: rate %d is %v, want %v", omega, i, h, want)
			}
		}
		n := net.Visible.Size
		for a := range net.Hidden.Size {
			want, sum := make([]float64, n), 0.0
			for j := range want {
				k := a*n + j
				want[j] = w0[k] * math.Pow(plainNet.Synapses().Weights()[k]/w0[k], omega)
				sum += want[j]
			}
			for j, w := range net.Synapses().Of(a) {
				if math.Abs(w-want[j]/sum) > 1e-13*w {
					t.Fatalf("ω = %v: synapse %d→%d is %v, want %v", omega, a, j, w, want[j]/sum)
				}
			}
		}
	}
}

// TestRelaxedLearningReachesFurther asks for what relaxation promises: a lower
// objective after as many epochs, the more so the larger the exponent, and the same
// bits for any number of workers.
func TestRelaxedLearningReachesFurther(t *testing.T) {
	for _, order := range []network.Order{network.Simultaneous, network.LearnRecognise, network.RecogniseLearn} {
		last := math.Inf(1)
		for _, omega := range network.Relaxations() {
			l, net := relaxing(t, order, omega, 1)
			runEpochs(t, l, 60)
			d := l.Objective()
			if d >= last {
				t.Errorf("%v: D = %v at ω = %v, no lower than %v at the exponent before", order, d, omega, last)
			}
			last = d
			for _, workers := range []int{2, 3, 8} {
				other, otherNet := relaxing(t, order, omega, workers)
				runEpochs(t, other, 60)
				if !slices.Equal(net.Synapses().Weights(), otherNet.Synapses().Weights()) || !slices.Equal(l.Rates().Rows(0, 90), other.Rates().Rows(0, 90)) {
					t.Errorf("%v, ω = %v: other bits with %d workers", order, omega, workers)
				}
			}
		}
	}
}
