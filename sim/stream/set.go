package stream

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
)

// Set is the streams that one run draws from, so that their states can be kept and
// restored: a run that goes on where it was killed draws the numbers that were next.
type Set struct {
	seed    int64
	start   int
	sources map[string]*rand.ChaCha8
}

// NewSet returns a set of streams derived from the seed, empty.
func NewSet(seed int64) *Set {
	return &Set{seed: seed, sources: map[string]*rand.ChaCha8{}}
}

// NewStart returns a set whose streams have the names of [NewSet] but other numbers, for
// each of several random starts of one run; start 0 has those of NewSet.
func NewStart(seed int64, start int) *Set {
	s := NewSet(seed)
	s.start = start
	return s
}

// New returns the stream of that name, as [New] does, and keeps it in the set. It panics
// if the set has one of that name: two consumers would draw the same numbers.
func (s *Set) New(name string) *rand.Rand {
	if s.sources[name] != nil {
		panic("stream: two consumers of the stream " + name)
	}
	s.sources[name] = source(s.seed, name)
	if s.start > 0 {
		s.sources[name] = source(s.seed, fmt.Sprintf("start %d: %s", s.start, name))
	}
	return rand.New(s.sources[name])
}

// States returns the state of every stream, by name.
func (s *Set) States() map[string][]byte {
	states := map[string][]byte{}
	for name, source := range s.sources {
		state, err := source.MarshalBinary()
		if err != nil {
			panic("stream: " + err.Error()) // ChaCha8 has no error to return
		}
		states[name] = state
	}
	return states
}

// Restore sets every stream of the set to a state that [Set.States] returned. It returns
// an error for a state that is none, and where the streams are not those of the set.
func (s *Set) Restore(states map[string][]byte) error {
	if have, want := slices.Sorted(maps.Keys(states)), slices.Sorted(maps.Keys(s.sources)); !slices.Equal(have, want) {
		return fmt.Errorf("stream: states of the streams %q; this run draws from %q", have, want)
	}
	for name, source := range s.sources {
		if err := source.UnmarshalBinary(states[name]); err != nil {
			return fmt.Errorf("stream: %q: %w", name, err)
		}
	}
	return nil
}
