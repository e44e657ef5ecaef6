package inputs_test

import (
	"context"
	"slices"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
)

// prepared returns the inputs of an experiment in TOML.
func prepared(t *testing.T, toml string) *inputs.Inputs {
	t.Helper()
	x, err := experiment.Read("x.toml", []byte(toml), nil)
	if err != nil {
		t.Fatal(err)
	}
	in, err := inputs.Prepare(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

// TestDrawn compares the stimuli of a draw with those that were drawn, dense in both precisions and as
// counts.
func TestDrawn(t *testing.T) {
	counts := tempfile.Write(t, "counts.mtx", "%%MatrixMarket matrix coordinate integer general\n3 4 4\n1 1 2\n1 4 1\n3 2 7\n3 3 1\n")
	gaps := tempfile.Write(t, "gaps.csv", "1,2,3\nNA,5,6\n7,,1\n")
	for _, toml := range []string{
		"stimulus.path = '" + gaps + "'\nstimulus.missing = \"mask\"\nnetwork.hidden = 1",
		"stimulus.generator = \"synergies\"\nsynergies.cycles = 1",
		"precision = \"float32\"\nstimulus.generator = \"bars\"",
		"stimulus.path = '" + counts + "'\nnetwork.hidden = 2",
	} {
		in := prepared(t, toml)
		numbers := []int{2, 0, 2, 1}
		drawn, err := in.Drawn(numbers)
		if err != nil {
			t.Fatal(err)
		}
		if drawn.Stimuli() != 4 || drawn.Neurons() != in.Neurons() || drawn.Dense() != in.Dense() || drawn.Set.Count != 4 {
			t.Fatalf("%s: %d stimuli of %d", toml, drawn.Stimuli(), drawn.Neurons())
		}
		energy := 0.0
		for k, i := range numbers {
			if !slices.Equal(drawn.Row(k), in.Row(i)) {
				t.Errorf("%s: stimulus %d of the draw is not number %d", toml, k, i)
			}
			if seen := in.Data.Seen(); seen != nil {
				if drawn.Data.Seen() == nil || !slices.Equal(drawn.Data.Seen().Row(k), seen.Row(i)) {
					t.Errorf("%s: other entries of stimulus %d of the draw are missing than of number %d", toml, k, i)
				}
			} else if drawn.Data.Seen() != nil {
				t.Errorf("%s: entries are missing in the draw", toml)
			}
			for _, x := range in.Row(i) {
				energy += x * x
			}
			if truth := in.Set.Truth; truth != nil {
				n := len(truth.Codes) / in.Stimuli()
				if !slices.Equal(drawn.Set.Truth.Codes[k*n:(k+1)*n], truth.Codes[i*n:(i+1)*n]) {
					t.Errorf("%s: codes of stimulus %d of the draw are not those of number %d", toml, k, i)
				}
			}
		}
		if d := drawn.Constants.Energy - energy; d > 1e-12*energy || d < -1e-12*energy {
			t.Errorf("%s: Σ v² = %v, want %v", toml, drawn.Constants.Energy, energy)
		}
	}
}

// TestDrawnMeans draws recordings whose means the stimuli are: those of all recordings are the stimuli
// themselves, and those of one that is drawn twice are that recording.
func TestDrawnMeans(t *testing.T) {
	toml := "stimulus.generator = \"synergies\"\nsynergies.cycles = 2"
	single, in := prepared(t, toml), prepared(t, toml+"\nstimulus.average = true")
	if in.Stimuli() != 200 || !in.Averaged() || len(in.Recordings()) != 4 || single.Averaged() {
		t.Fatalf("%d stimuli of %d recordings", in.Stimuli(), len(in.Recordings()))
	}
	var all, first []int
	for i := range single.Stimuli() {
		all = append(all, i)
		first = append(first, i/200*200+i%100) // the first step of each condition, twice
	}
	for name, numbers := range map[string][]int{"all": all, "first": first} {
		drawn, err := in.Drawn(numbers)
		if err != nil {
			t.Fatal(err)
		}
		for i := range in.Stimuli() {
			want := in.Row(i)
			if name == "first" {
				want = single.Row(i/100*200 + i%100)
			}
			if !slices.Equal(drawn.Row(i), want) {
				t.Fatalf("%s: mean %d is %v, want %v", name, i, drawn.Row(i), want)
			}
		}
	}
}
