package experiment_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partsnet/learning"
	"partsnet/sim/experiment"
)

func TestResolvedConfigReadsBack(t *testing.T) {
	x, err := experiment.Read("a.toml", []byte("seed = 7\n[learning]\nrule = 'eggert-koerner'\n[recognition]\ncircuit = 'lateral-inhibition'\ncost = 1\n"), []string{"learning.epochs=3", "precision=float32"})
	if err != nil {
		t.Fatal(err)
	}
	again, err := experiment.Read("b.toml", []byte(x.TOML()), nil)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(x, again); d != "" {
		t.Error(d)
	}
	if x.Seed != 7 || x.Learning.Epochs != 3 || x.Precision != "float32" || x.Recognition.Parameters["cost"] != 1 {
		t.Errorf("got %+v", x)
	}
}

// TestByteOrderMark reads a text that an editor has put a mark before, and counts its lines.
func TestByteOrderMark(t *testing.T) {
	if x, err := experiment.Read("a.toml", []byte("\ufeffseed = 7\n"), nil); err != nil || x.Seed != 7 {
		t.Errorf("%+v, %v", x, err)
	}
	if _, err := experiment.Read("a.toml", []byte("\ufeffseed = 'x'\n"), nil); err == nil || !strings.HasPrefix(err.Error(), "a.toml:1: seed") {
		t.Error(err)
	}
}

// TestErrorsAreTheProduct checks the whole text of what a user is told, all at
// once.
func TestErrorsAreTheProduct(t *testing.T) {
	_, err := experiment.Read("a.toml", []byte("seed = -1\nNAME = 'x'\n\n[learning]\nepochs = 1.5\nrule = 'hebb'\n[recognition]\nstep = 2\n"), []string{"network.hidden=0", "oops"})
	want := `a.toml:1: seed = -1; allowed is an integer from 0 to 4611686018427387904
a.toml:2: there is no key "NAME"; did you mean name?
a.toml:5: learning.epochs = 1.5; allowed is an integer from 1 to 100000000
a.toml:6: learning.rule = "hebb"; allowed is one of "poisson", "poisson-free", "gaussian", "poisson-online",
a.toml:8: there is no key "recognition.step"; did you mean recognition.steps?
--set network.hidden=0: network.hidden = 0; allowed is an integer from 1 to 1000000
--set oops: expected key=value`
	if err == nil {
		t.Fatal("no error")
	}
	got := strings.Split(err.Error(), "\n")
	for i, line := range strings.Split(want, "\n") {
		if i >= len(got) || !strings.HasPrefix(got[i], line) {
			t.Errorf("line %d: want %s\nof:\n%s", i, line, err)
		}
	}
	if len(got) != 7 {
		t.Errorf("%d errors, want 7", len(got))
	}
}

func TestMeaninglessPairingIsRefused(t *testing.T) {
	for setting, want := range map[string]string{
		"learning.rule=gaussian":           "must lower the same one",
		"recognition.steps=2":              "",
		"recognition.circuit=unknown":      "allowed is one of",
		"synapses.low=2":                   "low ≤ high",
		"learning.order=simultaneous":      "",
		"name=../x":                        "allowed is 1 to 80 letters",
		"learning.tolerance=nan":           "a number from 0 to 1",
		"seed=99999999999999999999999":     "an integer",
		"stimulus.generator=\"faces\" x=1": "one of",
	} {
		_, err := experiment.Read("a.toml", nil, []string{setting})
		if (want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", setting, err, want)
		}
	}
}

func TestSyntaxErrorHasAPosition(t *testing.T) {
	_, err := experiment.Read("a.toml", []byte("seed = 1\nname = \n"), nil)
	if err == nil || !strings.HasPrefix(err.Error(), "a.toml:2:") {
		t.Errorf("got %v", err)
	}
}

// TestParametersBelongToTheirCircuit says what a key means to another circuit or rule,
// where it stands, and what is allowed.
func TestParametersBelongToTheirCircuit(t *testing.T) {
	_, err := experiment.Read("a.toml", []byte("[recognition]\ncost = 0.1\ntau = 20\n[learning]\nrate = 0.1\n"), []string{"learning.forgetting=2"})
	want := `a.toml:3: recognition.tau = 20 does not apply to circuit "divisive-error", whose parameters are: recognition.cost; it is a parameter of "rate-units", "lca"
a.toml:5: learning.rate = 0.1 does not apply to rule "poisson", whose parameters are: learning.forgetting; it is a parameter of ` + withRate() + `
--set learning.forgetting=2: learning.forgetting = 2; allowed is a number from 1e-06 to 1`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// withRate names the rules that have a rate.
func withRate() string {
	var names []string
	for _, r := range learning.Rules[float64]() {
		for _, p := range learning.Parameters(r) {
			if p.Name == "rate" {
				names = append(names, strconv.Quote(r.Name()))
			}
		}
	}
	return strings.Join(names, ", ")
}

// TestIntegerParameter refuses a part of a neuron.
func TestIntegerParameter(t *testing.T) {
	circuit := []string{"recognition.circuit=predictive-hierarchy", "learning.rule=divisive-modulation"}
	_, err := experiment.Read("", nil, append(circuit, "recognition.upper=16.5"))
	if err == nil || !strings.Contains(err.Error(), "recognition.upper = 16.5; allowed is an integer from 1 to 1000000") {
		t.Errorf("got %v", err)
	}
	for _, upper := range []string{"7", "7.0"} { // as earlier versions have written it
		x, err := experiment.Read("", nil, append(circuit, "recognition.upper="+upper))
		if err != nil || !strings.Contains(x.TOML(), "\nupper = 7\n") {
			t.Errorf("%s: %v", upper, err)
		}
	}
}

// TestDefaultsFollowCircuitAndRule changes the circuit and the rule alone, and everything
// else goes along.
func TestDefaultsFollowCircuitAndRule(t *testing.T) {
	for _, tt := range []struct {
		circuit, rule               string
		steps, report, batch, epoch int
		order                       string
	}{
		{"divisive-error", "poisson", 1, 0, 0, 500, "learn-recognise"},
		{"divisive-error", "poisson-online", 50, 200, 1, 10, "recognise-learn"},
		{"lca", "subtractive", 100, 400, 1, 10, "recognise-learn"},
		{"spike-by-spike", "spike-by-spike", 400, 1600, 1, 10, "recognise-learn"},
		{"lateral-inhibition", "hoyer-projection", 1, 0, 0, 500, "learn-recognise"},
		{"lca", "sparse-coding", 100, 0, 0, 500, "recognise-learn"},
	} {
		x, err := experiment.Read("a.toml", nil, []string{"recognition.circuit=" + tt.circuit, "learning.rule=" + tt.rule})
		if err != nil {
			t.Fatal(err)
		}
		if x.Recognition.Steps != tt.steps || x.Recognition.Report != tt.report || x.Learning.Batch != tt.batch || x.Learning.Epochs != tt.epoch || x.Learning.Order != tt.order {
			t.Errorf("%s with %s: steps %d, report %d, batch %d, epochs %d, order %s", tt.circuit, tt.rule,
				x.Recognition.Steps, x.Recognition.Report, x.Learning.Batch, x.Learning.Epochs, x.Learning.Order)
		}
		again, err := experiment.Read("b.toml", []byte(x.TOML()), nil)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(x, again); d != "" {
			t.Error(d)
		}
	}
}
