package measure_test

import (
	"math"
	"slices"
	"testing"

	"partsnet/sim/measure"
)

func TestSenses(t *testing.T) {
	w := []float64{
		0.5, 0.2, 0.3, 0,
		0.0, 0.6, 0.4, 0,
		0.0, 0.0, 1.0, 0,
	}
	use := []float64{10, 1, 6}
	got := measure.Senses(w, use, 2)
	want := []measure.Sense{{Neuron: 2, Share: 6 / 9.4, Rank: 1}, {Neuron: 0, Share: 3 / 9.4, Rank: 2}, {Neuron: 1, Share: 0.4 / 9.4, Rank: 2}}
	if len(got) != len(want) {
		t.Fatalf("got %v", got)
	}
	for k, s := range got {
		if s.Neuron != want[k].Neuron || s.Rank != want[k].Rank || math.Abs(s.Share-want[k].Share) > 1e-15 {
			t.Errorf("sense %d is %v, want %v", k, s, want[k])
		}
	}
	if s := measure.Senses(w, use, 3); len(s) != 0 {
		t.Errorf("a word nobody has: %v", s)
	}
}

// TestMeanings lets word 1 of two parts be learned in both, and word 2 in one alone.
func TestMeanings(t *testing.T) {
	truth := []float64{
		3, 2, 1, 0, 0,
		0, 2, 1, 3, 0,
	}
	w := []float64{
		0.1, 0.3, 0.0, 0.4, 0.2,
		0.5, 0.3, 0.2, 0.0, 0.0,
	}
	rec := measure.Recover(truth, w, 5)
	m := measure.MeaningsOf(truth, w, 5, rec)
	if !slices.Equal(m.Words, []int{1, 2}) || !slices.Equal(m.Learned, []int{1}) {
		t.Errorf("got %+v", m)
	}
	if got := measure.Strongest([]float64{1, 0, 3, 1}, 9); !slices.Equal(got, []int{2, 0, 3}) {
		t.Errorf("strongest %v", got)
	}
}
