//go:build unix

package sim_test

import (
	"context"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"partsnet/sim"
	"partsnet/sim/simtest"
)

// TestPipe names a pipe that nobody writes to: to open it would wait for ever.
func TestPipe(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "v.npy")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Skip(err)
	}
	for _, key := range []string{"stimulus.path", "stimulus.words"} {
		x := simtest.Tiny("float64")
		named := map[string]*string{"stimulus.path": &x.Stimulus.Path, "stimulus.words": &x.Stimulus.Words}
		*named[key] = pipe
		if _, err := sim.Run(context.Background(), x, filepath.Join(t.TempDir(), "r"), sim.Options{}); err == nil || !strings.Contains(err.Error(), "is a pipe or a device") {
			t.Errorf("%s: %v", key, err)
		}
	}
}
