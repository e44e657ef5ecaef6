package sim_test

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// TestRecogniseOwnStimuli shows the stimuli of a run to its network, read back from its
// directory, in as many steps as the run took for the rates that it reports: rates are the
// same bytes and the objective is the same number, for every circuit, with every rule that
// learns online, dense and from counts, with synapses up of their own, and of the start that
// was kept. Spikes are the same too, because neither recognition is counted as a
// presentation. Rates of rules that learn from all stimuli at once are left out: they are
// those that learning has moved from epoch to epoch, which no recognition finds anew. The suite
// takes every circuit, and every third way to learn; campaigns take all.
func TestRecogniseOwnStimuli(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of each circuit")
	}
	pairs := simtest.Ways(t)
	ways := append(pairs,
		simtest.Way{"network.separate=true", "recognition.circuit=divisive-error", "learning.rule=poisson-online"},
		simtest.Way{"restarts=3", "seed=4", "recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike"},
		simtest.Way{"restarts=3", "seed=4", "recognition.circuit=predictive-hierarchy", "learning.rule=divisive-modulation"})
	found := map[string]bool{}
	for k, way := range ways {
		x := way.Experiment(t, "look.frames=0")
		if x.Recognition.Report == 0 || k < len(pairs) && k%suite.Cases(3, 1) != 0 && found[x.Recognition.Circuit] {
			continue
		}
		dir := filepath.Join(t.TempDir(), "r")
		report, err := sim.Run(context.Background(), x, dir, sim.Options{})
		if err != nil {
			continue // TestProcessors says which
		}
		if x.Restarts > 1 && report.Best == 0 {
			t.Errorf("%v: the first start was kept, so that this proves nothing of the others", way)
		}
		found[x.Recognition.Circuit] = true
		answer := filepath.Join(t.TempDir(), "answer")
		rec, err := recall.Recognise(context.Background(), dir, nil, answer, x.Recognition.Report)
		if err != nil {
			t.Errorf("%v: %v", way, err)
			continue
		}
		if got, want := read(t, answer, "arrays/H.npy"), read(t, dir, "arrays/H.npy"); got != want {
			t.Errorf("%v: the rates are not those of the run", way)
		}
		if rec.Objective != report.Objective || rec.Symbol != report.Symbol || rec.Steps != x.Recognition.Report {
			t.Errorf("%v: %s = %v after %d steps, and the run ended at %s = %v", way, rec.Symbol, rec.Objective, rec.Steps, report.Symbol, report.Objective)
		}
	}
	for _, c := range network.Circuits[float64]() {
		if !found[c.Name()] && c.Name() != "local-nmf" { // which no rule that learns online goes with
			t.Errorf("no rule that learns online was tried with the circuit %s", c.Name())
		}
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestRecogniseUntilSettled lets recognition go on until it has settled, or as long as the
// circuit needs: circuits that find their way down settle near the objective of the run,
// spiking ones take all steps, and one without a prediction tells no deviance.
func TestRecogniseUntilSettled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs of six circuits")
	}
	for _, tt := range []struct {
		circuit, rule string
		settles       bool
		steps         int // where it does not
	}{
		{"divisive-error", "poisson-online", true, 0},
		{"lca", "subtractive", true, 0},
		{"lateral-inhibition", "gaussian", true, 0},
		{"local-nmf", "local-nmf", true, 0},
		{"spike-by-spike", "spike-by-spike", false, 400},
		{"plastic-inhibition", "similarity-matching", false, 100},
	} {
		x := simtest.Way{"recognition.circuit=" + tt.circuit, "learning.rule=" + tt.rule, "learning.epochs=30"}.Experiment(t, "look.frames=0")
		dir, answer := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "answer")
		report, err := sim.Run(context.Background(), x, dir, sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rec, err := recall.Recognise(context.Background(), dir, nil, answer, 0)
		if err != nil {
			t.Fatal(err)
		}
		if rec.Sought != tt.settles || rec.Settled && !tt.settles || !tt.settles && rec.Steps != tt.steps {
			t.Errorf("%s: %+v", tt.circuit, rec)
		}
		if !(math.Abs(rec.Objective-report.Objective) <= 0.05*report.Objective) {
			t.Errorf("%s: %s = %v, and %v in the run", tt.circuit, rec.Symbol, rec.Objective, report.Objective)
		}
		_, err = os.Stat(filepath.Join(answer, "deviance.csv"))
		if none := tt.circuit == "plastic-inhibition"; math.IsNaN(rec.Deviance) != none || os.IsNotExist(err) != none {
			t.Errorf("%s: deviance %v, %v", tt.circuit, rec.Deviance, err)
		}
		if tt.circuit == "lca" && !(rec.Objective > rec.Deviance*float64(rec.Stimuli)/2) {
			t.Errorf("the objective %v is without what the rates cost: the losses alone are %v", rec.Objective, rec.Deviance*float64(rec.Stimuli)/2)
		}
	}
}

// TestOpenRefuses shows stimuli to, and asks for words of, runs that are not what they say.
func TestOpenRefuses(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	x := simtest.Way{"recognition.circuit=plastic-inhibition", "learning.rule=foldiak"}.Experiment(t)
	for _, tt := range []struct {
		want  string
		spoil func(t *testing.T, dir string)
	}{
		{"not the directory of a finished run: it has no manifest.json", func(t *testing.T, dir string) { remove(t, dir, "manifest.json") }},
		{"of a run directory of format 9; this program reads format 1", func(t *testing.T, dir string) {
			manifest(t, dir, func(m map[string]any) { m["format"] = 9 })
		}},
		{"W.npy was changed since the run wrote it", func(t *testing.T, dir string) { spoil(t, dir, "arrays/W.npy") }},
		{"M.npy was changed since the run wrote it", func(t *testing.T, dir string) { spoil(t, dir, "arrays/M.npy") }},
		{"thresholds.npy is missing, which the run wrote", func(t *testing.T, dir string) { remove(t, dir, "arrays/thresholds.npy") }},
		{"config.toml was changed since the run wrote it", func(t *testing.T, dir string) { spoil(t, dir, "config.toml") }},
		{`has no arrays/M.npy, which holds the "hidden→hidden" that its network has learned`, func(t *testing.T, dir string) {
			remove(t, dir, "arrays/M.npy")
			manifest(t, dir, func(m map[string]any) { delete(m["files"].(map[string]any), "arrays/M.npy") })
		}},
	} {
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		tt.spoil(t, dir)
		_, err := recall.Recognise(context.Background(), dir, nil, filepath.Join(t.TempDir(), "answer"), 0)
		var request *experiment.RequestError
		if !errors.As(err, &request) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("got %T %v, want %s", err, err, tt.want)
		}
		if strings.Contains(tt.want, "M.npy") || strings.Contains(tt.want, "thresholds") {
			continue
		}
		if _, _, err := recall.Meanings(dir, "lead", 0); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("words: got %v, want %s", err, tt.want)
		}
	}
}

func remove(t *testing.T, dir, name string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
}

// spoil changes the last byte of a file.
func spoil(t *testing.T, dir, name string) {
	t.Helper()
	text := []byte(read(t, dir, name))
	text[len(text)-1] ^= 1
	if err := os.WriteFile(filepath.Join(dir, name), text, 0o666); err != nil {
		t.Fatal(err)
	}
}

// manifest changes the manifest of a run.
func manifest(t *testing.T, dir string, change func(m map[string]any)) {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(read(t, dir, "manifest.json")), &m); err != nil {
		t.Fatal(err)
	}
	change(m)
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "manifest.json"), text, 0o666); err != nil {
		t.Fatal(err)
	}
}
