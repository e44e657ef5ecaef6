package sweep

import (
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/measure"
)

// Target is what makes a cell the best: the highest or lowest mean of a measure.
type Target struct {
	Highest bool
	Of      string // objective, or a measure
}

// targetOf reads "lowest objective".
func targetOf(text string) (Target, error) {
	end, of, _ := strings.Cut(text, " ")
	names := append([]string{measure.Objective}, measure.Names()...)
	if end != "highest" && end != "lowest" || !slices.Contains(names, of) {
		return Target{}, fmt.Errorf("best = %q; allowed is \"lowest\" or \"highest\" and one of %s, such as \"lowest objective\"%s", text, config.QuoteAll(names), config.DidYouMean(names, of))
	}
	return Target{end == "highest", of}, nil
}

// String is the target as it is written.
func (t Target) String() string {
	if t.Highest {
		return "highest " + t.Of
	}
	return "lowest " + t.Of
}

// better reports whether a mean is better than another.
func (t Target) better(a, b float64) bool {
	if t.Highest {
		return a > b
	}
	return a < b
}
