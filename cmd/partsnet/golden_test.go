package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/kernel"
)

var update = flag.Bool("update", false, "write what tests compare with: testdata/*.golden, docs/circuits.md, configs/reference.toml")

// golden compares a text with testdata/NAME.golden.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join(repository(t), "cmd", "partsnet", "testdata", name+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is no longer what the program prints; look at the difference and, if it is meant, run go test with -update:\n%s", path, firstDifference(got, string(want)))
	}
}

// firstDifference shows the first line in which two texts differ.
func firstDifference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "(nothing)", "(nothing)"
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			return "got  " + x + "\nwant " + y
		}
	}
	return ""
}

// repository returns the root of the repository, wherever the test has gone.
func repository(t *testing.T) string {
	t.Helper()
	return root
}

// root is found before any test changes the folder.
var root = func() string {
	dir, err := filepath.Abs("../..")
	if err != nil {
		panic(err)
	}
	return dir
}()

// TestHelp holds the help of every command and topic to testdata. Every command has
// examples, and every flag a description; no line is wider than 80 columns but for
// examples.
func TestHelp(t *testing.T) {
	for _, c := range all(newRoot()) {
		args := strings.Fields(c.CommandPath())[1:]
		code, stdout, stderr := partsnet(append([]string{"help"}, args...)...)
		if code != done || stderr != "" {
			t.Errorf("help %q: exit %d: %s", args, code, stderr)
		}
		golden(t, strings.Join(append([]string{"help"}, args...), "-"), stdout)
		for line := range strings.Lines(stdout) {
			if len([]rune(strings.TrimRight(line, "\n"))) > 80 && !strings.HasPrefix(line, "  partsnet ") {
				t.Errorf("help %q has a line wider than 80 columns: %s", args, line)
			}
		}
		if c.IsAdditionalHelpTopicCommand() {
			continue
		}
		for _, flag := range []string{"--help", "-h"} {
			if code, again, _ := partsnet(append(args, flag)...); code != done || again != stdout {
				t.Errorf("%q %s: exit %d, not the help", args, flag, code)
			}
		}
		if c.Example == "" || c.Long == "" || c.Short == "" {
			t.Errorf("%s has no example or no description", c.CommandPath())
		}
		for _, name := range flagNames(c) {
			if c.Flags().Lookup(name).Usage == "" {
				t.Errorf("%s --%s is not described", c.CommandPath(), name)
			}
		}
	}
}

// TestExamplesOfHelp checks that every example of the help names a command that there is
// and flags that it has.
func TestExamplesOfHelp(t *testing.T) {
	root := newRoot()
	for _, c := range all(root) {
		for _, line := range commandsOf(c.Example) {
			args, ours := wordsOf(t, strings.Split(line, " > ")[0])
			if !ours && line != "partsnet" {
				t.Errorf("%s: the example %q is no command of the program", c.CommandPath(), line)
				continue
			}
			found, rest, err := root.Find(args)
			if err != nil || found != c && found.Parent() != c && c != root && found != root {
				t.Errorf("%s: the example %q is one of %v, %v", c.CommandPath(), line, found.CommandPath(), err)
				continue
			}
			if err := found.ParseFlags(rest); err != nil {
				t.Errorf("%s: the example %q: %v", c.CommandPath(), line, err)
			}
		}
	}
}

