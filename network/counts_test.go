package network_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/internal/suite"

	"pgregory.net/rapid"

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
	w.Normalise(learning.Kept(rule))
	net, err := network.New(neuron.Layer{Name: "visible", Size: p.n}, neuron.Layer{Name: "hidden", Size: p.r}, w, circuitFor(rule), workers)
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(p.m, p.r, slices.Clone(p.h))
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, network.Plan{Order: order, Steps: 1}, p.counted(t), h)
	if err != nil {
		t.Fatal(err)
	}
	return net, l
}

// ruleOf returns the rule of that name.
func ruleOf(t *testing.T, name string) learning.Rule[float64] {
	t.Helper()
	rule, err := learning.RuleNamed[float64](name)
	if err != nil {
		t.Fatal(err)
	}
	return rule
}

// circuitFor returns the circuit that shares the objective of the rule.
func circuitFor(rule learning.Rule[float64]) network.Circuit[float64] {
	if rule.Objective() == learning.SquaredError {
		return &network.LateralInhibition[float64]{}
	}
	return &network.DivisiveError[float64]{}
}

// TestCountsLearnLikeRates lets the same stimuli be learned as counts and as
// rates, for every rule and order, with blank stimuli and a visible neuron that never
// fires. The two differ in the order of sums alone: to 10⁻⁹ after five epochs, or 10⁻¹⁰ of the unit
// that stimuli are of where steps add.
func TestCountsLearnLikeRates(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m, n, r := rapid.IntRange(1, 140).Draw(rt, "m"), rapid.IntRange(1, 70).Draw(rt, "n"), rapid.IntRange(1, 12).Draw(rt, "r")
		p := randomProblem(rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 21)), m, n, r, rapid.Float64Range(0.3, 0.97).Draw(rt, "zeros"))
		for i := range m {
			p.v[i*n+n/2] = 0
		}
		clear(p.v[m/2*n : (m/2+1)*n])
		rule := rapid.SampledFrom(learning.Rules[float64]()).Draw(rt, "rule")
		order := rapid.SampledFrom([]network.Order{network.LearnRecognise, network.RecogniseLearn, network.Simultaneous}).Draw(rt, "order")
		if learning.Has[learning.Online](rule) || learning.Has[learning.Reader](rule) || order == network.Simultaneous && !learning.Has[learning.Simultaneous](rule) {
			return
		}
		dense, l := p.start(t, rule.Name(), order, 2)
		sparse, k := p.onCounts(t, rule, order, 2)
		for range 5 {
			for _, x := range []*network.Learner[float64]{l, k} {
				if err := x.Epoch(); err != nil {
					rt.Fatal(err)
				}
			}
			if a, b := l.Objective(), k.Objective(); math.Abs(a-b) > 1e-9*(a+squares(p.v)*1e-3) {
				rt.Fatalf("objective %v of rates, %v of counts", a, b)
			}
		}
		// A step that multiplies keeps the relative precision of a weight however small it is. One that
		// adds to it keeps that of the largest.
		rel, abs := 1e-9, 1e-13
		if learning.Has[learning.VisibleWise](rule) {
			rel, abs = 0, 1e-10
		}
		compare(t, "synapses", sparse.Synapses().Weights(), dense.Synapses().Weights(), rel, abs)
		compare(t, "rates", k.Rates().Rows(0, p.m), l.Rates().Rows(0, p.m), rel, abs)
		for _, o := range []learning.Objective{learning.KL, learning.SquaredError} {
			each, sum := sparse.Losses(o, p.counted(t), k.Rates()), 0.0
			for i, x := range dense.Losses(o, mustRates(t, m, n, p.v), l.Rates()) {
				if math.Abs(x-each[i]) > 1e-8*(1+x) {
					rt.Fatalf("%v objective of stimulus %d: %v of rates, %v of counts", o, i, x, each[i])
				}
				sum += each[i]
			}
			if whole := k.Loss(o); math.Abs(whole-sum) > 1e-9*(1+whole) {
				rt.Fatalf("%v objective %v, of the stimuli one by one %v", o, whole, sum)
			}
		}
		if _, err := k.Invariants(); err != nil {
			rt.Fatal(err)
		}
	})
}

// TestCountsInSeveralRuns learns from so many stimuli that their hidden rates are read
// in two runs.
func TestCountsInSeveralRuns(t *testing.T) {
	if suite.Brief() {
		t.Skip("-short: computes much")
	}
	p := randomProblem(rand.New(rand.NewPCG(23, 23)), 20_000, 7, 60, 0.5)
	dense, l := p.start(t, "poisson", network.LearnRecognise, 2)
	sparse, k := p.onCounts(t, &learning.Poisson[float64]{}, network.LearnRecognise, 2)
	for range 3 {
		for _, x := range []*network.Learner[float64]{l, k} {
			if err := x.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
	}
	compare(t, "synapses", sparse.Synapses().Weights(), dense.Synapses().Weights(), 1e-9, 1e-13)
	compare(t, "rates", k.Rates().Rows(0, p.m), l.Rates().Rows(0, p.m), 1e-9, 1e-13)
}

// TestLookingAtCountsChangesNothing asks for the objective and for a recognition
// after every phase, while the memory of the proposal is in use for something else.
func TestLookingAtCountsChangesNothing(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(24, 24)), 90, 80, 11, 0.8)
	for _, rule := range []learning.Rule[float64]{&learning.Poisson[float64]{}, &learning.Gaussian[float64]{}} {
		for _, order := range []network.Order{network.LearnRecognise, network.RecogniseLearn, network.Simultaneous} {
			if order == network.Simultaneous && !learning.Has[learning.Simultaneous](rule) {
				continue
			}
			alone, l := p.onCounts(t, rule, order, 2)
			watched, k := p.onCounts(t, rule, order, 2)
			counts, h := p.counted(t), neuron.NewRates[float64](p.m, p.r)
			for range 3 {
				if err := l.Epoch(); err != nil {
					t.Fatal(err)
				}
				for before := k.Epochs(); k.Epochs() == before; {
					phase, err := k.Step()
					if err != nil {
						t.Fatal(err)
					}
					watched.Start(counts, h)
					watched.Recognise(counts, h, 2)
					sum := 0.0
					for _, d := range watched.Losses(rule.Objective(), counts, k.Rates()) {
						sum += d
					}
					if d := k.Objective(); math.Abs(d-sum) > 1e-9*(1+d) {
						t.Fatalf("%s, %s, after %s: objective %v, of the stimuli one by one %v", rule.Name(), order, phase, d, sum)
					}
				}
			}
			if !slices.Equal(watched.Synapses().Weights(), alone.Synapses().Weights()) || !slices.Equal(k.Rates().Rows(0, p.m), l.Rates().Rows(0, p.m)) {
				t.Errorf("%s, %s: looking changed what was learned", rule.Name(), order)
			}
			d := k.Objective()
			k.Release()
			if after := watched.Losses(rule.Objective(), counts, k.Rates()); len(after) != p.m || math.IsNaN(d) {
				t.Errorf("%s: nothing can be measured after the release", rule.Name())
			}
		}
	}
}

func squares(x []float64) float64 {
	sum := 0.0
	for _, y := range x {
		sum += y * y
	}
	return sum
}

func TestCountsGiveTheSameBitsForAnyWorkers(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(22, 22)), 200, 150, 17, 0.9)
	var weights, rates []float64
	for _, workers := range []int{1, 2, 3, 8, 40} {
		net, l := p.onCounts(t, &learning.Poisson[float64]{}, network.LearnRecognise, workers)
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
