package network_test

import (
	"math/rand/v2"
	"runtime"
	"testing"

	"partsnet/internal/suite"

	"partsnet/learning"
	"partsnet/network"
)

// TestMemoryOfCounts weighs what learning from counts holds: two arrays of the size
// of the synapses, and one when it is over. All else is a quarter of one here at the
// most: hidden rates, counts, and 64 rows for each of two workers.
func TestMemoryOfCounts(t *testing.T) {
	if suite.Brief() {
		t.Skip("-short: computes much")
	}
	p := randomProblem(rand.New(rand.NewPCG(25, 25)), 40, 30_000, 50, 0.99)
	array := float64(8 * p.r * p.n)
	held := func() float64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before := held()
	net, l := p.onCounts(t, &learning.Poisson[float64]{}, network.LearnRecognise, 2)
	for range 2 {
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
		l.Objective()
	}
	if arrays := (held() - before) / array; arrays > 2.25 {
		t.Errorf("learning holds %.2f arrays of the size of the synapses, want 2", arrays)
	}
	l.Release()
	if arrays := (held() - before) / array; arrays > 1.25 {
		t.Errorf("what was learned holds %.2f arrays of the size of the synapses, want 1", arrays)
	}
	runtime.KeepAlive(net)
	runtime.KeepAlive(l)
	runtime.KeepAlive(p)
}