// TestErrors holds what the program says of wrong requests to testdata.
func TestErrors(t *testing.T) {
	t.Chdir(t.TempDir())
	for name, text := range map[string]string{"V01.csv": "1,2\n", "mine.toml": "seed = 1\nlearning.epoch = 3\n", "emg.toml": "", "scores.toml": "seeds = 0\n[tasks.a]\nsizes = [3]\n", "run1/config.toml": "", "run1/manifest.json": "{}", "pictures/a.png": ""} {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var b strings.Builder
	for _, line := range []string{
		"runn faces", "runn --set x=1", "--bogus", "run", "run a b", "run face", "run Faces", "run faecs", "run figure-4", "run xyzzy", "run score/default",
		"run emgg.toml", "run nowhere/emg.toml", "run V01.csv", "run run1", "run pictures",
		"run bars --bogus", "run bars --sets a=1", "run bars -set a=1", "run bars --set", "run bars --set seed 3", "run bars seed=3", "run bars --set seed",
		"run bars --quiet --verbose", "run bars --json --verbose", "score bars", "score score/zero", "score a b", "score --against nothing.csv", "check score/zeros --changed", "run scores.toml", "check scores.toml", "check bars --out x",
		"check bars --resume", "show", "show bar", "list x", "data", "data lst", "data get", "data get faces", "verify", "verify run1 run2", "verify V01.csv",
		"cite", "cite nothing", "words run1", "words run1 a --least 2", "recognise run1", "recognise run1 V01.csv --steps 0", "recogniz run1", "completion", "completion ksh",
		"bench --problems X", "bench x", "version x", "help runn", "help run x",
	} {
		code, stdout, stderr := partsnet(strings.Fields(line)...)
		if code != badRequest || stdout != "" {
			t.Errorf("%s: exit %d, stdout %q; want exit 2 and nothing on stdout", line, code, stdout)
		}
		b.WriteString("$ partsnet " + line + "\n" + stderr + "\n")
	}
	golden(t, "errors", b.String())
}

// TestSummaries holds what commands print of a small run to testdata.
func TestSummaries(t *testing.T) {
	if testing.Short() {
		t.Skip("a dozen commands")
	}
	t.Chdir(t.TempDir())
	defer func(level string) {
		if err := kernel.Force(level); err != nil {
			t.Error(err)
		}
	}(kernel.Level())
	if err := kernel.Force("portable"); err != nil { // whose bits are the same on every machine
		t.Fatal(err)
	}
	var b strings.Builder
	do := func(args ...string) {
		t.Helper()
		code, stdout, stderr := partsnet(args...)
		if code != done {
			t.Errorf("%q: exit %d: %s", args, code, stderr)
		}
		b.WriteString("$ " + commandLine(args...) + "\n" + timeless(stdout) + "\n")
	}
	do("run", "bars", "--out", "r", "--set", "learning.epochs=200", "--set", `figures=["png"]`, "--set", "precision=float64")
	do("run", "bars", "--out", "v", "--verbose", "--set", "learning.epochs=20", "--set", "restarts=3", "--set", "figures=[]")
	do("run", "bars", "--out", "j", "--json", "--set", "learning.epochs=20", "--set", "figures=[]")
	do("run", "bars", "--out", "q", "--quiet", "--set", "learning.epochs=20", "--set", "figures=[]")
	do("run", "bars", "--out", "q", "--resume", "--set", "learning.epochs=20", "--set", "figures=[]")
	do("recognise", "r", "", "--set", "stimulus.count=20", "--set", "seed=3", "--set", "figures=[]")
	do("recognise", "r", "", "--set", "stimulus.count=20", "--set", "seed=3", "--set", "figures=[]", "--json")
	do("recognize", "r", "", "--set", "stimulus.count=20", "--set", "seed=3", "--set", "figures=[]", "--quiet", "--out", "a")
	do("run", "paper/figure-4", "--quiet", "--set", "seed=1", "--out", "topics", "--set", "figures=[]")
	do("check", "score/zeros", "--set", "seeds=2")
	do("words", "topics", "lead", "bank")
	golden(t, "summaries", b.String())
}

// timeless replaces what differs from run to run and machine to machine.
func timeless(text string) string {
	text = regexp.MustCompile(`(?m)^time( +)[0-9.]+ s$`).ReplaceAllString(text, "time${1}0.0 s")
	return regexp.MustCompile(`"seconds": [0-9.e-]+`).ReplaceAllString(text, `"seconds": 0`)
}

// TestInterrupted ends commands by their context: they exit with 130, and print the
// command that continues.
func TestInterrupted(t *testing.T) {
	t.Chdir(t.TempDir())
	ctx, cancel := context.WithCancel(context.Background())
	var out strings.Builder
	errs := &onFirst{do: cancel}
	code := run(ctx, append([]string{"run", "faces", "--set", "figures=[]"}, small...), &out, errs)
	lines := strings.Split(strings.TrimSpace(errs.String()), "\n")
	last := strings.TrimSpace(lines[len(lines)-1])
	if want := "partsnet run faces --set 'figures=[]' "; code != interrupted || out.Len() > 0 || !strings.HasPrefix(last, want) || !strings.HasSuffix(last, " --out runs/faces-1999 --resume") {
		t.Errorf("exit %d, %q; want exit 130 and %s...", code, errs, want)
	}
	args, ours := wordsOf(t, last)
	if !ours {
		t.Fatal(last)
	}
	if code, stdout, stderr := partsnet(args...); code != done || !strings.Contains(strings.Join(strings.Fields(stdout), " "), "resumed after epoch 1 ") {
		t.Errorf("exit %d: %s%s", code, stdout, stderr)
	}
}

// TestResumeWithoutOut continues the interrupted run of the same experiment, whatever else
// has the usual place: a finished run of it, runs of other experiments, finished and
// interrupted; the newest of several. Where nothing of the experiment was interrupted it
// names the finished run, and never that of another experiment.
func TestResumeWithoutOut(t *testing.T) {
	if testing.Short() {
		t.Skip("a dozen runs")
	}
	t.Chdir(t.TempDir())
	one := append([]string{"run", "faces", "--set", "figures=[]"}, small...)
	other := append(slices.Clone(one), "--set", "learning.epochs=9")
	finish := func(args []string) {
		t.Helper()
		if code, _, stderr := partsnet(args...); code != done {
			t.Fatal(stderr)
		}
	}
	interrupt := func(args []string, dir string) {
		t.Helper()
		ctx, cancel := context.WithCancel(context.Background())
		if code := run(ctx, args, new(strings.Builder), &onFirst{when: "epoch 1 of", do: cancel}); code != interrupted {
			t.Fatalf("exit %d", code)
		}
		if _, err := os.Stat(dir + ".partial"); err != nil {
			t.Fatal(err)
		}
	}
	resume := func(args []string, want string) {
		t.Helper()
		code, stdout, stderr := partsnet(append(slices.Clone(args), "--resume")...)
		if code != done || !strings.Contains(stdout, want) {
			t.Errorf("exit %d, want %s: %s%s", code, want, stdout, stderr)
		}
	}
	interrupt(one, "runs/faces-1999")
	interrupt(other, "runs/faces-1999-2")
	resume(one, "runs/faces-1999;")
	resume(one, "runs/faces-1999 is finished already")
	interrupt(one, "runs/faces-1999-3") // beside a finished run of the same experiment
	resume(one, "runs/faces-1999-3;")
	resume(other, "runs/faces-1999-2;")
	resume(other, "runs/faces-1999-2 is finished already")
	interrupt(other, "runs/faces-1999-4")
	interrupt(other, "runs/faces-1999-5")
	resume(other, "runs/faces-1999-5;")
	resume(other, "runs/faces-1999-4;")
	third := append(slices.Clone(one), "--set", "learning.epochs=8")
	resume(third, "runs/faces-1999-6;") // nothing of it was begun
	finish(third)
	_, _, stderr := partsnet(append(slices.Clone(third), "--set", "learning.epochs=7")...)
	if want := "partsnet: runs/faces-1999 is taken by a run with other settings: learning.epochs was 12 and is 7; this run goes to runs/faces-1999-8\n"; !strings.HasPrefix(stderr, want) {
		t.Errorf("got %q, want %q", stderr, want)
	}
}
