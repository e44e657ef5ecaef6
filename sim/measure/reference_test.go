package measure_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"partsnet/internal/shared"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
)

// matrix is a list of rows, as the reference writes it: visible neurons or
// hidden neurons are rows, stimuli columns.
type matrix [][]float64

func (m matrix) column(j int) []float64 {
	var out []float64
	for _, row := range m {
		out = append(out, row[j])
	}
	return out
}

// TestMeasuresAgainstReference compares every measure with the values of an
// independent implementation, to the 10⁻¹² that summing in another order
// leaves.
func TestMeasuresAgainstReference(t *testing.T) {
	for _, file := range []string{"dense-12x20", "counts-12x20", "image-30x40"} {
		data, err := os.ReadFile(shared.Path(t, "reference", file+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var ref struct {
			V, W0, H0 matrix
			Measures  struct {
				Rows, Cols int
				F, D, E    float64
				RMSE       float64
				Raw        float64   `json:"ev_raw"`
				HoyerRows  []float64 `json:"hoyer_H_rows"`
				Hungarian  struct {
					Cosine []([]float64)
					Unit   []int `json:"target_to_unit"`
					Total  float64
				}
				EV         float64   `json:"ev_centred"`
				HoyerW     []float64 `json:"hoyer_W_cols"`
				HoyerH     []float64 `json:"hoyer_H_cols"`
				Population []float64 `json:"treves_rolls_a_population"`
				Lifetime   []float64 `json:"treves_rolls_a_lifetime"`
				VinjeP     []float64 `json:"vinje_gallant_population"`
				VinjeL     []float64 `json:"vinje_gallant_lifetime"`
				Area       []float64 `json:"effective_area_fraction"`
				Spread     []float64 `json:"spread_ratio"`
			}
		}
		if err := json.Unmarshal(data, &ref); err != nil {
			t.Fatal(err)
		}
		m := ref.Measures
		compare := func(what string, of func([]float64) (float64, bool), x func(int) []float64, want []float64) {
			t.Helper()
			if len(want) == 0 {
				t.Errorf("%s: the reference has no %s", file, what)
			}
			for k, y := range want {
				if got, ok := of(x(k)); !ok || math.Abs(got-y) > 1e-12 {
					t.Errorf("%s: %s %d is %v, %v; want %v", file, what, k, got, ok, y)
				}
			}
		}
		neuron := func(a int) []float64 { return ref.H0[a] }
		spread := func(w []float64) (float64, bool) { return measure.Spread(w, m.Rows, m.Cols) }
		compare("sparseness of part", measure.Hoyer, ref.W0.column, m.HoyerW)
		compare("sparseness of stimulus", measure.Hoyer, ref.H0.column, m.HoyerH)
		compare("population sparseness", measure.TrevesRolls, ref.H0.column, m.Population)
		compare("lifetime sparseness", measure.TrevesRolls, neuron, m.Lifetime)
		compare("population S", measure.VinjeGallant, ref.H0.column, m.VinjeP)
		compare("lifetime S", measure.VinjeGallant, neuron, m.VinjeL)
		compare("area", measure.EffectiveArea, ref.W0.column, m.Area)
		compare("spread", spread, ref.W0.column, m.Spread)

		compare("sparseness of neuron", measure.Hoyer, neuron, m.HoyerRows)

		n, stimuli, r := len(ref.V), len(ref.V[0]), len(ref.H0)
		var v, w, h []float64
		shown := measure.Shown{}
		for i := range stimuli {
			v, h = append(v, ref.V.column(i)...), append(h, ref.H0.column(i)...)
		}
		for a := range r {
			w = append(w, ref.W0.column(a)...)
		}
		for _, x := range v {
			shown.Energy += x * x
			if x > 0 {
				shown.Entropy += x*math.Log(x) - x
			}
		}
		shown.Variation = measure.Variation(slices.Values(v), len(v)/n, n)
		learned := measure.NewLearned(measure.Learned{
			W: w, H: measure.RatesOf(h, r), Stimuli: stimuli, Visible: n, Hidden: r, Height: m.Rows, Width: m.Cols, Shown: shown,
			Truth:      &stimulus.Truth{Parts: v[:r*n]},
			Divergence: func() float64 { return m.D }, SquaredErrors: func() float64 { return m.E },
		})
		mean := func(x []float64) float64 {
			sum := 0.0
			for _, y := range x {
				sum += y / float64(len(x))
			}
			return sum
		}
		for name, want := range map[string]float64{
			"divergence": m.D, "deviance": 2 * m.D, "likelihood": m.F, "squared_error": m.E,
			"rmse": m.RMSE, "explained_variance": m.EV, "explained_energy": m.Raw,
			"hoyer_parts": mean(m.HoyerW), "hoyer_rates": mean(m.HoyerH), "hoyer_neurons": mean(m.HoyerRows),
			"treves_rolls_population": mean(m.Population), "treves_rolls_lifetime": mean(m.Lifetime),
			"vinje_gallant_population": mean(m.VinjeP), "vinje_gallant_lifetime": mean(m.VinjeL),
			"effective_area": mean(m.Area), "spread": mean(m.Spread), "mean_cosine": m.Hungarian.Total / float64(r),
		} {
			measured, _ := measure.Named(name)
			if got, ok := measured.Of(learned); !ok || math.Abs(got-want) > 1e-12*max(1, math.Abs(want)) {
				t.Errorf("%s: %s is %v, %v; want %v", file, name, got, ok, want)
			}
		}
		if got := measure.Recover(v[:r*n], w, n).Neuron; !slices.Equal(got, m.Hungarian.Unit) {
			t.Errorf("%s: parts are matched to %v, want %v", file, got, m.Hungarian.Unit)
		}
	}
}

// TestWhatIsNotDefined takes every measure of a network of one neuron, of which nothing is
// known but its synapses and rates.
func TestWhatIsNotDefined(t *testing.T) {
	bare := measure.NewLearned(measure.Learned{W: []float64{1, 0}, H: measure.RatesOf([]float32{1, 2}, 1), Stimuli: 2, Visible: 2, Hidden: 1})
	undefined := map[string]bool{
		"hoyer_parts": false, "hoyer_neurons": false, "treves_rolls_population": false, "treves_rolls_lifetime": false, "vinje_gallant_lifetime": false,
		"near_zero_parts": false, "near_zero_rates": false, "effective_area": false, "zero_stimuli": false,
		"divergence": true, "deviance": true, "likelihood": true, "squared_error": true, "rmse": true, "explained_variance": true,
		"explained_energy": true, "spread": true, "parts_recovered": true, "mean_cosine": true, "bars_found": true, "squares_found": true,
		"limbs_found": true, "limbs_clean": true, "torso_cosine": true, "ghost_ratio": true, "meanings_learned": true,
		"response_accuracy": true, "stability": true,
		"hoyer_rates": true, "vinje_gallant_population": true, // of one neuron
	}
	for _, m := range measure.Table() {
		got, ok := m.Of(bare)
		if want, known := undefined[m.Name]; known && ok == want || !ok && got != 0 {
			t.Errorf("%s is %v, %v", m.Name, got, ok)
		}
	}
	values := bare.Take([]string{"hoyer_parts", "spread", "stability"})
	if d := values.Defined(); len(d) != 1 || d["hoyer_parts"] != 1 {
		t.Errorf("defined are %v", d)
	}
	values.Set("stability", 0.5)
	values.Set("rmse", 2) // which was not asked for
	for name, want := range map[string]measure.Value{"stability": {Value: 0.5, Defined: true}, "rmse": {}, "spread": {}, "hoyer_parts": {Value: 1, Defined: true}} {
		if x, ok := values.Of(name); x != want.Value || ok != want.Defined {
			t.Errorf("%s is %v, %v", name, x, ok)
		}
	}
	nothing := measure.NewLearned(measure.Learned{
		W: []float64{0, 0}, H: measure.RatesOf([]float64{0, 0}, 1), Stimuli: 2, Visible: 2, Hidden: 1,
		SquaredErrors: func() float64 { return 0 },
	})
	for _, name := range []string{"explained_variance", "explained_energy", "hoyer_parts", "effective_area"} {
		m, _ := measure.Named(name)
		if x, ok := m.Of(nothing); ok {
			t.Errorf("of nothing at all %s is %v", name, x)
		}
	}
}

// TestMeasuresDescribeThemselves demands a name, words, a formula and a range of every
// measure.
func TestMeasuresDescribeThemselves(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range measure.Table() {
		if m.Name == "" || seen[m.Name] || m.Doc == "" || m.Formula == "" || !(m.Low < m.High) || m.Among != nil && m.Kind == "" {
			t.Errorf("%+v", m)
		}
		seen[m.Name] = true
	}
	for name, want := range map[string]int{"bars_found": 17, "limbs_found": 16, "meanings_learned": 3} {
		m, _ := measure.Named(name)
		if n, ok := m.Among(measure.Counted{Parts: 17, Ambiguous: 3}); n != want || !ok {
			t.Errorf("%s counts %d at most, %v; want %d", name, n, ok, want)
		}
	}
}

func TestMeasuresByHand(t *testing.T) {
	for _, tt := range []struct {
		name string
		of   func([]float64) (float64, bool)
		x    []float64
		want float64
		ok   bool
	}{
		{"TrevesRolls", measure.TrevesRolls, []float64{2, 2}, 1, true},
		{"TrevesRolls", measure.TrevesRolls, []float64{0, 0, 0, 4}, 0.25, true},
		{"TrevesRolls", measure.TrevesRolls, []float64{0, 0}, 0, false},
		{"VinjeGallant", measure.VinjeGallant, []float64{0, 0, 0, 4}, 1, true},
		{"VinjeGallant", measure.VinjeGallant, []float64{4}, 0, false},
		{"NearZero", measure.NearZero, []float64{1000, 1, 0.999, 0}, 0.5, true},
		{"NearZero", measure.NearZero, []float64{0}, 0, false},
		{"EffectiveArea", measure.EffectiveArea, []float64{0, 3, 0, 3}, 0.5, true},
		{"EffectiveArea", measure.EffectiveArea, []float64{0}, 0, false},
	} {
		got, ok := tt.of(tt.x)
		if ok != tt.ok || math.Abs(got-tt.want) > 1e-15 {
			t.Errorf("%s(%v) = %v, %v; want %v, %v", tt.name, tt.x, got, ok, tt.want, tt.ok)
		}
	}
	if s, ok := measure.Spread([]float64{1, 1, 1, 1, 1, 1}, 2, 3); !ok || math.Abs(s-1) > 1e-15 {
		t.Errorf("a uniform part has spread %v, %v; want 1", s, ok)
	}
	if s, ok := measure.Spread([]float64{0, 0, 0, 0, 9, 0}, 2, 3); !ok || s != 0 {
		t.Errorf("a single pixel has spread %v, %v; want 0", s, ok)
	}
	if _, ok := measure.Spread([]float64{1}, 1, 1); ok {
		t.Error("an image of one pixel has a spread")
	}
}
