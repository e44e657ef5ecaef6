package neuron_test

import (
	"slices"
	"testing"

	"partsnet/neuron"
)

// TestMask hides entries at the edges of words and demands that they alone are missing.
func TestMask(t *testing.T) {
	for _, n := range []int{1, 63, 64, 65, 130} {
		m := neuron.NewMask(3, n)
		if m.Missing() != 0 || m.Stimuli() != 3 || m.Neurons() != n {
			t.Fatalf("%d neurons: a new mask of %d×%d misses %d", n, m.Stimuli(), m.Neurons(), m.Missing())
		}
		hidden := map[int]bool{0: true, n - 1: true, min(n-1, 63): true, min(n-1, 64): true}
		for j := range hidden {
			m.Hide(1, j)
			m.Hide(1, j)
		}
		for i := range 3 {
			for j := range n {
				if m.Seen(i, j) == (i == 1 && hidden[j]) {
					t.Errorf("%d neurons: entry %d, %d seen: %v", n, i, j, m.Seen(i, j))
				}
			}
		}
		if m.Missing() != len(hidden) || m.MissingOf(1) != len(hidden) || m.MissingOf(2) != 0 {
			t.Errorf("%d neurons: %d missing, %d of stimulus 1; want %d", n, m.Missing(), m.MissingOf(1), len(hidden))
		}
		if some := m.Of([]int{1, 0}); some.MissingOf(0) != len(hidden) || some.MissingOf(1) != 0 || some.Stimuli() != 2 {
			t.Errorf("%d neurons: the mask of stimuli 1 and 0 misses %d and %d", n, some.MissingOf(0), some.MissingOf(1))
		}
	}
}

// TestPartial leaves out the rates of missing entries, without a change to what was given, and
// refuses another shape and a second mask.
func TestPartial(t *testing.T) {
	given := []float64{1, 2, 0, 4, 5, 6}
	rates, _ := neuron.RatesOf(2, 3, given)
	counts, _ := neuron.CountsOf(3, []int{0, 2, 5}, []int32{0, 1, 0, 1, 2}, []float64{1, 2, 4, 5, 6})
	mask := neuron.NewMask(2, 3)
	mask.Hide(0, 1)
	mask.Hide(1, 2)
	for _, v := range []neuron.Stimuli[float64]{rates, counts} {
		p, err := neuron.PartialOf(v, mask)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]float64, 6)
		for i := range 2 {
			p.Each(i, func(j int, x float64) { got[3*i+j] = x })
		}
		if want := []float64{1, 0, 0, 4, 5, 0}; !slices.Equal(got, want) {
			t.Errorf("%T: known are %v, want %v", v, got, want)
		}
		if _, err := neuron.PartialOf[float64](p, mask); err == nil {
			t.Errorf("%T: took a second mask", v)
		}
		if _, err := neuron.PartialOf(v, neuron.NewMask(3, 2)); err == nil {
			t.Errorf("%T: took a mask of another shape", v)
		}
	}
	if !slices.Equal(given, []float64{1, 2, 0, 4, 5, 6}) {
		t.Errorf("the rates that were given are now %v", given)
	}
	known, _ := neuron.RatesOf(2, 3, []float64{1, 0, 3, 4, 5, 0})
	if p, err := neuron.PartialOf[float64](known, mask); err != nil || p.Known() != neuron.Stimuli[float64](known) {
		t.Errorf("rates that are 0 where they are missing were copied: %v", err)
	}
}
