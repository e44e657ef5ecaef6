// Package resample draws stimuli with replacement, for a bootstrap.
package resample

import (
	"math/rand/v2"
	"slices"

	"partsnet/sim/stimulus"
)

// Units are stimuli that are drawn together, because they may depend on each other. Each is
// drawn from among those of its stratum, so that every draw has as many of a stratum as there are.
type Units struct {
	Stimuli     int   // of all units
	from, count []int // first stimulus and number of stimuli of each; after the last stimulus comes the first again
	strata      [][]int
	drawn       []int // the stratum of each unit of a draw
}

// Recordings returns units each of which is a recording. Recordings that repeat each other are a
// stratum, where each has two at least; otherwise all are one.
func Recordings(all []stimulus.Recording) Units {
	var u Units
	strata := stimulus.Repeated(all)
	alone := slices.ContainsFunc(strata, func(g stimulus.Group) bool { return len(g.Recordings) < 2 })
	of := map[int]int{} // stratum by the first stimulus of a recording
	if !alone {
		for s, g := range strata {
			for _, r := range g.Recordings {
				of[r.From] = s
			}
		}
	}
	for k, r := range all {
		s := of[r.From]
		for len(u.strata) <= s {
			u.strata = append(u.strata, nil)
		}
		u.strata[s] = append(u.strata[s], k)
		u.from, u.count, u.drawn = append(u.from, r.From), append(u.count, r.Count()), append(u.drawn, s)
		u.Stimuli += r.Count()
	}
	return u
}

// Blocks returns units each of which is that many successive stimuli, one beginning at every
// stimulus (the circular block bootstrap, Politis & Romano 1992). A draw has as many stimuli as
// there are, or a part of a block more. Blocks of one are the bootstrap of Efron (1979).
func Blocks(stimuli, block int) Units {
	u := Units{Stimuli: stimuli, strata: make([][]int, 1), drawn: make([]int, (stimuli+block-1)/block)}
	for i := range stimuli {
		u.from, u.count, u.strata[0] = append(u.from, i), append(u.count, block), append(u.strata[0], i)
	}
	return u
}

// Count is the number of units of a draw.
func (u Units) Count() int { return len(u.drawn) }

// Strata is the number of strata.
func (u Units) Strata() int { return len(u.strata) }

// Draw returns the numbers of the stimuli of units that are drawn with replacement.
func (u Units) Draw(rng *rand.Rand) (stimuli []int) {
	for _, s := range u.drawn {
		k := u.strata[s][rng.IntN(len(u.strata[s]))]
		for i := range u.count[k] {
			stimuli = append(stimuli, (u.from[k]+i)%u.Stimuli)
		}
	}
	return stimuli
}
