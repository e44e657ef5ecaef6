package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"partsnet/internal/kernel"
	"partsnet/internal/suite"
	"partsnet/sim/simtest"
)

// TestKills kills a run at random moments, goes on until it ends, and compares every
// file with the uninterrupted run. A campaign of 5 kills, and of 100 where it is full.
func TestKills(t *testing.T) {
	suite.Campaign(t)
	if runtime.GOOS == "windows" {
		t.Skip("no SIGKILL")
	}
	kills := 5
	if suite.Full() {
		kills = 100
	}
	root := t.TempDir()
	program := built(t)
	args := func(dir string) []string {
		return []string{"run", "faces", "--out", dir, "--resume", "--set", "stimulus.count=600", "--set", "stimulus.side=16", "--set", "network.hidden=20",
			"--set", "learning.epochs=400", "--set", "checkpoint.epochs=7", "--set", "look.frames=8", "--set", "look.network=true",
			"--set", `network.constraints=["non-negative", "one-active"]`}
	}
	whole := filepath.Join(root, "whole")
	begin := time.Now()
	if out, err := exec.Command(program, args(whole)...).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	usual := time.Since(begin)
	want := simtest.Files(t, whole)
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	killed, runs := 0, 0
	for killed < kills {
		dir := filepath.Join(root, "r"+strconv.Itoa(runs))
		runs++
		patience := killed + 1 + rng.IntN(12) // kills until this run may end
		for ended := false; !ended; {
			command := exec.Command(program, args(dir)...)
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			moment := time.Duration(rng.Float64() * 0.9 * float64(usual))
			if killed >= min(kills, patience) {
				moment = time.Hour
			}
			timer := time.AfterFunc(moment, func() { _ = command.Process.Kill() })
			err := command.Wait()
			if timer.Stop() || err == nil {
				if err != nil {
					t.Fatalf("after %d kills the run fails: %v", killed, err)
				}
				ended = true
			} else {
				killed++
			}
		}
		simtest.Same(t, "run "+strconv.Itoa(runs), simtest.Results(simtest.Files(t, dir)), want)
	}
	t.Logf("%d kills in %d runs, %d files compared in each", killed, runs, len(want))
}

// TestSignals ends a run with SIGTERM, which leaves a checkpoint and says how to go on,
// and lets a reader of its output go away, which changes nothing.
func TestSignals(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no such signals")
	}
	root := t.TempDir()
	program := built(t)
	dir := filepath.Join(root, "r")
	args := []string{"run", "faces", "--out", dir, "--resume", "--set", "stimulus.count=600", "--set", "stimulus.side=16", "--set", "figures=[]"}
	command := exec.Command(program, append(args, "--set", "learning.epochs=100000")...)
	stderr, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	lines.Scan() // the first epoch has ended
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	last := ""
	for lines.Scan() {
		last = lines.Text()
	}
	if err := command.Wait(); err == nil || command.ProcessState.ExitCode() != 128+int(syscall.SIGTERM) || !strings.HasPrefix(last, "  partsnet run faces --set ") || !strings.HasSuffix(last, "--out "+dir+" --resume") {
		t.Errorf("%v, %q", err, last)
	}
	if kept, _ := filepath.Glob(dir + ".partial/checkpoint/*"); len(kept) != 1 {
		t.Errorf("checkpoints %v", kept)
	}

	// The shell's reader takes one line and goes away; the run ends all the same.
	piped := filepath.Join(root, "piped")
	shell := exec.Command("sh", "-c", `"$0" run faces --out "$1" --set stimulus.count=600 --set stimulus.side=16 --set learning.epochs=300 --set 'figures=[]' 2>&1 | head -1`, program, piped)
	if out, err := shell.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if _, err := os.Stat(filepath.Join(piped, "manifest.json")); err != nil {
		t.Error(err)
	}
}

