package stream

import (
	"fmt"
	"math/rand/v2"
)

// OfStart returns the stream of that name for one of several random starts of a run: start 0
// has the streams of [New], and the others have other numbers.
func OfStart(seed int64, start int, name string) *rand.Rand {
	if start == 0 {
		return New(seed, name)
	}
	return New(seed, fmt.Sprintf("start %d: %s", start, name))
}

// OfGroup returns the name of a stream of the group that a network learns from alone, so that other
// groups do not move its numbers; a network that learns from all has the name itself.
func OfGroup(group, name string) string {
	if group == "" {
		return name
	}
	return fmt.Sprintf("group %s: %s", group, name)
}
