package figure

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// aTimeline is a network to which one stimulus is shown, nothing, and then a morph to another.
func aTimeline(visible, hidden, frames int) Timeline {
	t := Timeline{Axis: "time (ms)", Shown: []Span{
		{"the first stimulus of many", 0, 0.3 * float64(frames-1), 1, 1}, {"b", 0.5 * float64(frames-1), float64(frames - 1), 0, 1},
	}}
	for k := range frames {
		v, p, h, spikes := make([]float64, visible), make([]float64, visible), make([]float64, hidden), make([]float64, visible)
		for j := range v {
			v[j] = math.Abs(math.Sin(float64(j)))
			p[j] = v[j] * (1 - math.Exp(-float64(k)/9))
		}
		for a := range h {
			h[a] = 40 * math.Exp(-float64(a)/3) * (1 - math.Exp(-float64(k)/9))
		}
		spikes[k*7%visible] = 1
		t.Times = append(t.Times, float64(k))
		t.Visible, t.Prediction, t.Rates, t.Spikes = append(t.Visible, v), append(t.Prediction, p), append(t.Rates, h), append(t.Spikes, spikes)
	}
	return t
}

// TestTimelinesAreLegible demands texts that can be read, of few and of many neurons and frames, with
// and without spikes and predictions, of images and of others, at usual and at narrow widths.
func TestTimelinesAreLegible(t *testing.T) {
	check := func(what string, f *Figure) {
		t.Helper()
		for _, fault := range illegible(f.Captioned("x, seed 1.")) {
			t.Errorf("%s: %s", what, fault)
		}
	}
	for _, size := range [][3]int{{4, 2, 3}, {64, 16, 101}, {400, 49, 700}} {
		for _, width := range []int{0, 120} {
			what := fmt.Sprintf("%v at %d mm", size, width)
			line := aTimeline(size[0], size[1], size[2])
			check(what, line.Course(Look{Width: width}))
			check(what+", raster", line.SpikeRaster(Look{Width: width}))
			line.Spikes = nil
			line.Height = int(math.Sqrt(float64(size[0])))
			line.Width = size[0] / line.Height
			check(what+", images", line.Course(Look{Width: width}))
			line.Prediction = nil
			check(what+", no prediction", line.Course(Look{Width: width}))
		}
	}
}

// TestTimelineShowsFrames looks at the device pixels of a heat map: black where a neuron fires, white
// where it does not.
func TestTimelineShowsFrames(t *testing.T) {
	line := Timeline{Axis: "step", Times: []float64{0, 1}, Visible: [][]float64{{1, 0}, {0, 1}}, Rates: [][]float64{{1}, {2}}}
	f := line.Course(Look{})
	img := decoded(t, f)
	wide := img.Bounds().Dx() - lineLeft - lineRight
	for k, at := range [][2]int{{1, 1}, {3, 3}, {3, 1}, {1, 3}} { // quarters of the panel
		x, y := lineLeft+at[0]*wide/4, lineTop+at[1]*heatHigh/4
		got, _, _, _ := img.At(x, y).RGBA()
		if dark := got < 0x8000; dark != (k < 2) {
			t.Errorf("at %d, %d the heat map has %x", x, y, got)
		}
	}
}

// TestSuperposition demands the correlation of what adds up, and all names.
func TestSuperposition(t *testing.T) {
	s := Superposed{Labels: []string{"face 3", "face 7"}, Alone: [][]float64{{1, 0, 0.2, 0}, {0, 2, 0.1, 0}}, Together: []float64{1, 2, 0.3, 0}}
	for _, width := range []int{0, 120} {
		f := Superposition(Look{Width: width}, s)
		for _, fault := range illegible(f) {
			t.Error(fault)
		}
		text := string(written(t, f.Captioned("x."), "svg"))
		for _, want := range []string{"face 3", "face 7", "all at once", "r = 1.000"} {
			if !strings.Contains(text, want) {
				t.Errorf("there is no %q", want)
			}
		}
	}
}

// TestTuning demands the curves of the neurons that vary most, or of those that are chosen.
func TestTuning(t *testing.T) {
	tuned := Tuned{At: []float64{0, 0.5, 1}, Axis: "share of face 7", Rates: [][]float64{{0, 3, 1, 2}, {1, 3, 1, 4}, {2, 3, 1, 9}}}
	for _, c := range []struct {
		neurons   []int
		has, lack string
	}{{nil, "neuron 3", "neuron 1"}, {[]int{1}, "neuron 1", "neuron 3"}} {
		tuned.Neurons = c.neurons
		f := Tuning(Look{}, tuned)
		for _, fault := range illegible(f) {
			t.Error(fault)
		}
		if text := string(written(t, f, "svg")); !strings.Contains(text, c.has) || strings.Contains(text, c.lack) {
			t.Errorf("neurons %v: want %s and not %s", c.neurons, c.has, c.lack)
		}
	}
}
