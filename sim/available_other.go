//go:build !linux

package sim

// available and peak know nothing on this system.
var available = func() (bytes float64, ok bool) { return 0, false }

func peak() (bytes float64, ok bool) { return 0, false }
