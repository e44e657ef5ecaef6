package citation_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/citation"
	"partsnet/sim/experiment"
	"partsnet/sim/program"
	"partsnet/sim/rundir"
)

// TestEverythingHasASource holds the sources to the circuits and rules that there are.
func TestEverythingHasASource(t *testing.T) {
	for _, c := range network.Circuits[float64]() {
		if c.Describe().Sources == nil {
			t.Errorf("the circuit %s has no source", c.Name())
		}
	}
	for _, r := range learning.Rules[float64]() {
		if r.Describe().Sources == nil {
			t.Errorf("the rule %s has no source", r.Name())
		}
	}
}

// TestCiteEveryRule cites a short run of every rule and demands sentences without a gap,
// the objective in words, and only what was measured; then layers of a stack, and synapses
// up that are learned apart.
func TestCiteEveryRule(t *testing.T) {
	if testing.Short() {
		t.Skip("a run of every rule")
	}
	cited := func(settings ...string) string {
		t.Helper()
		base := []string{"network.hidden=5", "figures=[]", "stimulus.count=70", "stimulus.side=8", "learning.epochs=2", "look.frames=0"}
		x, err := experiment.Read("a run to cite", nil, append(base, settings...))
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
			t.Fatalf("%v: %v", settings, err)
		}
		text, err := citation.Cite(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, gap := range []string{"  ", " ,", " ;", " .", "()", "which lower ;", "%!", "<nil>", "NaN", "unknown"} {
			if strings.Contains(text, gap) {
				t.Errorf("%v: there is a gap %q in\n%s", settings, gap, text)
			}
		}
		return text
	}
	for _, r := range learning.Rules[float64]() {
		found := false
		for _, c := range network.Circuits[float64]() {
			settings := []string{"recognition.circuit=" + c.Name(), "learning.rule=" + r.Name(), `measures=["hoyer_parts"]`}
			if _, err := experiment.Read("", nil, settings); err != nil {
				continue // the error says why they cannot learn together
			}
			found = true
			text := cited(settings...)
			if o := r.Objective(); !strings.Contains(text, "which lower the ") && !strings.Contains(text, "which lower half the ") || !strings.Contains(text, "ended at "+o.Symbol()+" = ") {
				t.Errorf("%s: the objective is not said:\n%s", r.Name(), text)
			}
			if !strings.Contains(text, " over the parts.") || strings.Contains(text, "over the rates") {
				t.Errorf("%s: of the sparseness of parts and rates that of parts was measured:\n%s", r.Name(), text)
			}
			break
		}
		if !found {
			t.Errorf("the rule %s goes with no circuit", r.Name())
		}
	}
	text := cited("stack.hidden=[4, 3]", "stack.joint=2")
	for _, want := range []string{"Hidden layers of 4, then 3 neurons", "for 2 epochs by up-propagation (Ahn et al. 2004).", "\nAhn JH, "} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	for settings, want := range map[string]string{
		"recognition.circuit=lateral-inhibition learning.rule=eggert-koerner recognition.cost=0.5":               ", plus 0.5 times the sum of all hidden rates;",
		"learning.rule=poisson learning.batch=7 learning.forgetting=0.3":                                         "\nCappé O, ",
		"recognition.circuit=lateral-inhibition learning.rule=gaussian learning.batch=7 learning.forgetting=0.3": "\nMairal J, ",
	} {
		if text := cited(strings.Fields(settings)...); !strings.Contains(text, want) {
			t.Errorf("there is no %q in\n%s", want, text)
		}
	}
	text = cited("network.separate=true", "recognition.circuit=divisive-error", "learning.rule=poisson-online")
	if want := "Synapses from the visible to the hidden layer were apart"; !strings.Contains(text, want) || strings.Contains(text, "Hidden layers of") {
		t.Errorf("there is no %q, or there are layers, in\n%s", want, text)
	}
}

// TestCiteRefusesChangedConfig changes what the run would be said to have been.
func TestCiteRefusesChangedConfig(t *testing.T) {
	x := experiment.Default()
	x.Figures, x.Hidden, x.Learning.Epochs = nil, 3, 1
	if err := x.Set("stimulus.count=20", "stimulus.side=8"); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	x.Hidden = 4
	if err := os.WriteFile(filepath.Join(dir, rundir.ConfigFile), []byte(x.TOML()), 0o666); err != nil {
		t.Fatal(err)
	}
	if text, err := citation.Cite(dir); err == nil || !strings.Contains(err.Error(), "config.toml was changed since the run wrote it") {
		t.Errorf("got %v, %q", err, text)
	}
}

// TestCiteNamesTheProgram cites runs of programs with a version, with a revision and with
// neither.
func TestCiteNamesTheProgram(t *testing.T) {
	x := experiment.Default()
	x.Figures, x.Hidden, x.Learning.Epochs = nil, 3, 1
	if err := x.Set("stimulus.count=20", "stimulus.side=8"); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, rundir.ManifestFile)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"v1.2.3":                       "was trained with partsnet v1.2.3 (go1.",
		strings.Repeat("0a", 20):       "was trained with partsnet, revision " + strings.Repeat("0a", 20) + " (go1.",
		"unknown (build 0cd1ee81ed4c)": "was trained with partsnet, built from source without version control information (SHA-256 of the program 0cd1ee81ed4c…; go1.",
	} {
		changed := bytes.Replace(text, []byte(`"version": "`+program.Version()+`"`), []byte(`"version": "`+version+`"`), 1)
		if err := os.WriteFile(path, changed, 0o666); err != nil {
			t.Fatal(err)
		}
		if cited, err := citation.Cite(dir); err != nil || !strings.Contains(cited, want) {
			t.Errorf("%s: there is no %q in %v\n%s", version, want, err, cited)
		}
	}
}

// TestCiteSaysWhatIsMissing cites runs of stimuli of which values are missing or hidden, and one of whole stimuli.
func TestCiteSaysWhatIsMissing(t *testing.T) {
	table := tempfile.Write(t, "gaps.csv", "a,b,c\n1,NA,2\n3,1,NA\n2,2,NA\n1,4,2\n")
	cited := func(settings ...string) string {
		x, err := experiment.Read("", nil, append([]string{"network.hidden=1", "figures=[]", "learning.epochs=2", experiment.Setting("stimulus.path", table), "stimulus.missing=mask"}, settings...))
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		text, err := citation.Cite(dir)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	const missing, shown = "Of their 12 values 3 were missing.", "are of the values that were shown."
	if text := cited(); !strings.Contains(text, missing) || !strings.Contains(text, shown) || strings.Contains(text, "hidden from the network") {
		t.Errorf("of missing values it says\n%s", text)
	}
	if text := cited("mask.fraction=0.2"); !strings.Contains(text, missing) || !strings.Contains(text, "Of their 12 values 2 were hidden from the network (the share 0.2 of those that were known, drawn at random)") {
		t.Errorf("of missing and hidden values it says\n%s", text)
	}
	if text := cited("stimulus.columns=[\"a\"]"); strings.Contains(text, "missing") || strings.Contains(text, shown) {
		t.Errorf("of whole stimuli it says\n%s", text)
	}
}
