package network_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// stackOf makes a stack with random synapses and rates.
func stackOf(t *testing.T, p problem, sizes ...int) *network.Stack[float64] {
	t.Helper()
	rng := rand.New(rand.NewPCG(7, uint64(len(sizes))))
	s := &network.Stack[float64]{}
	below := p.n
	for k, r := range sizes {
		w := synapse.New[float64](fmt.Sprintf("layer %d", k+1), r, below, synapse.Excitatory)
		w.Randomise(rng, 0.1, 1)
		h := neuron.NewRates[float64](p.m, r)
		for i := range h.Rows(0, p.m) {
			h.Rows(0, p.m)[i] = 0.1 + rng.Float64()
		}
		if err := s.Add(w, h); err != nil {
			t.Fatal(err)
		}
		below = r
	}
	return s
}

// TestUpPropagation holds the joint rule to its formula, element by element for every
// layer in turn, and its promise that the divergence never rises, for one, two and
// three layers.
func TestUpPropagation(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 1)), 30, 12, 1, 0.3)
	for _, sizes := range [][]int{{5}, {6, 4}, {7, 5, 3}} {
		s := stackOf(t, p, sizes...)
		v, _ := neuron.RatesOf(p.m, p.n, p.v)
		l, err := s.Joint(v, 2)
		if err != nil {
			t.Fatal(err)
		}
		before := l.Objective()
		for epoch := range 40 {
			k := epoch % len(sizes)
			want := plainUpPropagation(s, p, k)
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
			compare(t, fmt.Sprintf("%v, epoch %d: W%d", sizes, epoch, k+1), s.Layers[k].Weights(), want, 1e-9, 1e-13)
			if d := l.Objective(); d > before*(1+1e-12) {
				t.Fatalf("%v: D rose from %v to %v in epoch %d", sizes, before, d, epoch)
			} else {
				before = d
			}
		}
		compare(t, "the parts of the top", l.State().Arrays[0].Numbers, s.Parts(len(sizes)-1), 1e-12, 0)
	}
}

// plainUpPropagation returns the weights that layer k gets next, synapse by synapse.
func plainUpPropagation(s *network.Stack[float64], p problem, k int) []float64 {
	w := s.Layers[k]
	var lower []float64 // the parts of the layer below
	if k > 0 {
		lower = s.Parts(k - 1)
	}
	// down[c][j]: what neuron c of the layer below k makes of visible neuron j.
	below := func(c, j int) float64 {
		if k == 0 {
			if c == j {
				return 1
			}
			return 0
		}
		return lower[c*p.n+j]
	}
	// rates[i][a]: what the top makes of neuron a of layer k.
	rates := make([][]float64, p.m)
	for i := range rates {
		row := append([]float64(nil), s.Rates.Of(i)...)
		for l := len(s.Layers) - 1; l > k; l-- {
			next := make([]float64, s.Layers[l].Post())
			for x, h := range row {
				for y, weight := range s.Layers[l].Of(x) {
					next[y] += h * weight
				}
			}
			row = next
		}
		rates[i] = row
	}
	top := s.Parts(len(s.Layers) - 1)
	next := make([]float64, w.Pre()*w.Post())
	for a := range w.Pre() {
		for c := range w.Post() {
			up, all := 0.0, 0.0
			for i := range p.m {
				climbs, total := 0.0, 0.0
				for j := range p.n {
					predicted := 0.0
					for b, h := range s.Rates.Of(i) {
						predicted += h * top[b*p.n+j]
					}
					climbs += below(c, j) * p.v[i*p.n+j] / predicted
					total += below(c, j)
				}
				up += rates[i][a] * climbs
				all += rates[i][a] * total
			}
			next[a*w.Post()+c] = w.Of(a)[c] * up / all
		}
	}
	return next
}

// TestJointState asks that a learner of all layers is resumed exactly from its state, which
// has the synapses of every layer, and that every layer is audited.
func TestJointState(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 2)), 20, 9, 1, 0.3)
	v, _ := neuron.RatesOf(p.m, p.n, p.v)
	learner := func(seed int) (*network.Stack[float64], *network.Learner[float64]) {
		s := stackOf(t, p, 6, 4, 3)
		for k, w := range s.Layers {
			x := slices.Clone(w.Weights())
			for i := range x {
				x[i] *= 1 + float64(seed*(i%(k+2)))
			}
			if err := w.Set(x); err != nil {
				t.Fatal(err)
			}
		}
		l, err := s.Joint(v, 1)
		if err != nil {
			t.Fatal(err)
		}
		return s, l
	}
	epochs := func(l *network.Learner[float64], n int) {
		for range n {
			if err := l.Epoch(); err != nil {
				t.Fatal(err)
			}
		}
	}
	whole, l := learner(0)
	epochs(l, 4)
	state := l.State()
	for k, a := range state.Arrays {
		state.Arrays[k].Numbers = slices.Clone(a.Numbers)
	}
	epochs(l, 5)
	resumed, other := learner(1)
	if err := other.Restore(state); err != nil {
		t.Fatal(err)
	}
	epochs(other, 5)
	for k, w := range whole.Layers {
		if !slices.Equal(w.Weights(), resumed.Layers[k].Weights()) {
			t.Errorf("layer %d: other weights after the learner was resumed", k+1)
		}
		if got, want := w.Audit().Checked, int64(9*w.Pre()*w.Post()); got < want {
			t.Errorf("layer %d: %d weights checked in 9 epochs, want %d", k+1, got, want)
		}
	}
	if a, b := l.Objective(), other.Objective(); a != b {
		t.Errorf("objective %v, and %v after the learner was resumed", a, b)
	}
}

// TestStackRefusesWhatDoesNotFit names the sizes.
func TestStackRefusesWhatDoesNotFit(t *testing.T) {
	p := randomProblem(rand.New(rand.NewPCG(3, 1)), 3, 12, 1, 0.3)
	s := stackOf(t, p, 6)
	w := synapse.New[float64]("layer 2", 4, 5, synapse.Excitatory)
	if err := s.Add(w, neuron.NewRates[float64](3, 4)); err == nil {
		t.Error("a layer on five neurons was put on one of six")
	}
	if err := s.Add(synapse.New[float64]("layer 2", 4, 6, synapse.Excitatory), neuron.NewRates[float64](3, 3)); err == nil {
		t.Error("rates of three neurons were taken for four")
	}
	if got := s.Parts(0); math.Abs(got[0]-s.Layers[0].Weights()[0]) > 0 {
		t.Error("the parts of the lowest layer are not its synapses")
	}
}
