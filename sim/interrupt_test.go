package sim

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
)

// TestInterruptedReading ends a run while it reads its stimuli: nothing is left, but for
// a checkpoint of a session before.
func TestInterruptedReading(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	x, err := experiment.Read("faces", nil, []string{"stimulus.count=4000", "stimulus.side=64", "learning.epochs=5", "network.hidden=2", "figures=[]"})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	ctx, cancel := context.WithCancel(context.Background())
	_, err = Run(ctx, x, dir, Options{Stage: func(string) { cancel() }})
	var e *outcome.Interrupted
	if !errors.As(err, &e) || e.Dir != "" {
		t.Errorf("%v; want an interruption without a checkpoint", err)
	}
	if left, err := os.ReadDir(filepath.Dir(dir)); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}

	ctx, cancel = context.WithCancel(context.Background())
	x, err = experiment.Read("faces", nil, []string{"stimulus.count=100", "stimulus.side=16", "learning.epochs=5", "network.hidden=2", "figures=[]"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = Run(ctx, x, dir, Options{Progress: func(Progress) { cancel() }}); !errors.As(err, &e) || e.Dir == "" {
		t.Fatalf("%v; want an interruption with a checkpoint", err)
	}
	// The second session has ended before it reads; it may also come to learn an epoch.
	if _, err = Run(ctx, x, dir, Options{Resume: true}); !errors.As(err, &e) || e.Dir != dir+".partial" {
		t.Errorf("%v; want an interruption that names the checkpoint", err)
	}
	if r, err := Run(context.Background(), x, dir, Options{Resume: true}); err != nil || r.Resumed == 0 {
		t.Errorf("the run is not continued: %v", err)
	}
}
