package sim_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
)

// TestLearnFrom interrupts a run in memory that keeps checkpoints: the same call goes on behind the last,
// with the bits of an undisturbed one, and leaves nothing. A run that is not interrupted writes nothing.
func TestLearnFrom(t *testing.T) {
	x, err := experiment.Read("", nil, []string{"stimulus.generator=bars", "stimulus.count=40", "network.hidden=8", "learning.epochs=4000", "record=500", "seed=5", "checkpoint.epochs=20"})
	if err != nil {
		t.Fatal(err)
	}
	whole, err := sim.Learn(t.Context(), x, 1)
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(t.TempDir(), "cells", "a")
	kills := 0
	for {
		before := record.CheckpointsIn(place + ".partial")
		ctx, cancel := context.WithCancel(t.Context())
		watching := make(chan struct{})
		go func() {
			defer close(watching)
			for ctx.Err() == nil && slices.Equal(before, record.CheckpointsIn(place+".partial")) {
				time.Sleep(time.Millisecond)
			}
			if kills < 3 {
				cancel()
			}
		}()
		got, err := sim.LearnFrom(ctx, x, 1, place)
		cancel()
		<-watching
		if err == nil {
			if !slices.Equal(got.Synapses, whole.Synapses) || len(got.Records) != len(whole.Records) {
				t.Error("the run that was continued has other synapses or records")
			}
			break
		}
		kills++
		if !errors.As(err, new(*outcome.Interrupted)) || len(record.CheckpointsIn(place+".partial")) == 0 {
			t.Fatalf("%v, checkpoints %v", err, record.CheckpointsIn(place+".partial"))
		}
	}
	if kills == 0 {
		t.Error("it was never interrupted")
	}
	if left, err := os.ReadDir(filepath.Dir(place)); err != nil || len(left) != 0 {
		t.Errorf("%v is left, %v", left, err)
	}
	x.Checkpoint.Epochs = 0
	other := filepath.Join(t.TempDir(), "b")
	if _, err := sim.LearnFrom(t.Context(), x, 1, other); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(other + ".partial"); err == nil {
		t.Error("an undisturbed run has written checkpoints")
	}
}
