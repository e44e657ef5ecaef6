package neuron_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"partsnet/neuron"
)

func TestCounts(t *testing.T) {
	c, err := neuron.CountsOf(4, []int{0, 2, 2, 3}, []int32{0, 3, 1}, []float64{5, 6, 7})
	if err != nil {
		t.Fatal(err)
	}
	if c.Stimuli() != 3 || c.Neurons() != 4 {
		t.Errorf("%d stimuli of %d neurons", c.Stimuli(), c.Neurons())
	}
	dense := make([]float64, 12)
	for i := range 3 {
		c.Each(i, func(j int, x float64) { dense[4*i+j] = x })
	}
	for i, want := range []float64{5, 0, 0, 6, 0, 0, 0, 0, 0, 7, 0, 0} {
		if dense[i] != want {
			t.Errorf("entry %d is %v, want %v", i, dense[i], want)
		}
	}
}

// TestSmallCounts reads back the same rates whether they are small whole numbers or
// not, in either precision.
func TestSmallCounts(t *testing.T) {
	for _, rate := range [][]float64{{1, 65535, 0}, {1, 65536, 2}, {0.5, 2, 3}} {
		c, err := neuron.CountsOf(3, []int{0, 2, 3}, []int32{0, 2, 1}, slices.Clone(rate))
		if err != nil {
			t.Fatal(err)
		}
		if got := slices.Collect(c.Rates()); !slices.Equal(got, rate) {
			t.Errorf("got %v, want %v", got, rate)
		}
		held, small := c.Held().Value, c.Held().Small
		if whole := rate[0] == 1 && rate[1] < 65536; (small != nil) != whole || (held == nil) != whole {
			t.Errorf("%v are held as %v and %v", rate, held, small)
		}
		short, err := neuron.CountsIn[float32](c)
		if err != nil {
			t.Fatal(err)
		}
		k := 0
		for x := range short.Rates() {
			if float64(x) != rate[k] {
				t.Errorf("in float32 %v, want %v", x, rate[k])
			}
			k++
		}
	}
	c, err := neuron.CountsOf(1, []int{0, 1}, []int32{0}, []float64{1e300})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := neuron.CountsIn[float32](c); err == nil {
		t.Error("a rate that float32 cannot hold")
	}
}

func TestBadCounts(t *testing.T) {
	for _, tt := range []struct {
		start  []int
		neuron []int32
		rate   []float64
		want   string
	}{
		{nil, nil, nil, "must begin with 0"},
		{[]int{0, 1}, nil, nil, "must begin with 0"},
		{[]int{0, 2, 1, 2}, []int32{0, 1}, []float64{1, 1}, "stimulus 1 starts at 2 and ends at 1"},
		{[]int{0, 9, 1}, []int32{0}, []float64{1}, "stimulus 0 starts at 0 and ends at 9"},
		{[]int{0, 1}, []int32{4}, []float64{1}, "neuron 4 after neuron -1"},
		{[]int{0, 2}, []int32{2, 2}, []float64{1, 1}, "neuron 2 after neuron 2"},
		{[]int{0, 1}, []int32{1}, []float64{-1}, "neuron 1 to stimulus 0 is -1"},
		{[]int{0, 1}, []int32{1}, []float64{math.NaN()}, "is NaN"},
	} {
		if _, err := neuron.CountsOf(4, tt.start, tt.neuron, tt.rate); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v %v %v: %v, want %q", tt.start, tt.neuron, tt.rate, err, tt.want)
		}
	}
}
