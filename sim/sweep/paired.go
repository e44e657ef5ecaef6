package sweep

import (
	"encoding/csv"
	"fmt"
	"io"

	"partsnet/sim/estimate"
)

// paired writes, for every cell but the best and every measure, the difference from the best cell: its mean
// over the seeds whose runs of both cells have the measure, which leaves out what a seed, with its
// stimuli and its start, does to both.
func (t *Table) paired(w io.Writer) error {
	rows := [][]string{append(append(t.head(), "measure", "pairs"), estimate.Columns...)}
	for c, r := range t.Rows {
		if t.Best < 0 || c == t.Best {
			continue
		}
		for _, name := range t.Measures {
			e := t.difference(c, t.Best, name)
			rows = append(rows, append(append(r.Cell.values(), name, fmt.Sprint(e.Runs)), e.Row()...))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// difference returns the mean of a measure in a cell less that in another, seed by seed.
func (t *Table) difference(cell, other int, name string) estimate.Estimate {
	var x []float64
	seeds := t.sweep.Seeds
	for k := range seeds {
		a, ok1 := t.runs[cell*seeds+k].end(name)
		b, ok2 := t.runs[other*seeds+k].end(name)
		if ok1 && ok2 {
			x = append(x, a-b)
		}
	}
	return estimate.Mean(x)
}

// end returns a measure at the end of a run, if the run has not failed and the measure is defined.
func (r ended) end(name string) (float64, bool) {
	if r.Error != "" {
		return 0, false
	}
	return r.Records[len(r.Records)-1].of(name)
}
