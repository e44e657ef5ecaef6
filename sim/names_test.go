package sim_test

import (
	"context"
	"encoding/csv"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/proof"
	"partsnet/sim/simtest"
)

// table reads a table of a directory.
func table(t *testing.T, dir, name string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(read(t, dir, name))).ReadAll()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

// holds compares the numbers of a labelled table with those of an array, bit by bit.
func holds(t *testing.T, dir, name, array string) {
	t.Helper()
	a, err := npy.ReadFile(filepath.Join(dir, filepath.FromSlash(array)))
	if err != nil {
		t.Fatal(err)
	}
	var numbers []float64
	for _, row := range table(t, dir, name)[1:] {
		for _, field := range row[1:] {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			numbers = append(numbers, x)
		}
	}
	if !slices.EqualFunc(numbers, a.Values, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) }) {
		t.Errorf("%s does not hold the numbers of %s", name, array)
	}
}

// TestNamesComeOut runs with names that are awkward in tables, on a table and on an array that is
// mapped, in both precisions: the tables with names read back with the numbers of the arrays, an
// answer has the names too, and verify proves the tables as all files.
func TestNamesComeOut(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	rows := signals(t, at("all.csv"), 24, 4, 1)
	neurons := []string{"biceps, long head", `the "TA"`, " Göğüs ", "SO L"}
	var titles []string
	for i := range rows {
		titles = append(titles, `step "`+strconv.Itoa(i)+`", left`)
	}
	write(t, at("neurons.txt"), strings.Join(neurons, "\n")+"\n")
	write(t, at("titles.txt"), strings.Join(titles, "\n")+"\n")
	slices.Reverse(neurons)
	write(t, at("turned.txt"), strings.Join(neurons, "\n")+"\n")
	slices.Reverse(neurons)
	var values []float64
	for _, field := range strings.Split(strings.Join(rows, ","), ",") {
		x, err := strconv.ParseFloat(field, 64)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, x)
	}
	array(t, at("all.npy"), 24, 4, values)
	named := []string{experiment.Setting("stimulus.neurons", at("neurons.txt")), experiment.Setting("stimulus.titles", at("titles.txt"))}
	for _, tt := range []struct {
		file     string
		settings []string
	}{{"all.csv", nil}, {"all.csv", []string{"precision=float32"}}, {"all.npy", []string{"stimulus.map=true"}}} {
		run := learned(t, at(tt.file), slices.Concat(named, tt.settings)...)
		if got := table(t, run, "W.csv")[0][1:]; !slices.Equal(got, neurons) {
			t.Errorf("%v: the columns of W.csv are %q", tt, got)
		}
		for i, row := range table(t, run, "H.csv")[1:] {
			if row[0] != titles[i] {
				t.Errorf("%v: row %d of H.csv is called %q", tt, i, row[0])
			}
		}
		holds(t, run, "W.csv", "arrays/W.npy")
		holds(t, run, "H.csv", "arrays/H.npy")
		if got := table(t, run, "features.csv")[1][2]; !slices.Contains(neurons, got) {
			t.Errorf("%v: a feature is called %q", tt, got)
		}
		rec := recognised(t, run, at("all.csv"), named...)
		if got := table(t, rec.Dir, "H.csv")[3][0]; got != titles[2] {
			t.Errorf("%v: an answer is called %q", tt, got)
		}
		holds(t, rec.Dir, "H.csv", "arrays/H.npy")
		if tt.file == "all.npy" {
			refused(t, run, "in another order, and is mapped as it is; allowed is stimulus.map = false", experiment.Setting("stimulus.path", at("all.npy")), experiment.Setting("stimulus.neurons", at("turned.txt")))
		}
		if v, err := sim.Verify(context.Background(), run, nil); err != nil || v.Verdict != proof.Same {
			t.Errorf("%v: %+v, %v", tt, v, err)
		}
		write(t, filepath.Join(run, "W.csv"), strings.Replace(read(t, run, "W.csv"), "biceps", "triceps", 1))
		if v, err := sim.Verify(context.Background(), run, nil); err != nil || v.Verdict != proof.Different || !strings.Contains(strings.Join(v.Details, "\n"), "W.csv was changed since") {
			t.Errorf("%v: a name in W.csv was changed: %+v, %v", tt, v, err)
		}
	}
	for tables, want := range map[string]bool{"always": true, "never": false} {
		settings := []string{"tables=" + tables}
		if !want {
			settings = append(settings, named...)
		}
		files := simtest.Files(t, learned(t, at("all.csv"), settings...))
		for _, name := range []string{"W.csv", "H.csv"} {
			if _, written := files[name]; written != want {
				t.Errorf("tables = %q: %s is written: %v", tables, name, written)
			}
		}
	}
	if _, written := simtest.Files(t, learned(t, at("all.csv")))["W.csv"]; written {
		t.Error("a table with names is written where there are none")
	}
}

// array writes an NPY file of float64.
func array(t *testing.T, path string, rows, cols int, values []float64) {
	t.Helper()
	var b strings.Builder
	if err := npy.WriteRows(&b, rows, cols, func(i int) []float64 { return values[i*cols : (i+1)*cols] }); err != nil {
		t.Fatal(err)
	}
	write(t, path, b.String())
}

// TestSharedNamesAreTold names two neurons and two stimuli alike.
func TestSharedNamesAreTold(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	signals(t, at("all.csv"), 4, 3, 1)
	write(t, at("neurons.txt"), "TA\nSOL\nTA\n")
	write(t, at("titles.txt"), "a\nb\nb\nb\n")
	run := learned(t, at("all.csv"), experiment.Setting("stimulus.neurons", at("neurons.txt")))
	said := strings.Join(recognised(t, run, at("all.csv"), experiment.Setting("stimulus.neurons", at("neurons.txt")), experiment.Setting("stimulus.titles", at("titles.txt"))).Read, "\n")
	for _, want := range []string{`two visible neurons have one name: "TA" of 0 and 2 (counted from 0)`, `2 stimuli have a name that one before has, the first "b" of 1 and 2`} {
		if !strings.Contains(said, want) {
			t.Errorf("said %q, want %s", said, want)
		}
	}
}
