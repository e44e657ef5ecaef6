package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"partsnet/sim/rundir"
)

// TestRecogniseSteps shows a run its own stimuli: in as many steps as are asked for, or
// until it has settled; and a network that predicts no stimuli tells no deviance.
func TestRecogniseSteps(t *testing.T) {
	if testing.Short() {
		t.Skip("two runs and four recognitions")
	}
	t.Chdir(t.TempDir())
	for _, set := range [][]string{{"lca", "subtractive"}, {"plastic-inhibition", "similarity-matching"}} {
		args := append([]string{"run", "faces", "--out", set[0], "--set", "figures=[]", "--set", "recognition.circuit=" + set[0], "--set", "learning.rule=" + set[1]}, small...)
		if code, _, stderr := partsnet(args...); code != 0 {
			t.Fatal(stderr)
		}
	}
	for _, tt := range []struct{ args, want, not string }{
		{"lca", ", settled\n", "not settled"},
		{"lca --steps 7", " in 7 steps\n", "settled"},
		{"plastic-inhibition", " in 100 steps\nobjective  S = ", "deviance"},
	} {
		names := strings.Fields(tt.args)
		code, stdout, stderr := partsnet(append([]string{"recognise", names[0], ""}, names[1:]...)...)
		if code != 0 || !strings.Contains(stdout, tt.want) || strings.Contains(stdout, tt.not) {
			t.Errorf("recognise %s: exit %d, %s%s", tt.args, code, stdout, stderr)
		}
	}
	odd := "a\a'\"b.csv" // TOML has no escape for a bell that Go has
	if err := os.WriteFile(odd, []byte(strings.Repeat("1,", 63)+"2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := partsnet("recognise", "lca", odd); code != done || !strings.Contains(stdout, "recognised 1 stimulus in ") {
		t.Errorf("exit %d, %s%s", code, stdout, stderr)
	}
	if code, _, stderr := partsnet("recognise", "lca", "", "--steps", "-1"); code != badRequest || !strings.Contains(stderr, "--steps -1; allowed is 1 to") {
		t.Errorf("exit %d, %s", code, stderr)
	}
}

// TestSummarySaysWhatIsHidden runs an experiment that hides values and does not ask for their measures: its
// summary says of what the explained variance is, and how well what was hidden is predicted. Of whole
// stimuli it says neither.
func TestSummarySaysWhatIsHidden(t *testing.T) {
	t.Chdir(t.TempDir())
	run := func(out string, settings ...string) string {
		code, stdout, stderr := partsnet(append(append([]string{"run", "faces", "--out", out, "--set", "figures=[]"}, small...), settings...)...)
		if code != 0 {
			t.Fatal(stderr)
		}
		return strings.Join(strings.Fields(stdout), " ") // whose lines are broken
	}
	const shown, completed = " of what was shown, about each visible neuron's mean", "hidden values with R² = "
	text := run("masked", "--set", "mask.fraction=0.25", "--set", `measures=["rmse","masked_rmse","masked_explained"]`)
	if !strings.Contains(text, shown) || !strings.Contains(text, completed) {
		t.Errorf("the summary is\n%s", text)
	}
	if other := run("unasked", "--set", "mask.fraction=0.25", "--set", `measures=["rmse"]`); !strings.Contains(other, completed) {
		t.Errorf("without the measures the summary is\n%s", other)
	}
	if whole := run("whole"); strings.Contains(whole, "shown,") || strings.Contains(whole, completed) {
		t.Errorf("of whole stimuli the summary is\n%s", whole)
	}
	// The summary and the measures of the manifest say the same.
	_, after, _ := strings.Cut(text, completed)
	m, err := rundir.ReadManifest("masked")
	if err != nil || !strings.HasPrefix(after, fmt.Sprintf("%.3f (masked_explained) and a root mean squared error of %.3g (masked_rmse;", m.Measures["masked_explained"], m.Measures["masked_rmse"])) {
		t.Errorf("the measures are %v, the summary is\n%s", m.Measures, text)
	}
}
