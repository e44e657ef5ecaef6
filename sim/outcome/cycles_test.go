package outcome_test

import (
	"math"
	"slices"
	"testing"

	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
)

// TestCycles averages two steps of walking and one of running, by hand.
func TestCycles(t *testing.T) {
	h := []float64{1, 0, 2, 0 /**/, 3, 1, 6, 0 /**/, 7, 7, 8, 8} // two neurons
	o := &outcome.Outcome{Rates: measure.RatesOf(h, 2), Stimuli: outcome.Stimuli{Count: 6, Recordings: []stimulus.Recording{
		{Condition: "walk", From: 0, To: 2}, {Condition: "walk", From: 2, To: 4}, {Condition: "run", From: 4, To: 6},
	}}}
	c := o.Cycles()
	if c.Points != 2 || c.Note != "" || c.Label != "stimulus of a recording" || !slices.Equal(c.At, []string{"0", "1"}) || len(c.Conditions) != 2 {
		t.Fatalf("%+v", c)
	}
	walk, run := c.Conditions[0], c.Conditions[1]
	if walk.Condition != "walk" || walk.Recordings != 2 || !slices.Equal(walk.Mean, []float64{2, 4, 0.5, 0}) {
		t.Errorf("walking: %+v", walk)
	}
	for k, want := range []float64{math.Sqrt2, 2 * math.Sqrt2, math.Sqrt2 / 2, 0} {
		if math.Abs(walk.SD[k]-want) > 1e-15 {
			t.Errorf("the deviation at %d is %v, want %v", k, walk.SD[k], want)
		}
	}
	if run.Recordings != 1 || run.SD != nil || !slices.Equal(run.Mean, []float64{7, 8, 7, 8}) {
		t.Errorf("running: %+v", run)
	}

	o.Stimuli.Axis, o.Stimuli.AxisName = []float64{0, 5, 100, 105, 200, 205}, "ms"
	if c := o.Cycles(); c.Label != "ms since the start of a recording" || !slices.Equal(c.At, []string{"0", "5"}) {
		t.Errorf("on an axis that goes on: %q, %v", c.Label, c.At)
	}
	o.Stimuli.Axis = []float64{3, 5, 3, 5, 3, 5}
	if c := o.Cycles(); c.Label != "ms" || !slices.Equal(c.At, []string{"3", "5"}) {
		t.Errorf("on an axis that begins anew: %q, %v", c.Label, c.At)
	}
	o.Stimuli.Axis = []float64{3, 5, 3, 6, 3, 5}
	if c := o.Cycles(); c.Label != "stimulus of a recording" {
		t.Errorf("on different axes: %q", c.Label)
	}
}

// TestCyclesOfDifferentLengths brings recordings of two and of three stimuli to percent, in which a
// straight line stays one.
func TestCyclesOfDifferentLengths(t *testing.T) {
	o := &outcome.Outcome{Rates: measure.RatesOf([]float64{0, 10 /**/, 0, 20, 40}, 1), Stimuli: outcome.Stimuli{Count: 5, Recordings: []stimulus.Recording{{From: 0, To: 2}, {From: 2, To: 5}}}}
	c := o.Cycles()
	if c.Points != 101 || c.Note != "Recordings of 2 to 3 stimuli were brought to 101 points by linear interpolation." || c.At[100] != "100" || c.Label != "% of a recording" {
		t.Fatalf("%d points at %v, %q", c.Points, c.At, c.Note)
	}
	for k, got := range c.Conditions[0].Mean {
		if want := 25 * float64(k) / 100; math.Abs(got-want) > 1e-12 {
			t.Errorf("at %d %%: %v, want %v", k, got, want)
		}
	}
	long := &outcome.Outcome{Rates: measure.RatesOf(make([]float64, 1400), 1), Stimuli: outcome.Stimuli{Count: 1400, Recordings: []stimulus.Recording{{To: 700}, {From: 700, To: 1400}}}}
	if c := long.Cycles(); c.Points != 101 || c.Note != "Recordings of 700 stimuli were brought to 101 points by linear interpolation." {
		t.Errorf("%d points, %q", c.Points, c.Note)
	}
}

// TestNoCycles finds no course of one recording, of single stimuli, of images and of documents.
func TestNoCycles(t *testing.T) {
	two := []stimulus.Recording{{From: 0, To: 2}, {From: 2, To: 4}}
	for k, s := range []outcome.Stimuli{{}, {Recordings: two[:1]}, {Recordings: []stimulus.Recording{{From: 0, To: 1}, {From: 1, To: 4}}}, {Recordings: two, Height: 2}, {Recordings: two, Texts: true}} {
		o := &outcome.Outcome{Rates: measure.RatesOf([]float64{1, 2, 3, 4}, 1), Stimuli: s}
		if c := o.Cycles(); c != nil {
			t.Errorf("case %d: %+v", k, c)
		}
	}
}
