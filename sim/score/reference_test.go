package score

import (
	"flag"
	"os"
	"strings"
	"testing"

	"partsnet/sim/config"
)

var update = flag.Bool("update", false, "write configs/score/reference.toml")

// reference returns a score with every key, its meaning and what is allowed.
func reference() string {
	s := &Score{Name: "reference", Seeds: 25, FirstSeed: 1}
	t := &Task{Title: "Bars that cover each other", Sizes: []int{16, 32}, Success: "bars_found", Of: 16, Measures: []string{"mean_cosine", "stability"}}
	return `# Every key of a score, with its meaning and what is allowed.
#
# A score runs every rule on every task, with every number of hidden neurons, over several
# seeds, and writes a table with 95 % confidence intervals. Settings are keys of
# experiments (partsnet show reference). Later settings override earlier ones, in this
# order: [set], set of the task, the rule in [rules], with.RULE of the task, [over].

` + config.Write(s.fields()) + `
# settings of all runs
[set]
record = 1000000

# one key per rule, with its settings; its name is free
[rules]
poisson = { recognition.circuit = "divisive-error", learning.rule = "poisson" }
gaussian = { recognition.circuit = "lateral-inhibition", learning.rule = "gaussian" }

# one table per task; its name is free
[tasks.bars]
` + strings.TrimLeft(config.Write(t.fields("")), "\n") + `# settings of the task, such as its stimuli
set = { stimulus.generator = "bars", stimulus.count = 1000 }
# settings of one rule in this task only
with.poisson = { learning.epochs = 1000 }

# settings that override all others, for example for a quick test
[over]
`
}

// TestReference holds the annotated reference to the keys, and demands that it names every
// one and can be read.
func TestReference(t *testing.T) {
	const path = "../../configs/score/reference.toml"
	want := reference()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s is behind the keys of scores; write it with go test ./sim/score -run TestReference -update", path)
	}
	s, err := Read("reference.toml", got, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Cells()) != 4 {
		t.Errorf("%d cells, want 2 rules of 2 sizes", len(s.Cells()))
	}
}
