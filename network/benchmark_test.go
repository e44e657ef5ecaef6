package network_test

import (
	"math/rand/v2"
	"testing"

	"partsnet/network"
)

// BenchmarkEpoch is one epoch at the size of the faces: 2,429 stimuli, 361
// visible and 49 hidden neurons.
func BenchmarkEpoch(b *testing.B) {
	const m, n, r = 2429, 361, 49
	p := randomProblem(rand.New(rand.NewPCG(1, 1)), m, n, r, 0.17)
	for _, rule := range []string{"poisson", "gaussian"} {
		b.Run(rule, func(b *testing.B) {
			_, l := p.start(b, rule, network.LearnRecognise, 0)
			b.ReportAllocs()
			for b.Loop() {
				if err := l.Epoch(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
