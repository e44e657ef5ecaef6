package memory

import "testing"

// SetAvailable lets a function say how much memory there is, until the test ends.
func SetAvailable(t *testing.T, f func() (float64, bool)) {
	was := available
	available = f
	t.Cleanup(func() { available = was })
}
