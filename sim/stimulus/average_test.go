package stimulus_test

import (
	"slices"
	"strings"
	"testing"

	"partsnet/sim/stimulus"
)

func TestAveraged(t *testing.T) {
	s := &stimulus.Set{
		Source: "steps", Rates: []float64{1, 2, 3, 4, 10, 20, 30, 40, 5, 8, 7, 0}, Count: 6, Size: 2, Names: slices.Repeat([]string{"x"}, 6), Axis: make([]float64, 6), AxisName: "time",
		Recordings: []stimulus.Recording{
			{Name: "a", Condition: "walking", Trial: "1", From: 0, To: 2}, {Name: "b", Condition: "running", Trial: "1", From: 2, To: 4}, {Name: "c", Condition: "walking", Trial: "2", From: 4, To: 6},
		},
		Truth: &stimulus.Truth{Codes: []float64{1, 2, 3, 4, 5, 6}},
	}
	a, err := s.Averaged()
	if err != nil {
		t.Fatal(err)
	}
	if want := []float64{3, 5, 5, 2, 10, 20, 30, 40}; !slices.Equal(a.Rates, want) || a.Count != 4 || a.Size != 2 {
		t.Errorf("%d stimuli %v, want %v", a.Count, a.Rates, want)
	}
	if want := []float64{3, 4, 3, 4}; !slices.Equal(a.Truth.Codes, want) {
		t.Errorf("codes %v, want %v", a.Truth.Codes, want)
	}
	if want := []stimulus.Recording{{Name: "walking", Condition: "walking", From: 0, To: 2}, {Name: "running", Condition: "running", Trial: "1", From: 2, To: 4}}; !slices.Equal(a.Recordings, want) {
		t.Errorf("recordings %v, want %v", a.Recordings, want)
	}
	if a.Axis != nil || len(a.Names) != 4 || a.Names[2] != "running, mean of point 0" || s.Count != 6 || s.Rates[0] != 1 {
		t.Errorf("axis %v, names %q; the set has %d stimuli", a.Axis, a.Names, s.Count)
	}

	s.Recordings[0].To, s.Recordings[1].From = 1, 1
	if _, err := s.Averaged(); err == nil || !strings.Contains(err.Error(), `"a" and "c" have 1 and 2 stimuli`) {
		t.Errorf("recordings of two lengths: %v", err)
	}
	s.Recordings = nil
	if _, err := s.Averaged(); err == nil || !strings.Contains(err.Error(), "not made of recordings") {
		t.Errorf("no recordings: %v", err)
	}
}
