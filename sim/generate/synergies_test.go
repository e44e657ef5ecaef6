package generate_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

func synergies(t *testing.T, s *generate.Synergies) *stimulus.Set {
	t.Helper()
	return generated(t, s, stream.New(5, "synergies"))
}

// TestSynergies holds the rates to their formula without noise, and the noise to its standard
// deviation, whose estimate from n rates scatters by σ/√(2n); five of these are allowed.
func TestSynergies(t *testing.T) {
	pure, noisy := synergies(t, &generate.Synergies{Cycles: 5}), synergies(t, &generate.Synergies{Cycles: 5, Noise: 0.1})
	if pure.Count != 1000 || pure.Size != 13 || len(pure.Neurons) != 13 || pure.Texts {
		t.Fatalf("%d stimuli of %d, neurons %v", pure.Count, pure.Size, pure.Neurons)
	}
	squares, n := 0.0, 0
	for i := range pure.Count {
		for j, x := range pure.Row(i) {
			want := 0.0
			for k := range 4 {
				want += pure.Truth.Codes[i*4+k] * pure.Truth.Parts[k*13+j]
			}
			if math.Abs(x-want) > 1e-15 {
				t.Fatalf("stimulus %d, muscle %s: %v, want %v", i, pure.Neurons[j], x, want)
			}
		}
		for j, x := range noisy.Row(i) {
			want := 0.0
			for k := range 4 {
				want += noisy.Truth.Codes[i*4+k] * noisy.Truth.Parts[k*13+j]
			}
			if want > 0 {
				squares += (x/want - 1) * (x/want - 1)
				n++
			}
		}
	}
	if sd := math.Sqrt(squares / float64(n)); math.Abs(sd-0.1) > 5*0.1/math.Sqrt(2*float64(n)) {
		t.Errorf("the noise has a standard deviation of %v, want 0.1", sd)
	}
	if pure.Names[0] != "walking, step 1, 0 %" || pure.Names[999] != "running, step 5, 99 %" {
		t.Errorf("stimuli are named %q to %q", pure.Names[0], pure.Names[999])
	}
	if len(pure.Recordings) != 10 {
		t.Fatalf("%d recordings, want 10", len(pure.Recordings))
	}
	for k, r := range pure.Recordings {
		want := stimulus.Recording{Condition: "walking", Trial: fmt.Sprint("step ", k%5+1), From: 100 * k, To: 100*k + 100}
		if k >= 5 {
			want.Condition = "running"
		}
		want.Name = want.Condition + ", " + want.Trial
		if r != want {
			t.Errorf("recording %d is %+v, want %+v", k, r, want)
		}
	}
}

// TestSynergiesPeak asks that each synergy is most active at its moment of the cycle, across
// the end of the cycle too, and that a missing one is silent in running alone.
func TestSynergiesPeak(t *testing.T) {
	set := synergies(t, &generate.Synergies{Cycles: 3, Missing: 3})
	for k, want := range []int{10, 42, 65, 90} {
		code := func(i int) float64 { return set.Truth.Codes[i*4+k] }
		for start := 0; start < set.Count; start += 100 {
			silent := k == 2 && start >= 300
			if !strings.HasPrefix(set.Names[start], map[bool]string{true: "walking", false: "running"}[start < 300]) {
				t.Fatalf("stimulus %d is %q", start, set.Names[start])
			}
			cycle := make([]float64, 100)
			for p := range cycle {
				cycle[p] = code(start + p)
			}
			most := slices.Max(cycle)
			if (most == 0) != silent {
				t.Errorf("synergy %d in the step from stimulus %d has the activity %v", k+1, start, most)
			}
			if !silent && slices.Index(cycle, most) != want {
				t.Errorf("synergy %d peaks at %d %%, want %d", k+1, slices.Index(cycle, most), want)
			}
		}
	}
	late := func(p int) float64 { return set.Truth.Codes[p*4+3] }
	if math.Abs(late(0)-late(80)) > 1e-12 {
		t.Errorf("ten points after its peak late swing has the activity %v, ten before it %v", late(0), late(80))
	}
}
