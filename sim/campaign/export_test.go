package campaign

import (
	"sync/atomic"
	"time"
)

// Stale is the time after which a process without a sign of life is taken for dead.
const Stale = 3 * time.Minute

// Quick lets tests not wait for others for long. The clock by which processes grow old is one that
// later sets forward.
func Quick() (later func(time.Duration)) {
	var ahead atomic.Int64
	usual.look = 5 * time.Millisecond
	usual.now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	return func(d time.Duration) { ahead.Add(int64(d)) }
}

// Claim returns the name of the first claim of a job.
func Claim(key string) string { return hashed(key) + ".1" }
