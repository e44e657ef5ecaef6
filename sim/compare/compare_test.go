package compare_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/compare"
	"partsnet/sim/experiment"
	"partsnet/sim/simtest"
)

// made makes runs of three bars, each with its settings.
func made(t *testing.T, of ...[]string) (dirs []string) {
	t.Helper()
	root := t.TempDir()
	for k, settings := range of {
		x := simtest.Experiment(t, append([]string{"stimulus.generator=bars", "bars.positions=3", "stimulus.count=60", "network.hidden=6", "learning.epochs=40", "figures=[]", `measures=["explained_variance","parts_recovered"]`}, settings...)...)
		dir := filepath.Join(root, fmt.Sprint("run", k))
		if _, err := sim.Run(t.Context(), x, dir, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, dir)
	}
	return dirs
}

// TestCompare sets runs with two numbers of hidden neurons and several seeds beside each other.
func TestCompare(t *testing.T) {
	t.Parallel()
	dirs := made(t, []string{"seed=1", "name=a"}, []string{"seed=1", "network.hidden=5"}, []string{"seed=2"}, []string{"seed=1", "name=b"})
	c, err := compare.Of(t.Context(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(c.Keys, []string{"network.hidden"}) || !slices.Equal(c.Measures, []string{"objective", "explained_variance", "parts_recovered"}) {
		t.Errorf("keys %v, measures %v", c.Keys, c.Measures)
	}
	if len(c.Cells) != 2 || !slices.Equal(c.Cells[0].Runs, []int{0, 2, 3}) || !slices.Equal(c.Cells[0].Values, []string{"6"}) || !slices.Equal(c.Cells[1].Values, []string{"5"}) {
		t.Fatalf("cells %+v", c.Cells)
	}
	mean := (c.Runs[0].Measures["explained_variance"] + c.Runs[2].Measures["explained_variance"] + c.Runs[3].Measures["explained_variance"]) / 3
	if e := c.Cells[0].Means[1]; math.Abs(e.Mean-mean) > 1e-15 || e.Runs != 3 {
		t.Errorf("mean %+v, want %v", e, mean)
	}
	if one, other, ok := c.Same(); !ok || one != dirs[0] || other != dirs[3] {
		t.Errorf("%s and %s are the same, %v", one, other, ok)
	}
	for _, p := range c.Matching.Pairs {
		switch {
		case p.One == 0 && p.Other == 3:
			if math.Abs(p.Mean-1) > 1e-12 || p.P != 1.0/(1+compare.Shuffles) || !slices.Equal(p.Match, []int{0, 1, 2, 3, 4, 5}) {
				t.Errorf("equal runs: %+v", p)
			}
		case p.Other == 2 || p.One == 2: // another start
			if p.Mean > 1-1e-9 {
				t.Errorf("runs %d and %d have the same parts", p.One, p.Other)
			}
		}
	}
	out := filepath.Join(t.TempDir(), "c")
	if err := c.Write(out); err != nil {
		t.Fatal(err)
	}
	for name, lines := range map[string]int{"runs.csv": 5, "means.csv": 7, "similarity.csv": 7, "matched.csv": 1 + 4*6 + 2*5} {
		text, err := os.ReadFile(filepath.Join(out, name))
		if got := strings.Count(string(text), "\n"); err != nil || got != lines {
			t.Errorf("%s has %d lines, want %d, %v", name, got, lines, err)
		}
	}
	if err := c.Write(out); err == nil {
		t.Error("it was written twice")
	}
}

// TestOtherStimuli compares measures alone where visible neurons are others.
func TestOtherStimuli(t *testing.T) {
	t.Parallel()
	dirs := made(t, []string{"bars.positions=3"}, []string{"bars.positions=4"})
	c, err := compare.Of(t.Context(), dirs)
	if err != nil || c.Matching != nil || !strings.HasSuffix(c.Unmatched, "run1 16") {
		t.Errorf("%+v, %v", c, err)
	}
	if !slices.Equal(c.Keys, []string{"bars.positions"}) || len(c.Cells) != 2 {
		t.Errorf("keys %v, cells %+v", c.Keys, c.Cells)
	}
}

// TestOtherData: runs of one config whose data were changed between them are not taken for runs of one
// experiment, and columns in another order are put in order by their names.
func TestOtherData(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	data := filepath.Join(root, "v.csv")
	var dirs []string
	for k, text := range []string{"a,b,c\n2,0,1\n0,3,0\n4,0,2\n2,3,1\n", "a,b,c\n2,0,1\n0,3,0\n4,0,2\n2,3,5\n", "c,a,b\n1,2,0\n0,0,3\n2,4,0\n1,2,3\n"} {
		if err := os.WriteFile(data, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		x, err := experiment.Read("own.toml", nil, []string{experiment.Setting("stimulus.path", data), "network.hidden=2", "learning.epochs=200", "figures=[]"})
		if err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, filepath.Join(root, fmt.Sprint("run", k)))
		if _, err := sim.Run(t.Context(), x, dirs[k], sim.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	c, err := compare.Of(t.Context(), dirs)
	if err != nil || !slices.Equal(c.Keys, []string{"stimuli"}) || len(c.Cells) != 3 {
		t.Fatalf("keys %v, cells %+v, %v", c.Keys, c.Cells, err)
	}
	if p := c.Matching.Pairs[1]; p.One != 0 || p.Other != 2 || p.Mean < 0.98 {
		t.Errorf("the same stimuli in another order: %+v", p)
	}
}
