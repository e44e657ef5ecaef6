package inputs

import (
	"fmt"
	"iter"
	"math"

	"partsnet/sim/stimulus"
)

// say adds to the phrases of a set how much was read, and in which range, before it is scaled.
func say(set *stimulus.Set) {
	all, total := func(yield func(float64) bool) {
		for k, y := range set.Rates {
			if (set.Seen == nil || set.Seen.Seen(k/set.Size, k%set.Size)) && !yield(y) {
				return
			}
		}
	}, float64(set.Count*set.Size)
	if set.Seen != nil {
		total -= float64(set.Seen.Missing())
	}
	if set.Counts != nil {
		all = set.Counts.Rates()
	}
	set.Read = append([]string{size(set)}, append(set.Read, values(all, total))...)
}

// size says how many stimuli of how many values there are.
func size(set *stimulus.Set) string {
	stimuli, one := fmt.Sprintf("%d stimuli", set.Count), fmt.Sprintf("%d values", set.Size)
	if set.Count == 1 {
		stimuli = "1 stimulus"
	}
	switch {
	case set.Size == 1:
		one = "1 value"
	case set.Texts:
		one = fmt.Sprintf("%d words", set.Size)
	case set.Height > 0:
		one = fmt.Sprintf("%d x %d pixels", set.Height, set.Width)
	}
	return stimuli + " of " + one
}

// values says in which range all values are, of a total number, and how many of them are 0; those that are
// not given are 0.
func values(all iter.Seq[float64], total float64) string {
	low, high, nonzero, given := math.Inf(1), math.Inf(-1), 0, 0
	for y := range all {
		given++
		if y != 0 {
			nonzero++
		}
		low, high = min(low, y), max(high, y)
	}
	if float64(given) < total {
		low, high = min(low, 0), max(high, 0)
	}
	return between(low, high, 1-float64(nonzero)/total)
}

// between says from where to where values go, and which share of them is 0.
func between(low, high, share float64) string {
	zeros := "none of them 0"
	switch {
	case low == 0 && high == 0:
		zeros = "all of them 0"
	case share > 0 && share < 0.001:
		zeros = "less than 0.1 % of them 0"
	case share > 0.999:
		zeros = "more than 99.9 % of them 0"
	case share > 0:
		zeros = fmt.Sprintf("%.1f %% of them 0", 100*share)
	}
	return fmt.Sprintf("values from %.4g to %.4g, %s", low, high, zeros)
}
