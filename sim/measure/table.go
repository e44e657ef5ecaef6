package measure

import (
	"math"
	"slices"
)

// Measure is one number about what was learned. It describes itself: tables, the axes of
// figures and the intervals of scores follow from its fields.
type Measure struct {
	Name    string // in experiments and tables
	Doc     string // what it is, in words
	Formula string // in one line
	Source  string // of its definition; "" if it is elementary
	Unit    string // "" for shares, counts and other plain numbers

	// Low and High are the smallest and the largest possible value, infinite where there is
	// none. The largest value of a count is what Among says of the stimuli.
	Low, High float64
	Among     func(t Counted) (largest int, ok bool) // nil for all but counts

	// Kind is the kind of truth that it needs: the name of the generator, [AnyTruth], or ""
	// for none.
	Kind string

	// Error is the name of the objective that the measure is computed from, "poisson" for
	// [Learned.Divergence], "gaussian" for [Learned.SquaredErrors]; "" for others.
	Error string

	// of returns the measure; ok is false if it is not defined for what was learned.
	of func(l *Learned) (value float64, ok bool)
}

// Objective is the name of the objective in tables, where it stands beside measures.
const Objective = "objective"

// AnyTruth is the kind of measures that compare with true parts, whatever they are.
const AnyTruth = "any"

// Counted is how much there is to count in stimuli whose truth is known.
type Counted struct {
	Parts     int // true parts
	Ambiguous int // words that belong to two or more true parts
}

// Largest returns the largest value of each measure that is a count, where the true parts are known and
// perhaps the words with several meanings; either may be nil.
func Largest(parts *Recovery, words *Meanings) map[string]int {
	largest, in := map[string]int{}, Counted{}
	if parts == nil {
		return largest
	}
	in.Parts = len(parts.Neuron)
	if words != nil {
		in.Ambiguous = len(words.Words)
	}
	for _, m := range Table() {
		if m.Among == nil {
			continue
		}
		if n, ok := m.Among(in); ok {
			largest[m.Name] = n
		}
	}
	return largest
}

// table is all measures, in the order in which they are written: a line for each file.
var table = slices.Concat(
	divergences,
	squaredErrors,
	maskeds,
	hoyers,
	trevesRolls,
	vinjeGallants,
	nearZeros,
	effectiveAreas,
	spreads,
	recoveries,
	bars,
	squares,
	limbMeasures,
	meanings,
	responseAccuracies,
	stabilities,
	zeroStimuli,
)

// Table returns all measures, in the order in which they are written.
func Table() []Measure { return table }

// Named returns the measure of that name; ok is false if there is none.
func Named(name string) (m Measure, ok bool) {
	i := slices.IndexFunc(table, func(m Measure) bool { return m.Name == name })
	if i < 0 {
		return Measure{}, false
	}
	return table[i], true
}

// Names returns the names of all measures.
func Names() (names []string) {
	for _, m := range table {
		names = append(names, m.Name)
	}
	return names
}

// Usual are the measures of a run that asks for no others.
var Usual = []string{"rmse", "explained_variance", "hoyer_parts", "hoyer_rates", "near_zero_parts", "near_zero_rates", "effective_area", "spread"}

// Of returns the measure of what was learned; ok is false if it is not defined.
func (m Measure) Of(l *Learned) (value float64, ok bool) {
	if m.Kind != "" && (l.Truth == nil || m.Kind != AnyTruth && m.Kind != l.Truth.Kind) {
		return 0, false
	}
	if value, ok = m.of(l); !ok || math.IsNaN(value) {
		return 0, false
	}
	return value, true
}

var inf = math.Inf(1)
