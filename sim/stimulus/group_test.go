package stimulus_test

import (
	"slices"
	"strings"
	"testing"

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
