package sim_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// signals writes a table of m stimuli of n values, mixed of two parts, and returns its rows.
func signals(t *testing.T, path string, m, n int, gain float64) (rows []string) {
	t.Helper()
	for i := range m {
		var fields []string
		for j := range n {
			a, b := float64((i*7)%11)/11, float64((i*5+3)%13)/13
			part := a
			if j%2 == 1 {
				part = b
			}
			fields = append(fields, fmt.Sprint(gain*(part*float64(1+j)+0.05)))
		}
		rows = append(rows, strings.Join(fields, ","))
	}
	write(t, path, strings.Join(rows, "\n")+"\n")
	return rows
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// learned runs a small experiment on a file and returns the directory.
func learned(t *testing.T, path string, settings ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	x := simtest.Experiment(t, append([]string{experiment.Setting("stimulus.path", path), "network.hidden=2", "learning.epochs=40", "figures=[]", "measures=[]"}, settings...)...)
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// recognised shows a file to a run.
func recognised(t *testing.T, run, path string, settings ...string) *recall.Recognition {
	t.Helper()
	rec, err := recall.Recognise(context.Background(), run, append([]string{experiment.Setting("stimulus.path", path)}, settings...), filepath.Join(t.TempDir(), "answer"), 0)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// rates returns the hidden rates of an answer.
func rates(t *testing.T, rec *recall.Recognition) []float64 {
	t.Helper()
	h, err := npy.ReadFile(filepath.Join(rec.Dir, "arrays", "H.npy"))
	if err != nil {
		t.Fatal(err)
	}
	return h.Values
}

// TestRecogniseScalesAsTheTraining shows one of the stimuli of a run alone, a dim one: it is
// scaled by the constants that the run has found in all of them, not by its own.
func TestRecogniseScalesAsTheTraining(t *testing.T) {
	dir := t.TempDir()
	all, one := filepath.Join(dir, "all.csv"), filepath.Join(dir, "one.csv")
	rows := signals(t, all, 24, 6, 0.3)
	write(t, one, rows[9]+"\n")
	for _, scaling := range []string{"unit-maximum", "lee-seung", "shifted", "none"} {
		run := learned(t, all, "stimulus.scaling="+scaling)
		among, alone := recognised(t, run, all), recognised(t, run, one)
		if got, want := rates(t, alone), rates(t, among)[18:20]; !slices.Equal(got, want) {
			t.Errorf("%s: a stimulus alone answers %v, and %v among those of the training", scaling, got, want)
		}
		if alone.Read != nil {
			t.Errorf("%s: said %q", scaling, alone.Read)
		}
	}

	// What the user asks for is done, and said.
	run := learned(t, all, "stimulus.scaling=unit-maximum")
	if asked := recognised(t, run, one, "stimulus.scaling=none"); !strings.Contains(strings.Join(asked.Read, "\n"), `scaled by "none", as asked for, where the training scaled by "unit-maximum"`) {
		t.Errorf("said %q", asked.Read)
	}

	// The constants are kept to the last bit, and what is no constant of the scaling is refused.
	manifest(t, run, func(m map[string]any) {
		kept := m["stimuli"].(map[string]any)["scaling_constants"].(map[string]any)
		want := 0.0
		for _, field := range strings.Split(strings.Join(rows, ","), ",") {
			x, err := strconv.ParseFloat(field, 64)
			if want = max(want, x); err != nil {
				t.Fatal(err)
			}
		}
		if kept["maximum"] != want {
			t.Errorf("the run kept %v; the largest value is %v", kept, want)
		}
		delete(m["stimuli"].(map[string]any), "scaling_constants")
	})
	old := recognised(t, run, one)
	if !strings.Contains(strings.Join(old.Read, "\n"), `scaled by "unit-maximum" from these stimuli alone: the run was made by an earlier version`) {
		t.Errorf("of a run without constants was said %q", old.Read)
	}
	manifest(t, run, func(m map[string]any) { m["stimuli"].(map[string]any)["scaling_constants"] = map[string]any{"median": 3} })
	if _, err := recall.Recognise(context.Background(), run, nil, filepath.Join(t.TempDir(), "a"), 0); err == nil || !strings.Contains(err.Error(), `stimuli.scaling_constants: the scaling "unit-maximum" has no constant "median"`) {
		t.Errorf("got %v", err)
	}
}

// TestAutoScalingIsThatOfTheTraining trains on images, whose automatic scaling is that of the
// paper, and shows the same numbers as a table, whose own would be none.
func TestAutoScalingIsThatOfTheTraining(t *testing.T) {
	dir := t.TempDir()
	var rows []string
	for i := range 12 {
		var fields []string
		for j := range 16 {
			fields = append(fields, fmt.Sprint((i*31+j*j*7)%200))
		}
		rows = append(rows, strings.Join(fields, ","))
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.pgm", i)), "P2 4 4 255\n"+strings.Join(fields, " ")+"\n")
	}
	table := filepath.Join(t.TempDir(), "same.csv")
	write(t, table, strings.Join(rows, "\n")+"\n")
	run := learned(t, dir, "stimulus.scaling=auto")
	images, numbers := recognised(t, run, dir), recognised(t, run, table)
	if !slices.Equal(rates(t, images), rates(t, numbers)) || images.Objective != numbers.Objective {
		t.Errorf("%s = %v of images and %v of the same numbers in a table", images.Symbol, images.Objective, numbers.Objective)
	}
}
