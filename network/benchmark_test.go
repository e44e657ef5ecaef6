package network_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// BenchmarkEpoch is one epoch at the size of the faces: 2,429 stimuli, 361
// visible and 49 hidden neurons.
func BenchmarkEpoch(b *testing.B) {
	b.Run("poisson/float64", func(b *testing.B) { benchFaces[float64](b, "poisson") })
	b.Run("poisson/float32", func(b *testing.B) { benchFaces[float32](b, "poisson") })
	b.Run("gaussian/float64", func(b *testing.B) { benchFaces[float64](b, "gaussian") })
	b.Run("gaussian/float32", func(b *testing.B) { benchFaces[float32](b, "gaussian") })
}

func benchFaces[T neuron.Float](b *testing.B, rule string) {
	const m, n, r = 2429, 361, 49
	p := randomProblem(rand.New(rand.NewPCG(1, 1)), m, n, r, 0.17)
	w := synapse.New[T]("hidden→visible", r, n, synapse.Excitatory)
	if err := w.Set(convert[T](p.w)); err != nil {
		b.Fatal(err)
	}
	if rule == "poisson" {
		w.Normalise(synapse.UnitSum)
	}
	_, l := start(b, m, n, r, convert[T](p.v), convert[T](p.h), w, rule, network.LearnRecognise, 0)
	epochs(b, l)
}

// BenchmarkMissing is an epoch of stimuli of the size of a face of which a third of the entries is
// missing beside an epoch of whole stimuli, in turn. It reports the ratio of the medians and
// both in milliseconds. The share that is missing changes nothing about the work.
func BenchmarkMissing(b *testing.B) {
	for _, k := range []struct {
		circuit, rule string
		stimuli       int
		plan          network.Plan
	}{
		{"divisive-error", "poisson", 2429, network.Plan{Steps: 1}},
		{"lateral-inhibition", "gaussian", 2429, network.Plan{Steps: 1}},
		{"divisive-error", "poisson-online", 100, network.Plan{Order: network.RecogniseLearn, Steps: 50, Batch: 1}},
		{"lca", "subtractive", 100, network.Plan{Order: network.RecogniseLearn, Steps: 100, Batch: 1}},
		{"rate-units", "subtractive", 100, network.Plan{Order: network.RecogniseLearn, Steps: 100, Batch: 1}},
		{"lateral-inhibition", "subtractive", 100, network.Plan{Order: network.RecogniseLearn, Steps: 50, Batch: 1}},
	} {
		name := fmt.Sprintf("%s/%s", k.circuit, k.rule)
		b.Run(name+"/float64", func(b *testing.B) { benchMissing[float64](b, k.circuit, k.rule, k.stimuli, k.plan) })
		b.Run(name+"/float32", func(b *testing.B) { benchMissing[float32](b, k.circuit, k.rule, k.stimuli, k.plan) })
	}
}

func benchMissing[T neuron.Float](b *testing.B, circuit, rule string, m int, plan network.Plan) {
	const n, r = 361, 49
	rng := rand.New(rand.NewPCG(1, 1))
	p := randomProblem(rng, m, n, r, 0.17)
	mask, _ := p.hide(rng, 1./3)
	whole, err := neuron.RatesOf(m, n, convert[T](p.v))
	if err != nil {
		b.Fatal(err)
	}
	partial, err := neuron.PartialOf(whole, mask)
	if err != nil {
		b.Fatal(err)
	}
	var took [2][]float64
	var learners [2]*network.Learner[T]
	for i, v := range []neuron.Stimuli[T]{whole, partial} {
		x, err := learning.RuleNamed[T](rule)
		if err != nil {
			b.Fatal(err)
		}
		c, err := network.CircuitNamed[T](circuit)
		if err != nil {
			b.Fatal(err)
		}
		net := netOf(b, r, n, p.w, c, 0)
		net.Synapses().Normalise(learning.Kept(x))
		h, err := neuron.RatesOf(m, r, convert[T](p.h))
		if err != nil {
			b.Fatal(err)
		}
		if learners[i], err = network.NewLearner(net, x, plan, v, h); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for i, l := range learners {
			start := time.Now()
			if err := l.Epoch(); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(start).Seconds()*1e3)
		}
	}
	for i := range took {
		slices.Sort(took[i])
	}
	without, with := took[0][len(took[0])/2], took[1][len(took[1])/2]
	b.ReportMetric(without, "ms-whole")
	b.ReportMetric(with, "ms-missing")
	b.ReportMetric(with/without, "ratio")
}

// epochs measures epochs of a learner.
func epochs[T neuron.Float](b *testing.B, l *network.Learner[T]) {
	b.Helper()
	b.ReportAllocs()
	for b.Loop() {
		if err := l.Epoch(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCounts is one epoch on 3 million counts of 15,276 words in 30,991
// documents, words as frequent as Zipf says, for 200 hidden neurons.
func BenchmarkCounts(b *testing.B) {
	b.Run("float32", benchCounts[float32])
	b.Run("float64", benchCounts[float64])
}

func benchCounts[T neuron.Float](b *testing.B) {
	const m, n, r, words = 30_991, 15_276, 200, 97
	rng := rand.New(rand.NewPCG(2, 2))
	zipf := rand.NewZipf(rng, 1.1, 20, n-1)
	start, index, rate := []int{0}, []int32(nil), []T(nil)
	for range m {
		document := map[int32]T{}
		for len(document) < words {
			document[int32(zipf.Uint64())]++
		}
		var sorted []int32
		for j := range document {
			sorted = append(sorted, j)
		}
		slices.Sort(sorted)
		for _, j := range sorted {
			index, rate = append(index, j), append(rate, document[j])
		}
		start = append(start, len(index))
	}
	counts, err := neuron.CountsOf(n, start, index, rate)
	if err != nil {
		b.Fatal(err)
	}
	w := synapse.New[T]("hidden→visible", r, n, synapse.Excitatory)
	w.Randomise(rng, 0.1, 1)
	w.Normalise(synapse.UnitSum)
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, &network.DivisiveError[T]{}, 0)
	if err != nil {
		b.Fatal(err)
	}
	h := neuron.NewRates[T](m, r)
	net.Start(counts, h)
	l, err := network.NewLearner(net, &learning.Poisson[T]{}, network.Plan{Order: network.LearnRecognise, Steps: 1}, counts, h)
	if err != nil {
		b.Fatal(err)
	}
	epochs(b, l)
}
