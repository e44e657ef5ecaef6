package main

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/internal/tempfile"
	"partsnet/sim/experiment"
)

// partsnet runs a command line and returns what it prints.
func partsnet(args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(context.Background(), args, &out, &errs)
	return code, out.String(), errs.String()
}

// small is a run that ends at once.
var small = []string{"--set", "stimulus.count=70", "--set", "stimulus.side=8", "--set", "network.hidden=5", "--set", "learning.epochs=12"}

// smallScore makes a score short.
var smallScore = []string{"--set", "seeds=1", "--set", "over.learning.epochs=1", "--set", "over.stimulus.count=60", "--set", "over.recognition.steps=2"}

func TestRunWritesTheWholeDirectory(t *testing.T) {
	t.Parallel()
	for _, precision := range []string{"float64", "float32"} {
		if testing.Short() && precision == "float32" {
			continue
		}
		dir := filepath.Join(t.TempDir(), "r")
		code, stdout, stderr := partsnet(append([]string{"run", "faces", "--verbose", "--out", dir, "--set", "precision=" + precision}, small...)...)
		if code != 0 {
			t.Fatalf("exit %d: %s", code, stderr)
		}
		for _, want := range []string{filepath.Join(dir, "figures", "parts.png"), " of 49 true parts recovered", "D = ", "it rose at 0 records", "sign check passed"} {
			if !strings.Contains(stdout, want) {
				t.Errorf("stdout has no %q:\n%s", want, stdout)
			}
		}
		if !strings.HasPrefix(stderr, "epoch 1 of 12  D = ") || strings.Contains(stderr, "\r") {
			t.Errorf("progress off a terminal:\n%s", stderr)
		}
		for _, name := range []string{"config.toml", "manifest.json", "metrics.csv", "arrays/W.npy", "arrays/H.npy", "figures/parts.png",
			"figures/objective.png", "figures/decomposition.png", "figures/raster.png", "figures/time-course.png", "figures/recovery.png"} {
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}

// TestRunsAreRepeatable compares every file but the time in the manifest, from
// the config that the first run wrote.
func TestRunsAreRepeatable(t *testing.T) {
	if testing.Short() {
		t.Skip("two runs with all figures in two formats")
	}
	t.Parallel()
	root := t.TempDir()
	a, b := filepath.Join(root, "a"), filepath.Join(root, "b")
	if code, _, stderr := partsnet(append([]string{"run", "faces-gaussian", "--out", a, "--set", `figures=["png","pdf"]`}, small...)...); code != 0 {
		t.Fatal(stderr)
	}
	if code, _, stderr := partsnet("run", filepath.Join(a, "config.toml"), "--out", b); code != 0 {
		t.Fatal(stderr)
	}
	first, second := readManifest(t, a).Files, readManifest(t, b).Files
	if len(first) != 18 {
		t.Errorf("%d files in the manifest, want 18", len(first))
	}
	for name, sum := range first {
		if second[name] != sum {
			t.Errorf("%s differs on repeat", name)
		}
	}
}

func TestBadRequests(t *testing.T) {
	root := t.TempDir()
	taken := filepath.Join(root, "taken")
	if err := os.Mkdir(taken, 0o777); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		args []string
		want string
	}{
		{nil, "Usage:\n  partsnet COMMAND"},
		{[]string{"dance"}, `no command "dance"`},
		{[]string{"run"}, "expected one experiment, got none"},
		{[]string{"run", "a", "b"}, "expected one experiment, got 2 arguments"},
		{[]string{"run", "nothing"}, `no file and no shipped experiment "nothing"`},
		{[]string{"run", "nothing.toml"}, "there is no file nothing.toml"},
		{[]string{"run", "faces", "--bogus"}, "-bogus"},
		{[]string{"run", "faces", "--set", "seed=x"}, "seed = \"x\"; allowed is an integer"},
		{[]string{"run", "faces", "--set", "stimulus.path=/nonexistent/x.zip"}, "cannot read stimuli"},
		{append([]string{"run", "faces", "--out", taken}, small...), "is already there"},
		{[]string{"check", "faces", "--set", "learning.rule=gaussian"}, "must lower the same one"},
		{[]string{"show", "nothing"}, "no shipped experiment"},
		{[]string{"show"}, "show: expected the name of one experiment, score or probe, got none"},
		{[]string{"list", "x"}, "list: expected no argument, got 1"},
	}
	for _, tt := range tests {
		code, stdout, stderr := partsnet(tt.args...)
		if code != badRequest || stdout != "" || !strings.Contains(stderr, tt.want) {
			t.Errorf("%q: exit %d, stdout %q, stderr %q; want exit 2 and %q", tt.args, code, stdout, stderr, tt.want)
		}
	}
	if left, _ := os.ReadDir(root); len(left) != 1 {
		t.Errorf("refused runs left %v", left)
	}
}

func TestBarFitsTheTerminal(t *testing.T) {
	const line = "epoch 1 of 2  D = 1"
	for width, want := range map[int]string{
		80: "[████████████············] " + line,
		36: "[██████·······] " + line,
		29: line,
		10: line[:9],
		0:  "",
	} {
		if got := fitted(line, 0.5, width); got != want {
			t.Errorf("%d columns: %q, want %q", width, got, want)
		}
	}
}

// onFirst calls a function before the first thing is written that contains a text.
type onFirst struct {
	bytes.Buffer
	when string
	do   func()
}

func (w *onFirst) Write(b []byte) (int, error) {
	if w.do != nil && bytes.Contains(b, []byte(w.when)) {
		w.do()
		w.do = nil
	}
	return w.Buffer.Write(b)
}

// TestDiskThatFails lets a run begin and then fills the disk, or takes the
// folder away. The error says what could not be written and nothing is left.
func TestDiskThatFails(t *testing.T) {
	if testing.Short() {
		t.Skip("five runs")
	}
	t.Parallel()
	full := func(name string) func(partial string) error {
		return func(partial string) error {
			path := filepath.Join(partial, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
				return err
			}
			return os.Symlink("/dev/full", path) // every write to it finds no space left
		}
	}
	tests := []struct {
		figures string
		fail    func(partial string) error
		want    string
	}{
		{"[]", full("metrics.csv"), "cannot write metrics.csv: write DIR.partial/metrics.csv: no space left on device"},
		{"[]", full("arrays/H.npy"), "cannot write arrays/H.npy: write DIR.partial/arrays/H.npy: no space left on device"},
		{`["png"]`, full("figures/parts.png"), "cannot write figures/parts.png: write DIR.partial/figures/parts.png: no space left on device"},
		{"[]", full("manifest.json"), "cannot write manifest.json: write DIR.partial/manifest.json: no space left on device"},
		{"[]", func(partial string) error { return os.WriteFile(filepath.Join(partial, "arrays"), nil, 0o666) },
			"cannot write arrays/W.npy: mkdir DIR.partial/arrays: not a directory"},
	}
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no /dev/full")
	}
	for _, tt := range tests {
		root := t.TempDir()
		dir := filepath.Join(root, "r")
		var out bytes.Buffer
		errs := &onFirst{do: func() {
			if err := tt.fail(dir + ".partial"); err != nil {
				t.Error(err)
			}
		}}
		code := run(context.Background(), append([]string{"run", "faces", "--out", dir, "--set", "figures=" + tt.figures}, small...), &out, errs)
		lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
		got := strings.ReplaceAll(lines[len(lines)-1], dir, "DIR")
		if code != runFailed || got != "partsnet: "+tt.want {
			t.Errorf("exit %d, %q; want exit 1, %q", code, got, tt.want)
		}
		if left, _ := os.ReadDir(root); len(left) != 0 || out.Len() > 0 {
			t.Errorf("%v is left; stdout %q", left, out.String())
		}
	}
}

