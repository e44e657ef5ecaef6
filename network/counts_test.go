package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// counted returns the stimuli of the problem as counts.
func (p problem) counted(t testing.TB) *neuron.Counts[float64] {
	t.Helper()
	start := []int{0}
	var index []int32
	var rate []float64
	for i := range p.m {
		for j := range p.n {
			if x := p.v[i*p.n+j]; x != 0 {
				index, rate = append(index, int32(j)), append(rate, x)
			}
		}
		start = append(start, len(index))
	}
	c, err := neuron.CountsOf(p.n, start, index, rate)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// onCounts starts a learner on counts from the problem.
func (p problem) onCounts(t testing.TB, rule learning.Rule[float64], order network.Order, workers int) (*network.Network[float64], *network.Learner[float64]) {
	t.Helper()
	w := synapse.New[float64]("hidden→visible", p.r, p.n, synapse.Excitatory)
	if err := w.Set(p.w); err != nil {
		t.Fatal(err)
	}
	w.Normalise(rule.Normalisation())
	net, err := network.New(neuron.Layer{Name: "visible", Size: p.n}, neuron.Layer{Name: "hidden", Size: p.r}, w, &network.DivisiveError[float64]{}, workers)
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(p.m, p.r, slices.Clone(p.h))
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, order, 1, p.counted(t), h)
	if err != nil {
		t.Fatal(err)
	}
	return net, l
}

// TestCountsLearnLikeRates lets the same stimuli be learned as counts and as
// rates, with blank stimuli and a visible neuron that never fires. The two differ
// in the order of sums alone: to 10⁻¹⁰ after five epochs.
func TestCountsLearnLikeRates(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(21, 21)), 131, 70, 9, 0.85)
	for i := range p.m {
		p.v[i*p.n+13] = 0
	}
	clear(p.v[7*p.n : 8*p.n])
	for _, rule := range []learning.Rule[float64]{learning.PoissonRule[float64]{}, learning.PoissonFreeRule[float64]{}} {
		for _, order := range []network.Order{network.LearnRecognise, network.RecogniseLearn, network.Simultaneous} {
			if order == network.Simultaneous && !rule.Simultaneous() {
				continue
			}
			name := fmt.Sprintf("%s/%s: ", rule.Name(), order)
			dense, l := p.start(t, rule.Name(), order, 2)
			sparse, k := p.onCounts(t, rule, order, 2)
			for range 5 {
				for _, x := range []*network.Learner[float64]{l, k} {
					if err := x.Epoch(); err != nil {
						t.Fatal(err)
					}
				}
				if a, b := l.Objective(), k.Objective(); math.Abs(a-b) > 1e-10*a {
					t.Errorf("%sobjective %v of rates, %v of counts", name, a, b)
				}
			}
			compare(t, name+"synapses", sparse.Synapses().Weights(), dense.Synapses().Weights(), 1e-10, 1e-14)
			compare(t, name+"rates", k.Rates().Rows(0, p.m), l.Rates().Rows(0, p.m), 1e-10, 1e-14)
			inv, err := k.Check()
			if err != nil || order == network.LearnRecognise && rule.Name() == "poisson" && inv.Conservation > 1e-12 {
				t.Errorf("%s%+v, %v", name, inv, err)
			}
		}
	}
}

func TestCountsGiveTheSameBitsForAnyWorkers(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(22, 22)), 200, 150, 17, 0.9)
	var weights, rates []float64
	for _, workers := range []int{1, 2, 3, 8, 40} {
		net, l := p.onCounts(t, learning.PoissonRule[float64]{}, network.LearnRecognise, workers)
		for range 4 {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
		w, h := net.Synapses().Weights(), l.Rates().Rows(0, p.m)
		if workers == 1 {
			weights, rates = slices.Clone(w), slices.Clone(h)
		}
		if !slices.Equal(w, weights) || !slices.Equal(h, rates) {
			t.Errorf("%d workers give other bits than one", workers)
		}
		if allocs := testing.AllocsPerRun(3, func() {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}); allocs != 0 {
			t.Errorf("%d workers: %v allocations an epoch", workers, allocs)
		}
	}
}

func TestCountsAreRefusedByTheGaussianRule(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(23, 23)), 5, 6, 2, 0.5)
	net, l := p.start(t, "gaussian", network.RecogniseLearn, 1)
	_, err := network.NewLearner(net, learning.GaussianRule[float64]{}, network.RecogniseLearn, 1, p.counted(t), l.Rates())
	if err == nil || !strings.Contains(err.Error(), "not to be had for counts") {
		t.Errorf("got %v", err)
	}
}
