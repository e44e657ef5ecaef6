package stream_test

import (
	"strings"
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

// TestSetGoesOn restores streams at some moment and demands the numbers that were next.
func TestSetGoesOn(t *testing.T) {
	s := stream.NewSet(7)
	a, b := s.New("a"), s.New("b")
	if a.Uint64() != stream.New(7, "a").Uint64() {
		t.Error("a stream of a set is not the stream of its name")
	}
	for range 1001 {
		a.Float64()
		b.NormFloat64()
	}
	states := s.States()
	again := stream.NewSet(7)
	c, d := again.New("a"), again.New("b")
	if err := again.Restore(states); err != nil {
		t.Fatal(err)
	}
	for k := range 1000 {
		if a.Uint64() != c.Uint64() || b.NormFloat64() != d.NormFloat64() {
			t.Fatalf("number %d after the moment is another", k)
		}
	}
	if err := stream.NewSet(7).Restore(states); err == nil || !strings.Contains(err.Error(), `["a" "b"]; this run draws from []`) {
		t.Errorf("streams of another run: %v", err)
	}
	states["b"] = states["b"][:5]
	if err := again.Restore(states); err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("a state that is none: %v", err)
	}
}
