package sim_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// online are the settings of a small run whose rule learns online.
var online = []string{"learning.epochs=6", "stimulus.count=60", "recognition.circuit=lca", "learning.rule=subtractive", "recognition.steps=10", "recognition.report=10"}

// TestNoiseAtEveryPresentation demands of noise that is new at every presentation that measures are of
// the stimuli without it, that rises are no fault, and that a run that was interrupted goes on to the
// same bytes.
func TestNoiseAtEveryPresentation(t *testing.T) {
	x := starts(t, append(slices.Clone(online), "noise.kind=gaussian", "noise.sd=0.4", "measures=[\"squared_error\"]")...)
	whole, broken := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
	r, err := sim.Run(context.Background(), x, whole, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if r.Rises != 0 {
		t.Errorf("E rose at %d records", r.Rises)
	}
	in, err := inputs.Prepare(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	w, h := matrixOf(t, whole, "W"), matrixOf(t, whole, "H")
	want := 0.0
	for i := range in.Stimuli() {
		for j, v := range in.Row(i) {
			p := 0.0
			for a := range x.Hidden {
				p += h.Row(i)[a] * w.Row(a)[j]
			}
			want += (v - p) * (v - p) / 2
		}
	}
	// The circuit counts a cost of rates, which is in the objective and not in the measure.
	if got, _ := r.Measures.Of("squared_error"); math.Abs(got-want) > 1e-9*want && math.Abs(got-2*want) > 1e-9*want {
		t.Errorf("E is %v, of the stimuli without noise %v", got, want)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch >= 3 {
			cancel()
		}
	}})
	if interrupted := new(outcome.Interrupted); !errors.As(err, &interrupted) {
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true}); err != nil {
		t.Fatal(err)
	}
	simtest.Same(t, "noise", simtest.Files(t, broken), simtest.Files(t, whole))
}

func matrixOf(t *testing.T, dir, name string) *npy.Array {
	t.Helper()
	a, err := npy.ReadFile(filepath.Join(dir, "arrays", name+".npy"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestFrozenNoise demands that frozen noise belongs to the stimuli: it changes them, not those that a
// trained network is shown unless that is asked for, and it is the same each time.
func TestFrozenNoise(t *testing.T) {
	x := starts(t, "learning.epochs=10", "stimulus.count=40", "noise.kind=poisson", "noise.gain=5", "noise.frozen=true")
	clean := starts(t, "learning.epochs=10", "stimulus.count=40")
	rows := func(x *experiment.Experiment) (all []float64) {
		in, err := inputs.Prepare(context.Background(), x)
		if err != nil {
			t.Fatal(err)
		}
		return in.Wide()
	}
	noisy, without := rows(x), rows(clean)
	if !slices.Equal(noisy, rows(x)) || slices.Equal(noisy, without) {
		t.Error("frozen noise is not the same each time, or is none")
	}
	for k, v := range noisy {
		if v*5 != math.Round(v*5) || without[k] == 0 && v != 0 {
			t.Fatalf("%v became %v; the noise gives multiples of 1/5, a whole number of spikes at gain 5", without[k], v)
		}
	}
	run := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	shown := func(settings ...string) *recall.Recognition {
		rec, err := recall.Recognise(context.Background(), run, append([]string{"stimulus.path="}, settings...), filepath.Join(t.TempDir(), "a"), 10)
		if err != nil {
			t.Fatal(err)
		}
		return rec
	}
	if a, b := shown(), shown("noise.kind=gaussian", "noise.sd=0.5"); a.Deviance >= b.Deviance || strings.Contains(strings.Join(a.Read, ";"), "poisson noise") || !strings.Contains(strings.Join(b.Read, ";"), "gaussian noise of standard deviation 0.5") {
		t.Errorf("without noise the deviance is %v, with it %v; it is said: %v and %v", a.Deviance, b.Deviance, a.Read, b.Read)
	}
}

// TestNoiseRefused demands the reason where noise means nothing.
func TestNoiseRefused(t *testing.T) {
	for settings, want := range map[string]string{
		"noise.kind=gaussian":                        "noise.sd = 0; allowed with noise \"gaussian\"",
		"noise.kind=poisson noise.gain=3":            "needs a rule that learns online",
		"noise.sd=3":                                 "choose a kind",
		"noise.kind=poisson noise.gain=3 noise.sd=3": "noise.sd = 3; noise \"poisson\" has the standard deviation that follows from gain",
		"noise.kind=zap":                             "noise.kind = \"zap\"; allowed is one of",
	} {
		_, err := experiment.Read("x.toml", nil, strings.Fields(settings))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v does not say %s", settings, err, want)
		}
	}
}
