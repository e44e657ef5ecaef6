package checkpoint

import (
	"testing"
	"time"

	"partsnet/sim/experiment"
)

// TestDue lets a checkpoint be due after the interval asked for. Intervals are taken between
// readings of the clock that never jumps, which package time does of every moment that was
// neither stored nor rounded; a clock set back or forward moves none.
func TestDue(t *testing.T) {
	x := experiment.Default()
	x.Checkpoint.Seconds, x.Checkpoint.Epochs = 60, 0
	k := NewKeeper(x, nil)
	if k.due(1, time.Now().Add(-10*time.Second)) {
		t.Error("a checkpoint is due after 10 s")
	}
	if !k.due(1, time.Now().Add(-61*time.Second)) {
		t.Error("no checkpoint is due after 61 s")
	}
	x.Checkpoint.Seconds, x.Checkpoint.Epochs = 0, 5
	if k := NewKeeper(x, nil); k.due(4, time.Now()) || !k.due(5, time.Now()) {
		t.Error("a checkpoint is asked for after 5 epochs")
	}
}
