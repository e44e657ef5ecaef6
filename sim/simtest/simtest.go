// Package simtest holds what tests of several packages need to make small runs and to
// compare them. Only tests import it.
package simtest

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
)

// Experiment returns the default experiment with settings, "key=value".
func Experiment(t testing.TB, settings ...string) *experiment.Experiment {
	t.Helper()
	x, err := experiment.Read("test", nil, settings)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// Tiny returns a run that ends at once and uses everything that a checkpoint holds.
// Figures take longer than all the rest, and are left out.
func Tiny(precision string) *experiment.Experiment {
	x := experiment.Default()
	x.Precision, x.Hidden, x.Figures = precision, 5, nil
	if err := x.Set("stimulus.count=70", "stimulus.side=8"); err != nil {
		panic(err)
	}
	x.Learning.Epochs, x.Record, x.Checkpoint.Epochs, x.Look.Frames = 14, 3, 2, 6
	return x
}

// Files returns the files of a run by name, without what may differ from run to run: times
// and memory in manifests, the lock and the checkpoints.
func Files(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Base(name) == "manifest.json" {
			var m map[string]any
			if err := json.Unmarshal(text, &m); err != nil {
				return err
			}
			delete(m, "timing")
			delete(m, "memory")
			if text, err = json.Marshal(m); err != nil {
				return err
			}
		}
		out[filepath.ToSlash(name)] = string(text)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Same demands the files of one run of another.
func Same(t testing.TB, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if _, ok := got[name]; !ok {
			t.Errorf("%s: %s is missing", what, name)
		} else if got[name] != want[name] {
			t.Errorf("%s: %s is not what the other run writes (%d and %d bytes)", what, name, len(got[name]), len(want[name]))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: %s is left over", what, name)
		}
	}
}

// Results leaves out of files those that a run keeps only until it has ended, where one
// was killed after it had its name.
func Results(files map[string]string) map[string]string {
	for name := range files {
		if name == "lock" || strings.HasPrefix(name, "checkpoint") {
			delete(files, name)
		}
	}
	return files
}

// OtherKernel takes the portable kernels until the test ends, for what another kernel must
// agree with, and skips the test where there are no others.
func OtherKernel(t testing.TB) {
	t.Helper()
	if kernel.Level() == "portable" {
		t.Skip("there is one kernel")
	}
	Portable(t)
}

// Portable takes the portable kernels until the test ends, which give the same bits on
// every machine.
func Portable(t testing.TB) {
	t.Helper()
	fastest := kernel.Level()
	if err := kernel.Force("portable"); err != nil {
		t.Fatal(err)
	}
	t.Setenv(kernel.Variable, "portable") // which verify heeds, and which forbids t.Parallel
	t.Cleanup(func() {
		if err := kernel.Force(fastest); err != nil {
			t.Error(err)
		}
	})
}
