package score

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"time"

	"partsnet/sim/estimate"
	"partsnet/sim/measure"
)

// Card is the result of a score.
type Card struct {
	Name    string
	Dir     string
	Command string
	Seeds   int
	First   int64
	Rows    []Row
	Failed  int // runs
	Damaged int // lines of the log whose runs were repeated
	Elapsed time.Duration

	score *Score
	runs  []result // cell by cell, seed by seed
}

// Row is one cell, under one constraint.
type Row struct {
	Cell       Cell
	Constraint string // "" for the one that rule and circuit learn under
	Failed     int
	Error      string             // of the first run that failed
	Solved     *estimate.Estimate // share of runs that have solved the task; nil if the task has no success
	Values     []Value            // the measures asked for
	Objective  estimate.Estimate
	Seconds    estimate.Estimate // of one processor, a run
}

// Value is a measure over the runs of a cell.
type Value struct {
	Name string
	estimate.Estimate
}

// Rule returns the name of the row: the rule, or the constraint that it is compared with.
func (r Row) Rule() string {
	if r.Constraint != "" {
		return r.Constraint
	}
	return r.Cell.Rule
}

// newCard computes the table from the results of the runs.
func newCard(s *Score, done map[run]result) *Card {
	c := &Card{Name: s.Name, Seeds: s.Seeds, First: s.FirstSeed, score: s}
	for _, cell := range s.Cells() {
		var runs []result
		for _, seed := range s.SeedsOf(cell) {
			if r, ok := done[run{cell.Name(), seed}]; ok {
				runs = append(runs, r)
			}
		}
		c.runs = append(c.runs, runs...)
		constraints := map[string]bool{"": true}
		for _, r := range runs {
			for name := range r.Measures {
				constraints[name] = true
			}
		}
		for _, constraint := range slices.Sorted(maps.Keys(constraints)) {
			c.Rows = append(c.Rows, newRow(cell, constraint, runs))
		}
	}
	for _, r := range c.runs {
		if r.Error != "" {
			c.Failed++
		}
	}
	return c
}

func newRow(cell Cell, constraint string, runs []result) Row {
	row := Row{Cell: cell, Constraint: constraint}
	var seconds []float64
	var parts [][]float64
	for _, r := range runs {
		if r.Error != "" {
			row.Failed++
			row.Error = cmp.Or(row.Error, r.Error)
			continue
		}
		seconds = append(seconds, r.Seconds)
		if r.Synapses != nil && constraint == "" {
			w := make([]float64, len(r.Synapses))
			for i, x := range r.Synapses {
				w[i] = float64(x)
			}
			parts = append(parts, w)
		}
	}
	of := func(name string) (x []float64) {
		for _, r := range runs {
			if y, ok := r.Measures[constraint][name]; ok {
				x = append(x, y)
			}
		}
		return x
	}
	row.Seconds, row.Objective = estimate.Mean(seconds).Within(0, math.Inf(1)), estimate.Mean(of(measure.Objective))
	for _, name := range cell.Asked() {
		least, most := possible(name, runs)
		v := Value{name, estimate.Mean(of(name)).Within(least, most)}
		if name == stability {
			v.Estimate = estimate.Mean(nil)
			if len(parts) > 1 {
				alike, _, _ := measure.Stability(context.Background(), parts, len(parts[0])/cell.Size) // nothing ends it
				v.Runs, v.Mean = len(parts), alike
			}
		}
		row.Values = append(row.Values, v)
	}
	if name := cell.Task.Success; name != "" {
		solved := 0
		found := of(name)
		for _, x := range found {
			if x >= cell.Task.Of {
				solved++
			}
		}
		e := estimate.Share(solved, len(found))
		row.Solved = &e
	}
	return row
}

// possible returns the smallest and largest possible value of a measure; the largest count
// of parts is the number of parts in the stimuli of the runs.
func possible(name string, runs []result) (least, most float64) {
	least, most = math.Inf(-1), math.Inf(1)
	if m, ok := measure.Named(name); ok {
		least, most = m.Low, m.High
	}
	for _, r := range runs {
		if count, ok := r.Countable[name]; ok {
			most = float64(count)
		}
	}
	return least, most
}