// TestVerify runs a run again: as it is, with another kernel, and after its arrays, its
// config or its manifest were changed.
func TestVerify(t *testing.T) {
	if testing.Short() {
		t.Skip("repeats a run six times")
	}
	t.Chdir(t.TempDir())
	if code, _, stderr := partsnet(append([]string{"run", "faces", "--out", "r", "--set", "figures=[]"}, small...)...); code != 0 {
		t.Fatal(stderr)
	}
	expect := func(code int, want string) {
		t.Helper()
		got, stdout, stderr := partsnet("verify", "r")
		if got != code || !strings.Contains(stdout+stderr, want) {
			t.Errorf("exit %d, %s%s; want exit %d and %q", got, stdout, stderr, code, want)
		}
	}
	expect(done, "r: the same; ")
	if fastest := kernel.Level(); fastest != "portable" {
		if err := kernel.Force("portable"); err != nil {
			t.Fatal(err)
		}
		t.Setenv(kernel.Variable, "portable")
		expect(done, "r: the same to rounding; ")
		t.Setenv(kernel.Variable, "")
		expect(done, "r: the same; ") // it takes the kernel of the run
		if err := kernel.Force(fastest); err != nil {
			t.Fatal(err)
		}
	}
	change := func(name, from, to string) (restore func()) {
		text, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatalf("%s: %v", name, err)
		}
		if err := os.WriteFile(name, []byte(strings.Replace(string(text), from, to, 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		return func() {
			if err := os.WriteFile(name, text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	restore := change("r/metrics.csv", "1,", "2,")
	expect(runFailed, "metrics.csv was changed since the run wrote it, first in line 2")
	restore()
	restore = change("r/config.toml", "seed = 1999", "seed = 2000")
	expect(runFailed, "the stimuli differ")
	restore()
	restore = change("r/manifest.json", `"rises": 0`, `"rises": 1`)
	expect(runFailed, "manifest.json: objective.rises was 1 and is 0")
	restore()
	restore = change("r/manifest.json", `"arrays/W.npy"`, `"../arrays/W.npy"`)
	expect(badRequest, `lists the file "../arrays/W.npy", which is not in the folder`)
	restore()
	restore = change("r/manifest.json", `"format": 1`, `"format": 0`)
	expect(badRequest, "of a run directory of format 0; this program reads format 1")
	restore()
	text, err := os.ReadFile("r/manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("r/manifest.json", text[:len(text)/2], 0o666); err != nil {
		t.Fatal(err)
	}
	expect(badRequest, "manifest.json is damaged")
	if err := os.Remove("r/manifest.json"); err != nil {
		t.Fatal(err)
	}
	expect(badRequest, "is not the directory of a finished run")
}

// TestVerifyElsewhere proves a run of data from a file in another folder, and after the
// data were changed. It tells a difference in an array, and where it is first.
func TestVerifyElsewhere(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("v.csv", []byte(strings.Repeat("1,2,3,4\n4,3,2,1\n1,0,1,0\n", 5)), 0o666); err != nil {
		t.Fatal(err)
	}
	if code, _, stderr := partsnet("run", "faces", "--out", "r", "--set", "stimulus.path=v.csv", "--set", "network.hidden=2", "--set", "learning.epochs=20", "--set", "figures=[]"); code != 0 {
		t.Fatal(stderr)
	}
	home, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(home, "r")
	expect := func(code int, want string, args ...string) {
		t.Helper()
		t.Chdir(t.TempDir())
		got, stdout, stderr := partsnet(append([]string{"verify", run}, args...)...)
		if got != code || !strings.Contains(stdout+stderr, want) {
			t.Errorf("exit %d, %s%s; want exit %d and %q", got, stdout, stderr, code, want)
		}
	}
	expect(badRequest, "stat v.csv: no such file or directory; relative paths start at the folder in which the run was started: name it with --in")
	expect(done, run+": the same; ", "--in", home)

	// An array and its checksum are changed together: only the repetition can tell.
	path := filepath.Join(run, "arrays", "W.npy")
	array, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	old := sha256.Sum256(array)
	array[len(array)-8*5+6] ^= 1 // the fourth synapse of the first neuron
	changed := sha256.Sum256(array)
	manifest, err := os.ReadFile(filepath.Join(run, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	swapped := strings.Replace(string(manifest), hex.EncodeToString(old[:]), hex.EncodeToString(changed[:]), 1)
	if err := errors.Join(os.WriteFile(path, array, 0o666), os.WriteFile(filepath.Join(run, "manifest.json"), []byte(swapped), 0o666)); err != nil {
		t.Fatal(err)
	}
	expect(runFailed, "arrays/W.npy differs first at index [0, 3]: ", "--in", home)
	if err := os.WriteFile(filepath.Join(home, "v.csv"), []byte(strings.Repeat("2,2,3,4\n4,3,2,1\n1,0,1,0\n", 5)), 0o666); err != nil {
		t.Fatal(err)
	}
	expect(runFailed, "v.csv, an input of the run, was changed since", "--in", home)
}

func TestCite(t *testing.T) {
	t.Chdir(t.TempDir())
	if code, _, stderr := partsnet(append([]string{"run", "paper/figure-1", "--out", "r", "--set", "figures=[]", "--set", "learning.relaxation=1.5"}, small...)...); code != 0 {
		t.Fatal(stderr)
	}
	code, stdout, stderr := partsnet("cite", "r")
	for _, want := range []string{"64 visible and 5 hidden neurons", "shown 70 stimuli (generated faces", "the seed 1999", "raised to the power 1.5", "Nature 401:788–791", "vector quantisation; Lloyd 1982", "orthonormal synapses and signed rates", "Salakhutdinov R, Roweis S (2003)"} {
		if code != 0 || !strings.Contains(stdout, want) {
			t.Errorf("exit %d, %s; no %q in\n%s", code, stderr, want, stdout)
		}
	}
	if strings.Count(stdout, "Nature 401") != 1 {
		t.Error("a source is cited twice")
	}
}
