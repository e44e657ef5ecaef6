package sim

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/experiment"
)

// TestTooLittleMemory asks for more than there is, before and after the stimuli are
// known.
func TestTooLittleMemory(t *testing.T) {
	defer func(was func() (float64, bool)) { available = was }(available)
	have := 1 << 30
	available = func() (float64, bool) { return float64(have), true }
	x := experiment.Default()
	x.Figures, x.Learning.Epochs, x.Stimulus.Side = nil, 1, 8
	run := func() error {
		_, err := Run(context.Background(), x, filepath.Join(t.TempDir(), "r"), Options{})
		return err
	}
	if err := run(); err != nil {
		t.Fatal(err)
	}
	x.Stimulus.Count = 10_000_000
	want := "learning 10000000 stimuli of 64 visible with 49 hidden neurons needs about "
	if err := run(); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %s", err, want)
	}
	x.Stimulus.Count, x.Stimulus.Generator, x.Hidden = 100, "topics", 1_000_000
	if err := run(); err == nil || !strings.Contains(err.Error(), "choose fewer hidden neurons") {
		t.Errorf("got %v", err)
	}
	available = func() (float64, bool) { return 0, false }
	x.Hidden = 3
	if err := run(); err != nil {
		t.Errorf("where nothing is known: %v", err)
	}
}
