package network

import "testing"

// TestPartitionCoversAllStimuli walks through groups and blocks of every number
// of stimuli: they follow each other without a gap, no block is larger than
// allowed, and groups differ by one tile at most.
func TestPartitionCoversAllStimuli(t *testing.T) {
	for m := range 3000 {
		p := partition{m}
		next, least, most := 0, m, 0
		for g := range p.groups() {
			first := next
			from, to := p.group(g)
			for b := from; b < to; b++ {
				lo, hi := p.block(b)
				if lo != next || hi < lo || hi-lo > blockRows {
					t.Fatalf("%d stimuli: block %d is [%d, %d) after %d", m, b, lo, hi, next)
				}
				next = hi
			}
			least, most = min(least, next-first), max(most, next-first)
		}
		if next != m || p.groups() > maxGroups || p.groups() > 0 && most-least > 2*tileRows-1 {
			t.Fatalf("%d stimuli: %d covered by %d groups of %d to %d", m, next, p.groups(), least, most)
		}
	}
}
