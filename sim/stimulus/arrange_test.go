package stimulus

import (
	"math"
	"slices"
	"testing"

	"partsnet/neuron"
)

// TestArrange moves visible neurons to other places, leaves one out and adds one that is silent, of
// rates and of counts.
func TestArrange(t *testing.T) {
	t.Parallel()
	rates := []float64{1, 2, 3, 4, 5, 0}
	counts, err := neuron.CountsOf(3, []int{0, 3, 5}, []int32{0, 1, 2, 0, 1}, []float64{1, 2, 3, 4, 5})
	if err != nil {
		t.Fatal(err)
	}
	want := []float64{3, 0, 0, 1, 0, 0, 0, 4}
	dense := &Set{Rates: slices.Clone(rates), Count: 2, Size: 3, Neurons: []string{"a", "b", "c"}}
	sparse := &Set{Counts: counts, Count: 2, Size: 3}
	for _, s := range []*Set{dense, sparse} {
		if err := s.Arrange([]int{3, -1, 0}, 4); err != nil || s.Size != 4 || s.Neurons != nil {
			t.Errorf("%v, %+v", err, s)
		}
	}
	got := make([]float64, 8)
	for i := range 2 {
		sparse.Counts.Each(i, func(j int, x float64) { got[4*i+j] = x })
	}
	if !slices.Equal(dense.Rates, want) || !slices.Equal(got, want) {
		t.Errorf("rates %v and counts %v, want %v", dense.Rates, got, want)
	}
}

// TestScalingConstants scales a set, and others by the constants that it found, which no other
// scaling has.
func TestScalingConstants(t *testing.T) {
	t.Parallel()
	all := &Set{Rates: []float64{1, 7, 3, 2}, Count: 2, Size: 2}
	if err := all.Scale(Scaling{Name: "unit-maximum", Levels: 100}); err != nil {
		t.Fatal(err)
	}
	kept := all.Scaled.Constants()
	if len(kept) != 1 || kept["maximum"] != 7 {
		t.Errorf("the scaling found %v", kept)
	}
	by, err := Scaling{Name: "unit-maximum", Levels: 100}.With(kept)
	one := &Set{Rates: []float64{3, 2}, Count: 1, Size: 2}
	if err := one.Scale(by); err != nil || !slices.Equal(one.Rates, all.Rates[2:]) {
		t.Errorf("%v, alone %v, among others %v", err, one.Rates, all.Rates[2:])
	}
	if err != nil {
		t.Error(err)
	}
	for _, name := range []string{"none", "lee-seung", "shifted"} {
		if (Scaling{Name: name}).Constants() != nil {
			t.Errorf("%s has constants", name)
		}
		if _, err := (Scaling{Name: name}).With(kept); err == nil {
			t.Errorf("%s takes the constants of another scaling", name)
		}
	}
	for _, wrong := range []float64{-1, math.Inf(1), math.NaN()} {
		if _, err := (Scaling{Name: "unit-maximum"}).With(map[string]float64{"maximum": wrong}); err == nil {
			t.Errorf("%v is taken for a maximum", wrong)
		}
	}
}

// TestOneLine joins the lines of names.
func TestOneLine(t *testing.T) {
	t.Parallel()
	if got := OneLine("a\r\nb\nc\rd e"); got != "a b c d e" {
		t.Errorf("%q", got)
	}
}
