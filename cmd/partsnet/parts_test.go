package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestParts chooses the number of synergies, by a span of numbers and a criterion, and says what every
// criterion chooses; as JSON it says the same. Flags that mean nothing are refused.
func TestParts(t *testing.T) {
	t.Chdir(t.TempDir())
	line := []string{"parts", "synergies", "--hidden", "2:6", "--starts", "3", "--criterion", "knee", "--set", "synergies.cycles=1", "--set", "learning.epochs=60", "--set", "figures=[]"}
	code, stdout, stderr := partsnet(line...)
	if code != done {
		t.Fatalf("%d: %s", code, stderr)
	}
	for _, want := range []string{"hidden  explained_energy      explained_deviation   stability\n2       0.7", "\n6       0.99", "\nlinear-fit 4\nthreshold  4\nknee       4\nstability  "} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	for _, want := range []string{`chosen 4 hidden neurons chosen of 2 to 6 by "knee": explained_deviation, 0.9`, "results runs/synergies-parts-1999; runs/synergies-parts-1999/ranks.csv has the table"} {
		if !strings.Contains(unwrapped(stdout), want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
	if _, err := os.Stat(filepath.Join("runs", "synergies-parts-1999", "ranks.csv")); err != nil {
		t.Error(err)
	}
	code, stdout, _ = partsnet(append(line, "--json", "--out", "j")...)
	var said struct {
		Chosen struct {
			Hidden int
			Among  []int
			By     map[string]*int
			Tried  []struct {
				Hidden    int
				Explained map[string]float64
				Stability *float64
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || code != done {
		t.Fatalf("%d, %v: %s", code, err, stdout)
	}
	if c := said.Chosen; c.Hidden != 4 || len(c.Among) != 5 || *c.By["linear-fit"] != 4 || len(c.Tried) != 5 || c.Tried[2].Explained["explained_energy"] < 0.99 || c.Tried[0].Stability == nil {
		t.Errorf("%s", stdout)
	}
	for _, c := range []struct {
		args []string
		want string
	}{
		{nil, "--hidden says which numbers of hidden neurons are tried"},
		{[]string{"--hidden", "6:2"}, "--hidden 6:2 is no span of integers"},
		{[]string{"--hidden", "2,x"}, "network.choose = "},
		{[]string{"--hidden", "2:6", "--criterion", "elbow"}, `network.criterion = "elbow"; allowed is one of`},
		{[]string{"--hidden", "2:6", "--starts", "0"}, "restarts = 0; allowed is"},
		{[]string{"--hidden", "2:6", "--set", "network.hidden=9"}, "network.hidden = 9, and network.choose = [2 3 4 5 6] chooses it"},
	} {
		if code, _, stderr := partsnet(append([]string{"parts", "synergies"}, c.args...)...); code != badRequest || !strings.Contains(stderr, c.want) {
			t.Errorf("%q: %d, %q", c.args, code, stderr)
		}
	}
}
