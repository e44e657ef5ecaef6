package outcome

import (
	"testing"
	"time"
	"unsafe"
)

// jumped returns what a clock said at t if it has been set forward since by so many
// seconds: the reading on the wall differs, that of the clock which never jumps does not.
// It reaches into time.Time, whose first word holds the seconds on the wall from bit 30 on
// where there are both readings.
func jumped(t time.Time, seconds int) time.Time {
	*(*uint64)(unsafe.Pointer(&t)) -= uint64(seconds) << 30
	return t
}

// TestClockJumps sets the clock by days while a run learns: it took as long as it did.
func TestClockJumps(t *testing.T) {
	for _, days := range []int{-400, 0, 400} {
		c := NewClock(jumped(time.Now().Add(-5*time.Second), days*86400))
		if s := c.Timing(nil).Seconds; s < 5 || s > 30 {
			t.Errorf("the clock jumps by %d days, and 5 s are %v", days, s)
		}
	}
}
