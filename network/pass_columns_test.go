package network

import (
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// TestColumnsAsGroups learns with coincidences summed up by chunks of visible neurons and by
// groups of blocks, and asks for the same bits, for every number of groups whose tree is
// different and any number of workers.
func TestColumnsAsGroups(t *testing.T) {
	columnsAsGroups[float64](t)
	columnsAsGroups[float32](t)
}

func columnsAsGroups[T neuron.Float](t *testing.T) {
	wasFrom, wasChunks := columnsFrom, chunksFrom
	defer func() { columnsFrom, chunksFrom = wasFrom, wasChunks }()
	for _, m := range []int{7, 64 * 2, 64*5 - 3, 64*7 + 1, 64*12 + 1, 1100} {
		for _, c := range []struct {
			circuit Circuit[T]
			rule    learning.Rule[T]
		}{
			{&DivisiveError[T]{}, &learning.Poisson[T]{Forgetting: 1}}, {&DivisiveError[T]{}, &learning.PoissonFree[T]{Forgetting: 1}}, {&LateralInhibition[T]{}, &learning.Gaussian[T]{Forgetting: 1}},
		} {
			learned := func(from, workers int) (*Learner[T], Optimality) {
				columnsFrom, chunksFrom = from, 1
				const n, r = 421, 6
				rng := rand.New(rand.NewPCG(1, uint64(m)))
				rates := make([]T, m*n)
				for i := range rates {
					rates[i] = T(rng.Float64())
				}
				v, err := neuron.RatesOf(m, n, rates)
				if err != nil {
					t.Fatal(err)
				}
				w := synapse.New[T]("w", r, n, synapse.Excitatory)
				w.Randomise(rng, 0.1, 1)
				w.Normalise(learning.InitialNorm(c.rule))
				net, err := New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, c.circuit, workers)
				if err != nil {
					t.Fatal(err)
				}
				h := neuron.NewRates[T](m, r)
				net.Start(v, h)
				l, err := NewLearner(net, c.rule, Plan{Steps: 1}, v, h)
				if err != nil {
					t.Fatal(err)
				}
				var found Optimality
				for range 3 {
					if err := l.Epoch(); err != nil {
						t.Fatal(err)
					}
					found = l.Optimality() // which uses the same memory
				}
				return l, found
			}
			want, optimum := learned(math.MaxInt, 1)
			if _, ok := want.pass.(*groupPass[T]); !ok {
				t.Fatalf("groups: %T", want.pass)
			}
			for _, workers := range []int{1, 3} {
				got, found := learned(0, workers)
				if _, ok := got.pass.(*columnsPass[T]); !ok {
					t.Fatalf("chunks: %T", got.pass)
				}
				if !slices.Equal(got.net.synapses.Weights(), want.net.synapses.Weights()) || !slices.Equal(got.h.Rows(0, m), want.h.Rows(0, m)) {
					t.Errorf("%T, %s, %d stimuli, %d workers: other bits than by groups", T(0), c.rule.Name(), m, workers)
				}
				if math.Abs(found.Rates-optimum.Rates) > 1e-5*optimum.Rates || math.Abs(found.Synapses-optimum.Synapses) > 1e-5*optimum.Synapses {
					t.Errorf("%T, %s, %d stimuli: %+v by chunks, %+v by groups", T(0), c.rule.Name(), m, found, optimum)
				}
			}
		}
	}
}

// TestFootprintOfColumns weighs a network whose coincidences are summed up by chunks: it holds
// no more than the footprint says, and far less than an accumulator for each group.
func TestFootprintOfColumns(t *testing.T) {
	const m, n, r = 1100, 8000, 24
	wasFrom := columnsFrom
	defer func() { columnsFrom = wasFrom }()
	columnsFrom = 0
	engine := engine[float64]{}
	data, err := engine.Dense(m, n, slices.Repeat([]float64{1, 2}, m*n/2))
	if err != nil {
		t.Fatal(err)
	}
	held := func() float64 {
		runtime.GC()
		runtime.GC()
		var s runtime.MemStats
		runtime.ReadMemStats(&s)
		return float64(s.HeapAlloc)
	}
	for _, c := range []struct{ circuit, rule string }{{"divisive-error", "poisson"}, {"lateral-inhibition", "gaussian"}} {
		spec := Spec{
			Visible: neuron.Layer{Name: "visible", Size: n}, Hidden: neuron.Layer{Name: "hidden", Size: r},
			Circuit: Choice{Name: c.circuit}, Rule: Choice{Name: c.rule}, Plan: Plan{Steps: 1}, Workers: 2, Low: 0.1, High: 1,
			Draw: func(string) *rand.Rand { return rand.New(rand.NewPCG(1, 1)) },
		}
		before := held()
		model, err := engine.Model(data, spec)
		if err != nil {
			t.Fatal(err)
		}
		if err := model.Epoch(); err != nil {
			t.Fatal(err)
		}
		took := held() - before
		runtime.KeepAlive(model)
		says, err := engine.Footprint(spec, DenseExtent(m, n))
		if err != nil {
			t.Fatal(err)
		}
		if arrays := took / (8 * r * n); took > says || took < says/4 || arrays > 8 {
			t.Errorf("%s: holds %.2f MB, %.1f arrays of the size of the synapses, and the footprint is %.2f MB", c.rule, took/1e6, arrays, says/1e6)
		}
	}
}
