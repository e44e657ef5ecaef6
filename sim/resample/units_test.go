package resample_test

import (
	"math"
	"slices"
	"testing"

	"partsnet/sim/resample"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// TestRecordingsAreDrawnWhole asks that a draw is made of whole recordings, as many of each condition as
// there are and each with the same probability.
func TestRecordingsAreDrawnWhole(t *testing.T) {
	all := []stimulus.Recording{
		{Name: "w1", Condition: "walking", From: 0, To: 2}, {Name: "r1", Condition: "running", From: 2, To: 7},
		{Name: "w2", Condition: "walking", From: 7, To: 10}, {Name: "r2", Condition: "running", From: 10, To: 11}, {Name: "r3", Condition: "running", From: 11, To: 15},
	}
	u := resample.Recordings(all)
	if u.Count() != 5 || u.Strata() != 2 || u.Stimuli != 15 {
		t.Errorf("%d units in %d strata of %d stimuli", u.Count(), u.Strata(), u.Stimuli)
	}
	times := make([]float64, len(all))
	const draws = 3000
	rng := stream.New(1, "draws")
	for range draws {
		drawn := u.Draw(rng)
		var conditions []string
		for len(drawn) > 0 {
			k := slices.IndexFunc(all, func(r stimulus.Recording) bool { return r.From == drawn[0] })
			if k < 0 {
				t.Fatalf("a recording begins with stimulus %d", drawn[0])
			}
			for i := range all[k].Count() {
				if drawn[i] != all[k].From+i {
					t.Fatalf("recording %s goes on with %v", all[k].Name, drawn)
				}
			}
			drawn = drawn[all[k].Count():]
			times[k]++
			conditions = append(conditions, all[k].Condition)
		}
		if !slices.Equal(conditions, []string{"walking", "running", "walking", "running", "running"}) {
			t.Fatalf("drawn %v", conditions)
		}
	}
	for k, x := range times { // each once a draw on average; a variance of at most 1 − 1/3
		if math.Abs(x/draws-1) > 4/math.Sqrt(draws) {
			t.Errorf("recording %s was drawn %v times a draw", all[k].Name, x/draws)
		}
	}
}

// TestSingleRecordingsAreOneStratum draws from all where a condition has one recording alone, which
// would be drawn each time.
func TestSingleRecordingsAreOneStratum(t *testing.T) {
	u := resample.Recordings([]stimulus.Recording{{Condition: "a", To: 1}, {Condition: "a", From: 1, To: 2}, {Condition: "b", From: 2, To: 3}})
	if u.Strata() != 1 || u.Count() != 3 {
		t.Errorf("%d units in %d strata", u.Count(), u.Strata())
	}
}

// TestBlocks asks that blocks are of successive stimuli, after the last the first, and that every stimulus
// is drawn as often as any other.
func TestBlocks(t *testing.T) {
	u := resample.Blocks(10, 4)
	if u.Count() != 3 || u.Strata() != 1 {
		t.Errorf("%d blocks in %d strata", u.Count(), u.Strata())
	}
	rng := stream.New(2, "draws")
	times := make([]float64, 10)
	const draws = 3000
	for range draws {
		drawn := u.Draw(rng)
		if len(drawn) != 12 {
			t.Fatalf("%d stimuli", len(drawn))
		}
		for i, x := range drawn {
			times[x]++
			if i%4 > 0 && x != (drawn[i-1]+1)%10 {
				t.Fatalf("%v is not made of blocks", drawn)
			}
		}
	}
	for i, x := range times {
		if math.Abs(x/draws-1.2) > 4*1.2/math.Sqrt(draws) {
			t.Errorf("stimulus %d was drawn %v times a draw, want 1.2", i, x/draws)
		}
	}
}
