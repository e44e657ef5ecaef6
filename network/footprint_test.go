package network_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
)

// TestFootprint weighs networks that learn: none may hold more than the footprint says, and
// the footprint is never four times what is held, or six where entries are missing, as it would then refuse runs for which there
// is memory. It covers every circuit and rule, dense stimuli and counts, all at once and in batches:
// the suite every third combination, campaigns all.
func TestFootprint(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns with every pair")
	}
	const m, n, r, workers = 100, 600, 24, 2
	rng := rand.New(rand.NewPCG(1, 2))
	rates := make([]float64, m*n)
	start, index, values := []int{0}, []int32(nil), []float64(nil)
	for i := range m {
		for j := range n {
			if rng.Float64() < 0.05 {
				rates[i*n+j] = float64(1 + rng.IntN(3))
				index, values = append(index, int32(j)), append(values, rates[i*n+j])
			}
		}
		start = append(start, len(index))
	}
	counts, err := neuron.CountsOf(n, start, index, values)
	if err != nil {
		t.Fatal(err)
	}
	mask := neuron.NewMask(m, n)
	for i := range m {
		mask.Hide(i, 7*i%n)
	}
	held := func() float64 {
		runtime.GC()
		runtime.GC() // what finalizers and pools have let go
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return float64(s.HeapAlloc)
	}
	combinations := 0
	for _, precision := range []string{"float64", "float32"} {
		engine, err := network.In(precision)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{"dense", "counts", "partial", "partial counts"} {
			data, err := engine.Dense(m, n, rates)
			if strings.HasSuffix(form, "counts") {
				data, err = engine.Counts(counts)
			}
			if strings.HasPrefix(form, "partial") {
				data, err = engine.Partial(data, mask)
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range network.Circuits[float64]() {
				for _, rule := range learning.Rules[float64]() {
					for _, plan := range []network.Plan{{}, {Batch: 1}, {Batch: 70}, {Order: network.Simultaneous}, {Batch: 1, Untied: true, Order: network.RecogniseLearn}} {
						if plan.Order == network.LearnRecognise && network.Pair(c, rule, withSteps(plan)) != nil {
							plan.Order = network.RecogniseLearn
						}
						plan.Steps = 2
						if network.Pair(c, rule, plan) != nil || precision == "float32" && c.Name() != "spike-by-spike" && rule.Name() != "gaussian" {
							continue
						}
						spec := network.Spec{
							Visible: neuron.Layer{Name: "visible", Size: n}, Hidden: neuron.Layer{Name: "hidden", Size: r},
							Circuit: network.Choice{Name: c.Name()}, Rule: network.Choice{Name: rule.Name()}, Plan: plan,
							Workers: workers, Low: 0.1, High: 1, Spread: 0.1, Floor: engine.Floor(),
							Draw: func(string) *rand.Rand { return rand.New(rand.NewPCG(1, 1)) },
							Seed: func(string) uint64 { return 1 },
						}
						if combinations++; combinations%suite.Cases(3, 1) != 0 {
							continue
						}
						name := fmt.Sprintf("%s, %s, %s, %s, %+v", precision, form, c.Name(), rule.Name(), plan)
						before := held()
						model, err := engine.Model(data, spec)
						if err != nil {
							continue // the pair is refused
						}
						if err := model.Epoch(); err != nil {
							t.Fatalf("%s: %v", name, err)
						}
						took := held() - before
						model.Reached()
						runtime.KeepAlive(model)
						says, err := engine.Footprint(spec, network.Extent{Stimuli: m, Visible: n, Held: data.Held(), Dense: data.Dense(), Missing: data.Seen() != nil})
						if err != nil {
							t.Fatal(err)
						}
						least := says / 4
						if data.Seen() != nil {
							least = says / 6 // with the sums of Optimality, which are let go
						}
						if took > says || took < least {
							t.Errorf("%s: holds %.2f MB, and the footprint is %.2f MB", name, took/1e6, says/1e6)
						}
					}
				}
			}
		}
	}
}

func withSteps(p network.Plan) network.Plan {
	p.Steps = 2
	return p
}
