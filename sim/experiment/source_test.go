package experiment_test

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestReadingEnds reads an experiment on texts in a compressed archive, which has to be unpacked to
// see that it holds texts: the context ends that, and is not taken for an archive without texts.
func TestReadingEnds(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.tgz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	w := tar.NewWriter(z)
	err = errors.Join(w.WriteHeader(&tar.Header{Name: "a.txt", Size: 3}), func() error { _, err := w.Write([]byte("a b")); return err }(), w.Close(), z.Close(), f.Close())
	if err != nil {
		t.Fatal(err)
	}
	settings := []string{experiment.Setting("stimulus.path", path), "text.skip=0"}
	if x, err := experiment.ReadContext(t.Context(), "x", nil, settings); err != nil || x.Text.Skip != 0 {
		t.Errorf("%v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := experiment.ReadContext(ended, "x", nil, settings); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// TestResolvedNeedsNoStimuli reads the config of a run on texts that are elsewhere now.
func TestResolvedNeedsNoStimuli(t *testing.T) {
	x := experiment.Default()
	x.Stimulus.Path, x.Text.Skip = filepath.Join(t.TempDir(), "gone.tgz"), 7
	again, err := experiment.ReadResolved("config.toml", []byte(x.TOML()))
	if err != nil {
		t.Fatal(err)
	}
	if d := experiment.Diff(x, again); d != nil {
		t.Errorf("it is another experiment: %s", strings.Join(d, "; "))
	}
}
