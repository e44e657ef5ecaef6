package stimulus_test

import (
	"slices"
	"strings"
	"testing"

	"partsnet/neuron"
	"partsnet/sim/stimulus"
)

// steps are two steps of one person and one of another, walking and running.
func steps() []stimulus.Recording {
	return []stimulus.Recording{
		{Name: "a1", Subject: "A", Condition: "walking", Trial: "1", From: 0, To: 2},
		{Name: "b1", Subject: "B", Condition: "walking", From: 2, To: 3},
		{Name: "a2", Subject: "A", Condition: "running", Trial: "1", From: 3, To: 7},
	}
}

func TestGroups(t *testing.T) {
	for _, c := range []struct {
		by    []string
		names string
		first []int  // stimuli of the first group
		known string // its subject, condition and trial
	}{
		{[]string{"subject"}, "A|B", []int{0, 1, 3, 4, 5, 6}, "A  1"},
		{[]string{"condition"}, "walking|running", []int{0, 1, 2}, " walking "},
		{[]string{"condition", "subject"}, "walking, A|walking, B|running, A", []int{0, 1}, "A walking 1"},
		{[]string{"recording"}, "a1|b1|a2", []int{0, 1}, "A walking 1"},
	} {
		groups, err := stimulus.Groups(steps(), c.by)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		count := 0
		for _, g := range groups {
			names = append(names, g.Name)
			count += g.Count()
		}
		g := groups[0]
		if got := strings.Join(names, "|"); got != c.names || !slices.Equal(g.Stimuli(), c.first) || g.Subject+" "+g.Condition+" "+g.Trial != c.known || count != 7 {
			t.Errorf("by %v: groups %s, the first with the stimuli %v of %q %q %q, %d stimuli in all", c.by, got, g.Stimuli(), g.Subject, g.Condition, g.Trial, count)
		}
	}
	_, err := stimulus.Groups(steps(), []string{"trial"})
	if want := `trial is not known of the recording "b1"; of all recordings are known: subject, condition, recording`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

// TestGroupsOfOneName refuses groups of different values that make the same name, also where a group
// stands between them, and keeps apart what only looks alike.
func TestGroupsOfOneName(t *testing.T) {
	recordings := []stimulus.Recording{
		{Name: "1", Subject: "A", Condition: "B, c", To: 1},
		{Name: "2", Subject: "A", Condition: "c", From: 1, To: 2},
		{Name: "3", Subject: "A, B", Condition: "c", From: 2, To: 3},
	}
	_, err := stimulus.Groups(recordings, []string{"subject", "condition"})
	want := `two groups by subject and condition would both be called "A, B, c": ["A" "B, c"] (1) and ["A, B" "c"] (3); name one of them otherwise, without ", "`
	if err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
	if groups, err := stimulus.Groups(recordings[1:], []string{"subject", "condition"}); err != nil || len(groups) != 2 || !slices.Equal(groups[1].Values, []string{"A, B", "c"}) {
		t.Errorf("%+v, %v", groups, err)
	}
}

// TestSelect takes the stimuli of one group out of a dense set and out of counts.
func TestSelect(t *testing.T) {
	set := &stimulus.Set{Count: 7, Size: 2, Source: "steps", Recordings: steps(), Truth: &stimulus.Truth{Codes: []float64{0, 1, 2, 3, 4, 5, 6}}}
	start, at := []int{0}, []int32(nil)
	for i := range 7 {
		set.Rates = append(set.Rates, float64(10*i+1), float64(10*i+2))
		set.Names, set.Axis = append(set.Names, string(rune('a'+i))), append(set.Axis, float64(i))
		at = append(at, 0, 1)
		start = append(start, len(at))
	}
	counts, err := neuron.CountsOf(2, start, at, set.Rates)
	if err != nil {
		t.Fatal(err)
	}
	groups, err := stimulus.Groups(set.Recordings, []string{"subject"})
	if err != nil {
		t.Fatal(err)
	}
	one, err := set.Select(groups[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := one.Validate(); err != nil || one.Count != 6 || !slices.Equal(one.Row(2), []float64{31, 32}) {
		t.Errorf("%v: %d stimuli, the third %v", err, one.Count, one.Row(2))
	}
	if r := one.Recordings; len(r) != 2 || r[0].From != 0 || r[0].To != 2 || r[1].From != 2 || r[1].To != 6 {
		t.Errorf("recordings %+v", r)
	}
	if strings.Join(one.Names, "") != "abdefg" || one.Axis[2] != 3 || one.Truth.Codes[2] != 3 || len(one.Truth.Codes) != 6 {
		t.Errorf("names %v, axis %v, codes %v", one.Names, one.Axis, one.Truth.Codes)
	}
	if one.Rates[0] = -1; set.Rates[0] != 1 {
		t.Error("the rates are shared")
	}
	set.Rates, set.Counts = nil, counts
	if one, err = set.Select(groups[1]); err != nil || one.Count != 1 || one.Counts.Stimuli() != 1 {
		t.Fatalf("%v: %d stimuli", err, one.Count)
	}
	one.Counts.Each(0, func(j int, x float64) {
		if x != float64(21+j) {
			t.Errorf("the count of neuron %d is %v", j, x)
		}
	})
}
