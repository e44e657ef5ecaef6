package sim_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
)

// TestPlace asks for places with odd names, and for such as are taken by what no run has
// left.
func TestPlace(t *testing.T) {
	x := simtest.Tiny("float64")
	run := func(dir string, resume bool) error {
		_, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: resume})
		return err
	}
	refused := func(what string, err error, want string) {
		t.Helper()
		if request := new(experiment.RequestError); !errors.As(err, &request) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", what, err, want)
		}
	}
	root := t.TempDir()
	write := func(name string) {
		t.Helper()
		path := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte("mine"), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(root, "r")
	for _, name := range []string{dir + "/", filepath.Join(root, "x") + "/../s/."} {
		if err := run(name, false); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := rundir.ReadManifest(filepath.Clean(name)); err != nil {
			t.Error(err)
		}
	}
	refused("a finished run", run(dir+"/", false), "is already there")

	if finished := new(record.ExistsError); !errors.As(run(dir, true), &finished) {
		t.Error("what is finished does not say so")
	}
	x.Seed = 4
	refused("a finished run of another config", run(dir, true), "is finished, with another config: seed was 1999 and is 4")
	x.Seed = 1999

	// Killed at the very end, when the run had its name.
	write("r/lock")
	write("r/checkpoint/000000014")
	if finished := new(record.ExistsError); !errors.As(run(dir, true), &finished) {
		t.Error("what is finished does not say so")
	}
	if left, err := filepath.Glob(filepath.Join(dir, "[lc]*k*")); err != nil || len(left) != 0 {
		t.Errorf("%v is left of a run on its way", left)
	}

	write("folder/thesis.txt")
	refused("a folder", run(filepath.Join(root, "folder"), true), "not a finished run")
	write("other.partial/thesis.txt")
	for _, resume := range []bool{false, true} {
		refused("a folder of that name", run(filepath.Join(root, "other"), resume), "was not created by partsnet")
	}
	if entries, err := os.ReadDir(filepath.Join(root, "other.partial")); err != nil || len(entries) != 1 {
		t.Errorf("a folder of somebody else holds %v now (%v)", entries, err)
	}
}

// TestLeftOverResults goes on with a run that was killed while it wrote results, with a
// config that has fewer of them.
func TestLeftOverResults(t *testing.T) {
	x := simtest.Tiny("float64")
	whole, dir := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	interrupted(t, x, dir, 5)
	for _, name := range []string{"figures/parts.png", "arrays/stack-H.npy"} {
		path := filepath.Join(dir+".partial", name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o777), os.WriteFile(path, []byte("half"), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil {
		t.Fatal(err)
	}
	simtest.Same(t, "left over", simtest.Files(t, dir), simtest.Files(t, whole))
}

// TestRunAmongItsStimuli asks for a place in the folder of images.
func TestRunAmongItsStimuli(t *testing.T) {
	x := simtest.Tiny("float64")
	x.Stimulus.Path = t.TempDir()
	if err := os.WriteFile(filepath.Join(x.Stimulus.Path, "a.pgm"), []byte("P2 2 2 9 1 2 3 4"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, out := range []string{"run", "a/b", "."} {
		_, err := sim.Run(context.Background(), x, filepath.Join(x.Stimulus.Path, out), sim.Options{})
		if request := new(experiment.RequestError); !errors.As(err, &request) {
			t.Errorf("%s: %v", out, err)
		}
	}
	if entries, err := os.ReadDir(x.Stimulus.Path); err != nil || len(entries) != 1 {
		t.Errorf("%v, %v", entries, err)
	}
}
