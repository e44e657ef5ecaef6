package network_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"testing"

	"partsnet/internal/shared"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/neuron"
	"partsnet/synapse"
)

// matrix is a matrix of the reference sets, a list of rows.
type matrix [][]float64

// transposed returns the matrix transposed and row-major: the reference sets
// have stimuli and parts in columns, here they are rows.
func (m matrix) transposed() []float64 {
	out := make([]float64, 0, len(m)*len(m[0]))
	for j := range m[0] {
		for i := range m {
			out = append(out, m[i][j])
		}
	}
	return out
}

// state is W, H and the objectives after some steps of a rule.
type state struct {
	W, H    matrix
	F, D, E float64
}

// referenceSet is one file of vectors of an independent implementation.
type referenceSet struct {
	R          int
	V, W0, H0  matrix
	Learning   map[string]json.RawMessage
	Recogniton map[string]json.RawMessage `json:"recognition"`
}

func readReference(t *testing.T, set string) referenceSet {
	t.Helper()
	data, err := os.ReadFile(shared.Path(t, "reference", set+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var ref referenceSet
	if err := json.Unmarshal(data, &ref); err != nil {
		t.Fatal(err)
	}
	ref.R = len(ref.H0)
	return ref
}

// convert returns x in precision T.
func convert[T float32 | float64](x []float64) []T {
	out := make([]T, len(x))
	for i, y := range x {
		out[i] = T(y)
	}
	return out
}

// build makes a network and learner from the start of a reference set.
func build[T float32 | float64](t testing.TB, ref referenceSet, rule string, order network.Order, normalise bool, workers int) (*network.Network[T], *network.Learner[T]) {
	t.Helper()
	m, n := len(ref.V[0]), len(ref.V)
	w := synapse.New[T]("hidden→visible", ref.R, n, synapse.Excitatory)
	if err := w.Set(convert[T](ref.W0.transposed())); err != nil {
		t.Fatal(err)
	}
	if normalise {
		w.Normalise(synapse.UnitSum)
	}
	return start(t, m, n, ref.R, convert[T](ref.V.transposed()), convert[T](ref.H0.transposed()), w, rule, order, workers)
}

// start makes a network and a learner whose circuit shares the objective of
// the rule.
func start[T float32 | float64](t testing.TB, m, n, r int, vs, hs []T, w *synapse.Projection[T], ruleName string, order network.Order, workers int) (*network.Network[T], *network.Learner[T]) {
	t.Helper()
	v, err := neuron.RatesOf(m, n, vs)
	if err != nil {
		t.Fatal(err)
	}
	h, err := neuron.RatesOf(m, r, hs)
	if err != nil {
		t.Fatal(err)
	}
	rule, err := learning.RuleNamed[T](ruleName)
	if err != nil {
		t.Fatal(err)
	}
	var circuit network.Circuit[T] = &network.DivisiveError[T]{}
	if rule.Objective() == learning.SquaredError {
		circuit = &network.LateralInhibition[T]{}
	}
	net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: r}, w, circuit, workers)
	if err != nil {
		t.Fatal(err)
	}
	l, err := network.NewLearner(net, rule, network.Plan{Order: order, Steps: 1}, v, h)
	if err != nil {
		t.Fatal(err)
	}
	return net, l
}

// learned lists the rules of the reference sets that this network has, with
// the order each is in.
var learned = []struct {
	reference string
	rule      string
	order     network.Order
	normalise bool
}{
	{"kl_nature", "poisson", network.LearnRecognise, false},
	{"kl_em", "poisson", network.Simultaneous, true},
	{"kl_nips_hw", "poisson-free", network.RecogniseLearn, false},
	{"kl_nips_wh", "poisson-free", network.LearnRecognise, false},
	{"eu_nips_hw", "gaussian", network.RecogniseLearn, false},
	{"eu_nips_wh", "gaussian", network.LearnRecognise, false},
	{"sklearn_kl", "poisson-free", network.LearnRecognise, false},
	{"sklearn_eu", "gaussian", network.LearnRecognise, false},
}

