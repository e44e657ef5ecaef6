package sim_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"strconv"
	"testing"

	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/stimulus"
	"partsnet/synapse"
)

// TestTraces follows the objective through 500 epochs on stimuli and a start
// that any program can rebuild, and compares it with an independent
// implementation at every epoch that it wrote down. Full runs agree between
// float64 and 80 bits to 10⁻¹⁵ in F; 10⁻⁹ is what the reference asks for. The real faces
// are followed in campaigns.
func TestTraces(t *testing.T) {
	data, err := os.ReadFile(shared.Path(t, "reference", "traces.json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref struct {
		Traces map[string]map[string]map[string]float64
	}
	if err := json.Unmarshal(data, &ref); err != nil {
		t.Fatal(err)
	}
	faces := func(by stimulus.Scaling) *stimulus.Set {
		set, err := stimulus.Load(context.Background(), shared.Path(t, "data", "mit-cbcl-faces", "faces-pgm.zip"))
		if err != nil {
			t.Fatal(err)
		}
		if err := set.Scale(by); err != nil {
			t.Fatal(err)
		}
		return set
	}
	swimmer, err := stimulus.Load(context.Background(), shared.Path(t, "data", "swimmer", "swimmer-raw-1-39-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range swimmer.Rates { // stored as 1 where there is nothing and 39 where there is ink
		swimmer.Rates[i] = (x - 1) / 38
	}
	for _, tt := range []struct {
		name string
		set  *stimulus.Set
		r    int
	}{
		{"bars-136 r=16", bars(), 16},
		{"swimmer r=17", swimmer, 17},
		{"cbcl (sample sd) r=49", faces(stimulus.Scaling{Name: "lee-seung"}), 49},
		{"cbcl (population sd) r=49", faces(stimulus.Scaling{Name: "lee-seung", Population: true}), 49},
	} {
		for rule, trace := range ref.Traces[tt.name] {
			t.Run(tt.name+"/"+rule, func(t *testing.T) {
				if tt.r == 49 {
					suite.Campaign(t)
				}
				t.Parallel()
				follow(t, tt.set, tt.r, rule, trace)
			})
		}
	}
}

func follow(t *testing.T, set *stimulus.Set, r int, name string, trace map[string]float64) {
	m, n := set.Count, set.Size
	u := splitMix(1)
	weights, hidden := make([]float64, r*n), make([]float64, m*r)
	for j := range n { // the reference fills its n×r matrix row by row
		for a := range r {
			weights[a*n+j] = 0.1 + 0.9*u()
		}
	}
	for a := range r {
		for i := range m {
			hidden[i*r+a] = 0.1 + 0.9*u()
		}
	}
	var circuit network.Circuit[float64] = &network.DivisiveError[float64]{}
	var rule learning.Rule[float64] = &learning.Poisson[float64]{}
	order := network.LearnRecognise
	if name == "eu_nips_hw" {
		circuit, rule, order = &network.LateralInhibition[float64]{}, &learning.Gaussian[float64]{}, network.RecogniseLearn
	}
	w := synapse.New[float64]("hidden→visible", r, n, synapse.Excitatory)
	if err := w.Set(weights); err != nil {
		t.Fatal(err)
	}
	v, err := neuron.RatesOf(m, n, set.Rates)
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(m, r, hidden)
	if err != nil {
		t.Fatal(err)
	}
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, circuit, 0)
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, network.Plan{Order: order, Steps: 1}, v, h)
	if err != nil {
		t.Fatal(err)
	}
	compared := 0
	for epoch := 0; epoch <= 500; epoch++ {
		if want, ok := trace[strconv.Itoa(epoch)]; ok {
			got := l.Objective()
			if rule.Objective() == learning.KL {
				entropy := 0.0
				for _, x := range set.Rates {
					if x > 0 {
						entropy += x*math.Log(x) - x
					}
				}
				got = entropy - got
			}
			if math.Abs(got-want) > 1e-9*math.Abs(want) {
				t.Errorf("epoch %d: %v, want %v", epoch, got, want)
			}
			compared++
		}
		if err := l.Epoch(); err != nil {
			t.Fatal(err)
		}
	}
	if compared != len(trace) || compared < 5 {
		t.Errorf("%d of %d values compared", compared, len(trace))
	}
}

// splitMix returns the generator of the reference: SplitMix64, the upper 53
// bits as a number in [0, 1).
func splitMix(state uint64) func() float64 {
	return func() float64 {
		state += 0x9e3779b97f4a7c15
		z := state
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		z ^= z >> 31
		return float64(z>>11) * 0x1p-53
	}
}

// bars returns the 16 bars of 8×8 pixels alone, then all 120 pairs, added.
func bars() *stimulus.Set {
	bar := func(k, i int) float64 {
		if k < 8 && i/8 == k || k >= 8 && i%8 == k-8 {
			return 1
		}
		return 0
	}
	set := &stimulus.Set{Count: 136, Size: 64, Source: "bars"}
	for k := range 16 {
		for i := range 64 {
			set.Rates = append(set.Rates, bar(k, i))
		}
	}
	for k := range 16 {
		for l := k + 1; l < 16; l++ {
			for i := range 64 {
				set.Rates = append(set.Rates, bar(k, i)+bar(l, i))
			}
		}
	}
	return set
}
