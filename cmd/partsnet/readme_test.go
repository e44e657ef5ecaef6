package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/probe"
)

// standIns replace, in the commands of the documents, what is the reader's own.
var standIns = strings.NewReplacer(" RUN", " runs/texts-1999", "FACES", "examples/faces.zip", "MINE.csv", "examples/walking.csv")

// shortened are further arguments, by the beginning of a command of the documents, that
// make it end soon: fewer stimuli, neurons, epochs and seeds, no figures.
var shortened = []struct {
	begins string
	more   []string
}{
	{"run paper/figure-4", []string{"--set", "figures=[]"}},
	{"run texts", []string{"--set", "figures=[]"}},
	{"run images", unlimited},
	{"run table", unlimited},
	{"run swimmer", unlimited},
	{"run synergies", unlimited},
	{"run faces-cbcl", unlimited},
	{"run", []string{"--set", "figures=[]", "--set", "stimulus.count=70", "--set", "network.hidden=5", "--set", "learning.epochs=12"}},
	{"sweep bars", []string{"--set", "stimulus.count=70", "--set", "learning.epochs=12"}},
	{"parts bars", []string{"--starts", "2", "--set", "figures=[]", "--set", "stimulus.count=70", "--set", "learning.epochs=12"}},
	{"parts synergies", []string{"--starts", "2", "--set", "figures=[]", "--set", "learning.epochs=12"}},
	{"score score/", smallScore},
	{"score", append([]string{"--set", `only.tasks=["bars-or"]`, "--set", `only.rules=["poisson"]`}, smallScore...)},
	{"bench", []string{"--quick", "--problems", "A"}},
}

// unlimited shortens runs of all stimuli that there are, whose number cannot be set.
var unlimited = []string{"--set", "figures=[]", "--set", "network.hidden=5", "--set", "learning.epochs=3"}

// elsewhere are the beginnings of commands of the documents that this test does not run,
// and why.
var elsewhere = map[string]string{
	"go install ./cmd/partsnet": "the tests build the program",
	"go test ./":                "these are tests",
	"PARTSNET_":                 "campaigns of hours; .ci/run has short ones",
	".ci/":                      "the continuous checks, of which this is one",
	"apt-get install ":          "other programs, to compare with",
	"go run ./bench ":           "compares with those",
	"partsnet sweep bars.toml --engine slurm": "needs Slurm, which .ci/slurm installs",
}

// TestReadmeCommands runs every command of README.md and docs/ that begins the program,
// as the shell reads it, and made short. Any other command must be in the script of the
// continuous checks or in the list above. Experiments in TOML are checked.
func TestReadmeCommands(t *testing.T) {
	if testing.Short() {
		t.Skip("every command of the documents")
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(root, ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, dir := range []string{"examples", "docs", "configs"} {
		if err := os.Symlink(filepath.Join(root, dir), dir); err != nil {
			t.Fatal(err)
		}
	}
	ran := 0
	for _, document := range append([]string{filepath.Join(root, "README.md")}, documents...) {
		name := filepath.Base(document)
		for _, b := range codeBlocks(t, document) {
			switch b.language {
			case "toml":
				checkExperiment(t, name, b.text)
				continue
			case "python":
				runPython(t, name, b.text)
				continue
			case "", "sh", "console":
			default:
				continue
			}
			for _, line := range commandsOf(b.text) {
				args, ours := wordsOf(t, line)
				switch {
				case isElsewhere(line):
				case ours:
					if code, _, stderr := partsnet(made(args)...); code != done {
						t.Errorf("%s: %s: exit %d: %s", name, line, code, stderr)
					}
					ran++
				case !strings.Contains(string(script), line):
					t.Errorf("%s: %q is run by no test and not by .ci/run", name, line)
				}
			}
		}
	}
	if ran < 20 {
		t.Errorf("the documents have %d commands of the program; expected 20", ran)
	}
}

// made returns the arguments that are run for those of a document.
func made(args []string) []string {
	line := strings.Join(args, " ")
	for _, s := range shortened {
		if !strings.HasPrefix(line+" ", s.begins) {
			continue
		}
		for k := 0; k < len(s.more); k++ {
			if s.more[k] != "--set" {
				args = append(args, s.more[k])
				continue
			}
			// What the document sets stays as it is, but not how long it takes.
			k++
			if key, _, _ := strings.Cut(s.more[k], "="); !strings.Contains(line, key+"=") || strings.Contains(key, "epochs") || key == "seeds" {
				args = append(args, "--set", s.more[k])
			}
		}
		return args
	}
	return args
}

// isElsewhere reports whether a command need not be run here.
func isElsewhere(line string) bool {
	for begins := range elsewhere {
		if strings.HasPrefix(line, begins) {
			return true
		}
	}
	return false
}

// block is a block of code in a document.
type block struct{ language, text string }

func codeBlocks(t *testing.T, path string) (blocks []block) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.Split("\n"+string(text), "\n```")
	for k := 1; k < len(parts); k += 2 {
		language, body, _ := strings.Cut(parts[k], "\n")
		blocks = append(blocks, block{strings.TrimSpace(language), body})
	}
	return blocks
}

// commandsOf returns the commands of a block, without comments; a command goes on after
// a backslash at the end of a line.
func commandsOf(text string) (lines []string) {
	text = strings.ReplaceAll(text, "\\\n", " ")
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(" "+line, " #")
		if line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "$ ")); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// wordsOf returns the arguments of a command of the program as a shell reads them, false
// for another command.
func wordsOf(t *testing.T, line string) ([]string, bool) {
	t.Helper()
	for _, begins := range []string{"partsnet ", "go run ./cmd/partsnet "} {
		if rest, ok := strings.CutPrefix(line, begins); ok {
			out, err := exec.Command("sh", "-c", `printf '%s\0' `+standIns.Replace(" "+rest)).Output()
			if err != nil {
				t.Fatal(errors.Join(err, errors.New(line)))
			}
			return slices.DeleteFunc(strings.Split(string(out), "\x00"), func(s string) bool { return s == "" }), true
		}
	}
	return nil, false
}

// runPython runs a block of Python where there is one with the packages that it imports.
func runPython(t *testing.T, name, text string) {
	t.Helper()
	var packages []string
	for _, p := range []string{"numpy", "pandas", "xarray"} {
		if strings.Contains(text, "import "+p) {
			packages = append(packages, p)
		}
	}
	python := ""
	for _, p := range []string{"python3", "/usr/bin/python3"} { // Debian's may be hidden by another
		if python == "" && exec.Command(p, append([]string{"-c", "import importlib.util, sys; sys.exit(None in map(importlib.util.find_spec, sys.argv[1:]))"}, packages...)...).Run() == nil {
			python = p
		}
	}
	if python == "" {
		t.Logf("%s: there is no python3 with %s; its Python is not run", name, strings.Join(packages, ", "))
		return
	}
	if out, err := exec.Command(python, "-c", text).CombinedOutput(); err != nil {
		t.Errorf("%s: %v: %s\n%s", name, err, out, text)
	}
}

// checkExperiment validates an experiment or a probe of a document.
func checkExperiment(t *testing.T, name, text string) {
	t.Helper()
	if _, _, err := probe.Read(name, []byte(text), nil); err == nil {
		return
	}
	file := tempfile.Write(t, "experiment.toml", text)
	if code, _, stderr := partsnet("check", file); code != done {
		t.Errorf("%s: the experiment in TOML is refused: %s", name, stderr)
	}
}
