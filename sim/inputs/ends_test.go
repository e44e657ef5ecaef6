package inputs

import (
	"bytes"
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"partsnet/internal/tempfile"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
)

// TestReadingEndsPromptly interrupts the reading and the drawing of stimuli that would take long:
// nothing goes on in the background.
func TestReadingEndsPromptly(t *testing.T) {
	table := tempfile.Write(t, "v.csv", bytes.Repeat([]byte("0.25,1,2.5,3,4,5.125,6,7,8,9,10,11,12,13\n"), 200_000))
	for _, settings := range [][]string{
		{"stimulus.count=4000", "stimulus.side=64"},
		{experiment.Setting("stimulus.path", table)},
	} {
		x, err := experiment.Read("faces", nil, settings)
		if err != nil {
			t.Fatal(err)
		}
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(20*time.Millisecond, cancel)
		if _, err := Show(ctx, x, nil); !errors.As(err, new(*outcome.Interrupted)) {
			t.Fatalf("%v; want an interruption", err)
		}
		wait := time.Now()
		for runtime.NumGoroutine() > before && time.Since(wait) < 2*time.Second {
			time.Sleep(time.Millisecond)
		}
		if n := runtime.NumGoroutine(); n > before {
			t.Errorf("%v: %d goroutines are left", settings, n-before)
		}
	}
}

// TestProvingEnds proves inputs when the context has ended: the checksums of files and of stimuli
// heed it, and what was read is released once.
func TestProvingEnds(t *testing.T) {
	path := tempfile.Write(t, "v.csv", "1,2\n3,4\n")
	x, err := experiment.Read("x", nil, []string{experiment.Setting("stimulus.path", path)})
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if sums, err := fileSums(ended, x, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("files: %v, %v", sums, err)
	}
	for range 50 { // whether the end is noticed here or by what works out the checksums
		in, err := Show(t.Context(), x, nil)
		if err != nil {
			t.Fatal(err)
		}
		released := make(chan bool, 2)
		in.release = func() error { released <- true; return nil }
		if err := in.Prove(ended, x); !errors.As(err, new(*outcome.Interrupted)) || in.Checksum != "" {
			t.Errorf("%v, checksum %q", err, in.Checksum)
		}
		if err := in.Release(); err != nil {
			t.Error(err)
		}
		select {
		case <-released:
		case <-time.After(5 * time.Second):
			t.Fatal("the stimuli are not released")
		}
		if len(released) > 0 {
			t.Error("the stimuli are released twice")
		}
	}
}