// TestPlaceThatCannotBeWritten asks for a run below a file.
func TestPlaceThatCannotBeWritten(t *testing.T) {
	file := tempfile.Write(t, "file", "")
	code, _, stderr := partsnet(append([]string{"run", "faces", "--out", filepath.Join(file, "r")}, small...)...)
	if code != badRequest || !strings.Contains(stderr, "not a directory") {
		t.Errorf("exit %d: %s", code, stderr)
	}
}

// TestShippedExperiments checks that each can be shown and resolved.
func TestShippedExperiments(t *testing.T) {
	_, listed, _ := partsnet("list")
	names := experiment.Shipped().Names()
	for _, name := range names {
		if !strings.Contains(listed, name) {
			t.Errorf("list does not name %s", name)
		}
		if code, text, stderr := partsnet("show", name); code != 0 || !strings.HasPrefix(text, "# ") {
			t.Errorf("show %s: %d %s", name, code, stderr)
		}
		if code, _, stderr := partsnet("check", name); code != 0 {
			t.Errorf("check %s: %d %s", name, code, stderr)
		}
	}
}

// TestReferenceConfig holds the annotated reference to the defaults.
func TestReferenceConfig(t *testing.T) {
	_, text, _ := partsnet("show", "reference")
	head, body, _ := strings.Cut(text, "\n\n")
	want := experiment.Default().TOML()
	if body == want {
		return
	}
	if !*update {
		t.Errorf("configs/reference.toml is behind the defaults (write it with -update); its body must be:\n%s", want)
	} else if err := os.WriteFile("../../configs/reference.toml", []byte(head+"\n\n"+want), 0o644); err != nil {
		t.Error(err)
	}
}

