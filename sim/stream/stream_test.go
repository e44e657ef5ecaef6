package stream_test

import (
	"testing"

	"partsnet/sim/stream"
)

// TestStreamsAreAPromise pins the first numbers of one stream: experiments
// published with a seed depend on them.
func TestStreamsAreAPromise(t *testing.T) {
	rng := stream.New(1999, "synapses")
	for i, want := range []uint64{5862172897947072763, 1349759429576725328, 14907606196501258672} {
		if got := rng.Uint64(); got != want {
			t.Errorf("number %d of stream (1999, synapses) is %d, want %d", i, got, want)
		}
	}
}

func TestStreamsDiffer(t *testing.T) {
	first := map[uint64]string{}
	for _, seed := range []int64{0, 1, -1, 256} {
		for _, name := range []string{"", "a", "b", "synapses"} {
			x := stream.New(seed, name).Uint64()
			if other, ok := first[x]; ok {
				t.Errorf("streams (%d, %q) and %s begin alike", seed, name, other)
			}
			first[x] = name
		}
	}
}

// TestStarts demands other numbers of other starts, and of start 0 those of the seed.
func TestStarts(t *testing.T) {
	for start, want := range []bool{true, false, false} {
		if same := stream.OfStart(7, start, "a").Uint64() == stream.New(7, "a").Uint64(); same != want {
			t.Errorf("start %d has the numbers of the seed: %v", start, same)
		}
	}
	if stream.OfStart(7, 1, "a").Uint64() == stream.OfStart(7, 2, "a").Uint64() {
		t.Error("two starts have the same numbers")
	}
}
