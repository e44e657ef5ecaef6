package network_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// TestHeldOutRecognitionHasOneAnswer shows a trained network stimuli that it has not
// learned from, as rates and as counts, from equal rates and from rates that differ
// by factors of up to a million: D and E are convex in the rates alone, so all settle
// at one encoding. Where two neurons explain nearly the same, the way there is long;
// what is left of it after so many steps is bounded by the objective, which may differ
// by 10⁻⁹ of itself, and by the rates, by 10⁻⁴ of the largest. The suite draws one of the two
// rules for each network, campaigns take both.
func TestHeldOutRecognitionHasOneAnswer(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("20,000 steps of each recognition")
	}
	const held, steps = 4, 20_000
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		rng := rand.New(rand.NewPCG(seed, 31))
		p := randomProblem(rng, 60, rapid.IntRange(15, 30).Draw(rt, "n"), rapid.IntRange(2, 5).Draw(rt, "r"), 0.4)
		rules := []learning.Rule[float64]{&learning.Poisson[float64]{}, &learning.Gaussian[float64]{}}
		if !suite.Asked() {
			k := rapid.IntRange(0, 1).Draw(rt, "rule")
			rules = rules[k : k+1]
		}
		for _, rule := range rules {
			net, l := p.start(t, rule.Name(), network.LearnRecognise, 1)
			for range 30 {
				if err := l.Epoch(); err != nil {
					rt.Fatal(err)
				}
			}
			q := randomProblem(rng, held, p.n, p.r, 0.4)
			dense, counted := mustRates(t, held, q.n, q.v), q.counted(t)
			equal := neuron.NewRates[float64](held, p.r)
			net.Start(dense, equal)
			answers := []*neuron.Rates[float64]{equal}
			for range 2 {
				h := neuron.NewRates[float64](held, p.r)
				for i := range h.Rows(0, held) {
					h.Rows(0, held)[i] = math.Pow(10, 6*rng.Float64()-3)
				}
				answers = append(answers, h)
			}
			for k, h := range answers {
				if k == 2 {
					net.Recognise(counted, h, steps)
				} else {
					net.Recognise(dense, h, steps)
				}
			}
			want := net.Losses(rule.Objective(), dense, equal)
			top := 0.0
			for _, x := range equal.Rows(0, held) {
				top = max(top, x)
			}
			for k, h := range answers[1:] {
				for i, d := range net.Losses(rule.Objective(), dense, h) {
					if math.Abs(d-want[i]) > 1e-9*(1+want[i]) {
						rt.Fatalf("%s, start %d, stimulus %d: objective %v, from equal rates %v", rule.Name(), k+1, i, d, want[i])
					}
				}
				for i, x := range h.Rows(0, held) {
					if y := equal.Rows(0, held)[i]; math.Abs(x-y) > 1e-4*top {
						rt.Fatalf("%s, start %d: rate %d settles at %v, from equal rates at %v", rule.Name(), k+1, i, x, y)
					}
				}
			}
		}
	})
}
