package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
)

// tableRun runs the experiment of tables on a text for two epochs and returns what is printed.
func tableRun(t *testing.T, dir, text string, set ...string) (code int, stdout, stderr string) {
	t.Helper()
	path := tempfile.Write(t, "a.csv", text)
	args := []string{"run", "table", "--out", dir, "--set", "network.hidden=2", "--set", "learning.epochs=2", "--set", "figures=[]", "--set", "stimulus.path=" + path}
	for _, s := range set {
		args = append(args, "--set", s)
	}
	return partsnet(args...)
}

// stimuliRead is what the manifest says of the stimuli.
type stimuliRead struct {
	Read        []string
	Count, Size int
}

func stimuliOf(t *testing.T, dir string) stimuliRead {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	var m struct{ Stimuli stimuliRead }
	if err == nil {
		err = json.Unmarshal(data, &m)
	}
	if err != nil {
		t.Fatal(err)
	}
	return m.Stimuli
}

// unwrapped is what is printed without the line breaks of wrapped lines.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestWhatWasReadIsSaid finds in the summary, the JSON, the manifest and the answer of recognise
// what was found in a table, and the names in the run directory.
func TestWhatWasReadIsSaid(t *testing.T) {
	t.Parallel()
	const (
		text = "time;TA;SOL;state\n0;0,5;1;on\n0,1;0,25;0;off\n0,2;2;-0,125;off\n"
		line = "read 3 stimuli of 2 values; names of columns from line 1; column 1 (time) is the axis, 0 to 0.2; left out: column 4 (state); separated by semicolons, decimal commas; " +
			"1 negative value was set to 0, the lowest -0.125; values from 0 to 2, 33.3 % of them 0"
	)
	dir := filepath.Join(t.TempDir(), "r")
	code, stdout, stderr := tableRun(t, dir, text, "stimulus.columns=[-4]", "stimulus.rectify=true")
	if code != done || !strings.HasPrefix(unwrapped(stdout), line+" learned ") {
		t.Fatalf("exit %d: %s\n%s", code, stdout, stderr)
	}
	names, err := os.ReadFile(filepath.Join(dir, "neurons.txt"))
	if err != nil || string(names) != "TA\nSOL\n" {
		t.Errorf("neurons.txt: %q, %v", names, err)
	}
	phrases := stimuliOf(t, dir).Read
	if got := "read " + strings.Join(phrases, "; "); got != line {
		t.Errorf("the manifest says %s", got)
	}
	// New stimuli are read with the settings of the run.
	fresh := tempfile.Write(t, "b.csv", "time;TA;SOL;state\n0;0,75;1,5;on\n")
	code, stdout, stderr = partsnet("recognise", dir, fresh, "--steps", "2", "--out", dir+"-answer", "--json")
	if code != done {
		t.Fatal(stderr)
	}
	var said struct{ Read []string }
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || len(said.Read) != 7 || said.Read[0] != "1 stimulus of 2 values" || said.Read[6] != "values from 0.75 to 1.5, none of them 0" {
		t.Errorf("recognise says %q, %v", said.Read, err)
	}
}

// TestNegativeValuesAreJudgedAfterScaling runs what a scaling leaves without negative values, and
// refuses what it does not, with the key.
func TestNegativeValuesAreJudgedAfterScaling(t *testing.T) {
	t.Parallel()
	const text = "1,2,4\n3,-0.25,5\n"
	if code, stdout, stderr := tableRun(t, filepath.Join(t.TempDir(), "r"), text, "stimulus.scaling=lee-seung"); code != done || !strings.Contains(unwrapped(stdout), "values from -0.25 to 5, none of them 0; scaled by \"lee-seung\"") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
	for _, tt := range []struct{ scaling, want string }{
		{"none", "stimulus 1, visible neuron 1 (counted from 0) has the value -0.25; rates are finite and never negative; stimulus.rectify = true sets negative values to 0"},
		{"unit-maximum", `after stimulus.scaling = "unit-maximum": `},
	} {
		if code, _, stderr := tableRun(t, filepath.Join(t.TempDir(), "r"), text, "stimulus.scaling="+tt.scaling); code != badRequest || !strings.Contains(stderr, tt.want) {
			t.Errorf("%s: exit %d: %s", tt.scaling, code, stderr)
		}
	}
}

// TestOneSignalALine transposes a table of one named signal a line.
func TestOneSignalALine(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "r")
	if code, _, stderr := tableRun(t, dir, "muscle,t0,t1,t2\nTA,1,2,3\nINF,4,5,6\n", "stimulus.transpose=true"); code != done {
		t.Fatal(stderr)
	}
	for file, want := range map[string]string{"neurons.txt": "TA\nINF\n", "titles.txt": "t0\nt1\nt2\n"} {
		if got, err := os.ReadFile(filepath.Join(dir, file)); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", file, got, err)
		}
	}
	if s := stimuliOf(t, dir); s.Count != 3 || s.Size != 2 || !slices.Contains(s.Read, "transposed: each column is a stimulus") {
		t.Errorf("%+v", s)
	}
}

// TestTheTableOfAnArchive reads it by the keys of tables.
func TestTheTableOfAnArchive(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "a.zip")
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("data/V.csv")
	if err == nil {
		_, err = w.Write([]byte("0,1\n2,3\n4,5\n"))
	}
	if err := errors.Join(err, z.Close(), os.WriteFile(path, b.Bytes(), 0o666)); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := partsnet("look", path, "--set", "stimulus.header=yes", "--json")
	var said looked
	if err := json.Unmarshal([]byte(stdout), &said); err != nil || code != done || said.Stimuli != 2 || !slices.Equal(said.Neurons, []string{"0", "1"}) {
		t.Errorf("exit %d: %s%s, %v", code, stdout, stderr, err)
	}
}

// TestKeysOfTablesAlone refuses them for stimuli that are no tables, and marks that exclude each
// other.
func TestKeysOfTablesAlone(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"check", "bars", "--set", "stimulus.header=yes"}, `stimulus.header = "yes" does not apply to generator "bars"; it applies to a table of numbers in text in stimulus.path`},
		{[]string{"check", "table", "--set", "stimulus.path=V.npy", "--set", "stimulus.time=1"}, `stimulus.time = "1" does not apply to the stimuli of V.npy`},
		{[]string{"check", "bars", "--set", "stimulus.rectify=true"}, `stimulus.rectify = true does not apply to generator "bars"`},
		{[]string{"check", "table", "--set", "stimulus.decimal=,", "--set", "stimulus.thousands=,"}, `stimulus.decimal and stimulus.thousands are both ","`},
		{[]string{"check", "table", "--set", "stimulus.columns=[1,1]"}, `allowed is a list of names or numbers, each at most once`},
		{[]string{"check", "table", "--set", "stimulus.missing=none"}, `stimulus.missing = "none"; allowed is one of "refuse", "mask"`},
		{[]string{"check", "bars", "--set", "stimulus.missing=mask"}, `stimulus.missing = "mask" does not apply to generator "bars"; it applies to stimuli from a file`},
	} {
		if code, _, stderr := partsnet(tt.args...); code != badRequest || !strings.Contains(stderr, tt.want) {
			t.Errorf("%q: exit %d: %s", tt.args, code, stderr)
		}
	}
}
