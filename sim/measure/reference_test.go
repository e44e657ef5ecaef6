package measure_test

import (
	"encoding/json"
	"math"
	"os"
	"testing"

	"partsnet/internal/shared"
	"partsnet/sim/measure"
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
	for _, name := range []string{"dense-12x20", "counts-12x20", "image-30x40"} {
		data, err := os.ReadFile(shared.Path(t, "reference", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		var ref struct {
			V, W0, H0 matrix
			Measures  struct {
				Rows, Cols int
				RMSE       float64
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
				t.Errorf("%s: the reference has no %s", name, what)
			}
			for k, y := range want {
				if got, ok := of(x(k)); !ok || math.Abs(got-y) > 1e-12 {
					t.Errorf("%s: %s %d is %v, %v; want %v", name, what, k, got, ok, y)
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

		n, stimuli := len(ref.V), len(ref.V[0])
		var v []float64
		for i := range stimuli {
			v = append(v, ref.V.column(i)...)
		}
		squares := m.RMSE * m.RMSE * float64(len(v))
		if got := 1 - squares/measure.Variation(v, n); math.Abs(got-m.EV) > 1e-12*math.Abs(m.EV) {
			t.Errorf("%s: explained variance %v, want %v", name, got, m.EV)
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
