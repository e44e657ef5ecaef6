package checkpoint

import (
	"testing"
	"time"
	"unsafe"

	"partsnet/sim/experiment"
)

// jumped returns what a clock said at t if it has been set forward since by so many
// seconds: the reading on the wall differs, that of the clock which never jumps does not.
// It reaches into time.Time, whose first word holds the seconds on the wall from bit 30 on
// where there are both readings.
func jumped(t time.Time, seconds int) time.Time {
	*(*uint64)(unsafe.Pointer(&t)) -= uint64(seconds) << 30
	return t
}

// TestClockJumps sets the clock by days after a checkpoint. The next one is due when it
// would have been.
func TestClockJumps(t *testing.T) {
	x := experiment.Default()
	x.Checkpoint.Seconds, x.Checkpoint.Epochs = 60, 0
	k := NewKeeper(nil, x, Identity{})
	now := time.Now()
	for _, days := range []int{-400, 0, 400} {
		clock := func(ago time.Duration) time.Time { return jumped(now.Add(-ago), days*86400) }
		if wall := now.Round(0).Sub(clock(0).Round(0)); wall != time.Duration(days)*24*time.Hour {
			t.Fatalf("the clock has jumped by %v, not by %d days", wall, days)
		}
		if k.due(1, clock(10*time.Second)) {
			t.Errorf("the clock jumps by %d days, and a checkpoint is due after 10 s", days)
		}
		if !k.due(1, clock(61*time.Second)) {
			t.Errorf("the clock jumps by %d days, and no checkpoint is due after 61 s", days)
		}
	}
}
