package network_test

import (
	"math/rand/v2"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// BenchmarkPresentation is one presentation of a stimulus of the size of a face, 361 visible
// and 49 hidden neurons, to each circuit with a rule that learns online: recognition
// through the circuit's own number of steps, and the change of the synapses.
func BenchmarkPresentation(b *testing.B) {
	for _, pair := range [][2]string{
		{"divisive-error", "poisson-online"}, {"divisive-modulation", "divisive-modulation"},
		{"spike-by-spike", "spike-by-spike"}, {"lca", "subtractive"}, {"rate-units", "subtractive"},
		{"lateral-inhibition", "subtractive"}, {"plastic-inhibition", "similarity-matching"},
	} {
		b.Run(pair[0]+"/float64", func(b *testing.B) { benchPresentation[float64](b, pair) })
		b.Run(pair[0]+"/float32", func(b *testing.B) { benchPresentation[float32](b, pair) })
	}
}

func benchPresentation[T neuron.Float](b *testing.B, pair [2]string) {
	const m, n, r = 200, 361, 49
	p := randomProblem(rand.New(rand.NewPCG(1, 1)), m, n, r, 0.17)
	c, err := network.CircuitNamed[T](pair[0])
	if err != nil {
		b.Fatal(err)
	}
	x, err := learning.RuleNamed[T](pair[1])
	if err != nil {
		b.Fatal(err)
	}
	net := netOf(b, r, n, p.w, c, 0)
	net.Synapses().Normalise(learning.Kept(x))
	v, err := neuron.RatesOf(m, n, convert[T](p.v))
	if err != nil {
		b.Fatal(err)
	}
	l, err := network.NewLearner(net, x, network.Plan{Order: network.RecogniseLearn, Steps: c.Describe().Steps, Batch: 1}, v, neuron.NewRates[T](m, r))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if err := l.Present(i % m); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "presentations/s")
}
