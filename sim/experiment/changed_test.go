package experiment

import (
	"strings"
	"testing"
)

func TestChanged(t *testing.T) {
	for want, settings := range map[string][]string{
		"name = \"faces\"\n":                                     nil,
		"name = \"a\"\nseed = 3\n":                               {"name=a", "seed=3", "learning.epochs=500", "stimulus.generator=faces"},
		"name = \"faces\"\nlearning.rule = \"poisson-online\"\n": {"learning.rule=poisson-online", "learning.epochs=10", "learning.batch=1"},
		"name = \"faces\"\nrecognition.circuit = \"lateral-inhibition\"\nlearning.rule = \"gaussian\"\nlearning.epochs = 7\n": {"recognition.circuit=lateral-inhibition", "learning.rule=gaussian", "learning.epochs=7"},
		"name = \"faces\"\nfigures = [\"png\", \"pdf\"]\n":                                                                    {`figures=["png","pdf"]`},
	} {
		x, err := Read("", nil, settings)
		if err != nil {
			t.Fatal(err)
		}
		if got := x.Changed(); got != want {
			t.Errorf("%q: what changed is\n%s\nwant\n%s", settings, got, want)
		}
	}
}

// TestChangedIsTheSameExperiment reads what changed of every shipped experiment: it gives
// the same experiment, and is short.
func TestChangedIsTheSameExperiment(t *testing.T) {
	t.Parallel()
	for _, name := range Shipped().Names() {
		if testing.Short() && strings.Contains(name, "/") {
			continue
		}
		text, err := Shipped().ReadFile(name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		x, err := Read(name, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		changed := x.Changed()
		y, err := Read("", []byte(changed), nil)
		if err != nil || y.TOML() != x.TOML() {
			t.Errorf("%s: %v; what changed gives another experiment:\n%s", name, err, changed)
		}
		if n := strings.Count(changed, "\n"); n > 20 {
			t.Errorf("%s: %d keys have changed:\n%s", name, n, changed)
		}
	}
}