// TestRealFaces compares a run on the real faces with three seeds of an
// independent implementation: where the paper's stopping point has a published
// band the objective lies in it, and everything else lies in the interval in
// which those three predict a fourth with 95 %, mean ± t·s·√(1+1/3) with
// t = 4.303 for two degrees of freedom. A campaign.
func TestRealFaces(t *testing.T) {
	t.Parallel()
	suite.Campaign(t)
	path := shared.Path(t, "data", "mit-cbcl-faces", "faces-pgm.zip")
	dir := filepath.Join(t.TempDir(), "r")
	code, stdout, stderr := partsnet("run", "faces-cbcl", "--out", dir, "--set", "stimulus.path="+path, "--set", "figures=[]")
	if code != 0 {
		t.Fatal(stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "figures")); err == nil || strings.Contains(stdout, "open ") {
		t.Errorf("figures were drawn, or named, that nobody asked for:\n%s", stdout)
	}
	m := readManifest(t, dir)
	if d := m.Objective.Last; d < 14218 || d > 14564 {
		t.Errorf("D = %v after 500 epochs, want 14,218 to 14,564", d)
	}
	if m.Objective.Rises != 0 {
		t.Errorf("the objective rose %d times", m.Objective.Rises)
	}
	m.Measures["D at 50"] = recorded(t, dir, 50)
	m.Measures["D at 100"] = recorded(t, dir, 100)
	for name, seeds := range map[string][3]float64{
		"D at 50":            {21313.006, 20498.922, 20843.017},
		"D at 100":           {17103.697, 16684.547, 16667.379},
		"hoyer_parts":        {0.71787, 0.71443, 0.73287},
		"hoyer_rates":        {0.48084, 0.47783, 0.47108},
		"near_zero_parts":    {0.71389, 0.71649, 0.72712},
		"near_zero_rates":    {0.37083, 0.37675, 0.35636},
		"effective_area":     {0.14721, 0.14826, 0.13609},
		"spread":             {0.65685, 0.66488, 0.64351},
		"rmse":               {0.078146, 0.077717, 0.077283},
		"explained_variance": {0.79078, 0.79307, 0.79537},
	} {
		mean := (seeds[0] + seeds[1] + seeds[2]) / 3
		variance := 0.0
		for _, x := range seeds {
			variance += (x - mean) * (x - mean) / 2
		}
		reach := 4.303 * math.Sqrt(variance*4/3)
		if x := m.Measures[name]; math.Abs(x-mean) > reach {
			t.Errorf("%s is %v, want %v ± %v", name, x, mean, reach)
		}
	}
}

// manifest is what tests read of manifest.json.
type manifest struct {
	Objective struct {
		Last  float64
		Rises int
	}
	Measures map[string]float64
	Files    map[string]string
}

func readManifest(t *testing.T, dir string) manifest {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m manifest
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

// recorded returns the objective that metrics.csv has for an epoch.
func recorded(t *testing.T, dir string, epoch int) float64 {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "metrics.csv"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Split(line, ","); fields[0] == strconv.Itoa(epoch) {
			x, err := strconv.ParseFloat(fields[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			return x
		}
	}
	t.Fatalf("epoch %d is not in metrics.csv", epoch)
	return 0
}

// TestStimuliFromCSV gives numbers without a shape, then with one.
func TestStimuliFromCSV(t *testing.T) {
	if testing.Short() {
		t.Skip("two runs with figures")
	}
	t.Parallel()
	root := t.TempDir()
	file := filepath.Join(root, "v.csv")
	if err := os.WriteFile(file, []byte("1,0,2,0\n0,1,0,2\n1,1,2,2\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "faces", "--out", filepath.Join(root, "r"), "--set", "stimulus.path=" + file, "--set", "network.hidden=2", "--set", "learning.epochs=3"}
	if code, _, stderr := partsnet(args...); code != done {
		t.Errorf("without a shape: exit %d, %s", code, stderr)
	}
	if code, _, stderr := partsnet(append(args, "--set", "stimulus.height=2", "--set", "stimulus.width=3", "--out", filepath.Join(root, "wrong"))...); code != badRequest || !strings.Contains(stderr, "not images of 2×3") {
		t.Errorf("with a wrong shape: exit %d, %s", code, stderr)
	}
	code, stdout, stderr := partsnet(append(args, "--set", "stimulus.height=2", "--set", "stimulus.width=2", "--out", filepath.Join(root, "images"))...)
	if code != done || strings.Contains(stdout, "recovered") {
		t.Errorf("exit %d\n%s%s", code, stdout, stderr)
	}
}