var referenceSets = []string{"dense-12x20", "counts-12x20", "image-30x40"}

// after returns what the reference has after so many steps of a rule.
func (r referenceSet) after(t *testing.T, rule string, steps int) state {
	t.Helper()
	var states map[string]json.RawMessage
	if err := json.Unmarshal(r.Learning[rule], &states); err != nil {
		t.Fatal(err)
	}
	var s state
	if err := json.Unmarshal(states[fmt.Sprintf("after_%d", steps)], &s); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestReferenceDigits holds float64 to the digits of an independent
// implementation, within the tolerance that came with them: 10⁻¹⁰ relative on
// entries above 10⁻⁸, 10⁻¹² absolute below (times the largest stimulus for H),
// 10⁻¹¹ relative on the objectives.
func TestReferenceDigits(t *testing.T) {
	for _, set := range referenceSets {
		ref := readReference(t, set)
		largest := 0.0
		for _, x := range ref.V.transposed() {
			largest = max(largest, x)
		}
		for _, tt := range learned {
			t.Run(set+"/"+tt.reference, func(t *testing.T) {
				net, l := build[float64](t, ref, tt.rule, tt.order, tt.normalise, 1)
				for _, steps := range []int{1, 10, 100} {
					for l.Epochs() < steps {
						if err := l.Epoch(); err != nil {
							t.Fatal(err)
						}
					}
					want := ref.after(t, tt.reference, steps)
					compare(t, fmt.Sprintf("W after %d", steps), net.Synapses().Weights(), want.W.transposed(), 1e-10, 1e-12)
					compare(t, fmt.Sprintf("H after %d", steps), l.Rates().Rows(0, l.Rates().Stimuli()), want.H.transposed(), 1e-10, 1e-12*largest)
					checkObjective(t, l, ref, tt.rule, want, 1e-11)
				}
			})
		}
	}
}

// checkObjective compares the objective, and for the Poisson objective the
// log-likelihood, with the reference.
func checkObjective[T float32 | float64](t *testing.T, l *network.Learner[T], ref referenceSet, rule string, want state, rel float64) {
	t.Helper()
	got := l.Objective()
	if rule == "gaussian" {
		near(t, "E", got, want.E, rel*math.Abs(want.E)+1e-13)
		return
	}
	entropy := 0.0
	for _, x := range ref.V.transposed() {
		if x > 0 {
			entropy += x*math.Log(x) - x
		}
	}
	f := entropy - got
	near(t, "F", f, want.F, rel*math.Abs(want.F))
	// D is a small difference of large sums, so its tolerance is that of F.
	near(t, "D", got, want.D, rel*math.Abs(want.F))
}

// TestReferenceFloat32 says how far float32 goes: after 10 steps every entry
// agrees to 2·10⁻⁴ of the largest of its matrix, and the objective to 10⁻⁴. A
// product of n+r terms carries about (n+r)·2⁻²⁴ ≈ 4·10⁻⁶, twice a step, and ten
// steps on the slope of a plateau enlarge it.
func TestReferenceFloat32(t *testing.T) {
	for _, set := range referenceSets {
		ref := readReference(t, set)
		for _, tt := range learned {
			t.Run(set+"/"+tt.reference, func(t *testing.T) {
				net, l := build[float32](t, ref, tt.rule, tt.order, tt.normalise, 1)
				for range 10 {
					if err := l.Epoch(); err != nil {
						t.Fatal(err)
					}
				}
				want := ref.after(t, tt.reference, 10)
				for _, m := range []struct {
					name string
					got  []float32
					want []float64
				}{
					{"W", net.Synapses().Weights(), want.W.transposed()},
					{"H", l.Rates().Rows(0, l.Rates().Stimuli()), want.H.transposed()},
				} {
					largest := 0.0
					for _, x := range m.want {
						largest = max(largest, x)
					}
					compare(t, m.name, m.got, m.want, 0, 2e-4*largest)
				}
				checkObjective(t, l, ref, tt.rule, want, 1e-4)
			})
		}
	}
}

// TestSeungScript compares with the script of 1999, which adds e = 10⁻⁹ above
// and below each quotient. Without it the two differ by e relative to the
// smallest predictions of about 10⁻² on these stimuli: after one step, 10⁻⁷.
func TestSeungScript(t *testing.T) {
	ref := readReference(t, "dense-12x20")
	net, l := build[float64](t, ref, "poisson", network.RecogniseLearn, true, 1)
	if err := l.Epoch(); err != nil {
		t.Fatal(err)
	}
	want := ref.after(t, "kl_seung_eps", 1)
	compare(t, "W", net.Synapses().Weights(), want.W.transposed(), 1e-7, 0)
	compare(t, "H", l.Rates().Rows(0, l.Rates().Stimuli()), want.H.transposed(), 1e-7, 0)
}

// TestReferenceRecognition holds recognition with fixed synapses to the
// reference, and its limit to exact non-negative least squares.
func TestReferenceRecognition(t *testing.T) {
	type recognition struct {
		W, H0   matrix
		After1  struct{ H matrix } `json:"after_1"`
		After10 struct{ H matrix } `json:"after_10"`
		After   struct{ H matrix } `json:"after_100"`
		H       matrix
	}
	for _, set := range referenceSets {
		ref := readReference(t, set)
		for name, circuit := range map[string]network.Circuit[float64]{
			"kl": &network.DivisiveError[float64]{}, "eu": &network.LateralInhibition[float64]{},
		} {
			var want recognition
			if err := json.Unmarshal(ref.Recogniton[name], &want); err != nil {
				t.Fatal(err)
			}
			n := len(ref.V)
			w := synapse.New[float64]("hidden→visible", ref.R, n, synapse.Excitatory)
			if err := w.Set(want.W.transposed()); err != nil {
				t.Fatal(err)
			}
			net, err := network.New(neuron.Layer{Name: "visible", Size: n}, neuron.Layer{Name: "hidden", Size: ref.R}, w, circuit, 1)
			if err != nil {
				t.Fatal(err)
			}
			v, _ := neuron.RatesOf(4, n, ref.V.transposed()[:4*n])
			h, _ := neuron.RatesOf(4, ref.R, want.H0.transposed())
			done := 0
			for _, at := range []struct {
				steps int
				h     matrix
			}{{1, want.After1.H}, {10, want.After10.H}, {100, want.After.H}} {
				net.Recognise(v, h, at.steps-done)
				done = at.steps
				compare(t, fmt.Sprintf("%s/%s after %d", set, name, done), h.Rows(0, 4), at.h.transposed(), 1e-10, 1e-12)
			}
		}
	}
}

// compare demands |got−want| ≤ rel·|want| where |want| > 10⁻⁸, else ≤ abs; with
// rel 0, ≤ abs everywhere.
func compare[T float32 | float64](t *testing.T, what string, got []T, want []float64, rel, abs float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %d entries, want %d", what, len(got), len(want))
	}
	for i, x := range got {
		tolerance := abs
		if rel > 0 && math.Abs(want[i]) > 1e-8 {
			tolerance = rel * math.Abs(want[i])
		}
		if d := math.Abs(float64(x) - want[i]); !(d <= tolerance) {
			t.Fatalf("%s: entry %d is %v, want %v: %.2g off, %.2g allowed", what, i, x, want[i], d, tolerance)
		}
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if d := math.Abs(got - want); !(d <= tolerance) {
		t.Errorf("%s is %v, want %v: %.2g off, %.2g allowed", what, got, want, d, tolerance)
	}
}
