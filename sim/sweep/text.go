package sweep

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"partsnet/sim/estimate"
)

// Text prints the means of the first cells, with the measure of the target first and as many others as a
// terminal has room for.
func (t *Table) Text(w io.Writer, most int) error {
	shown := t.shown()
	out := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, a := range t.sweep.Axes {
		fmt.Fprintf(out, "%s\t", a.Key)
	}
	for _, k := range shown {
		fmt.Fprintf(out, "%s\t", t.Measures[k])
	}
	fmt.Fprintln(out, "runs")
	for i, r := range t.Rows[:min(most, len(t.Rows))] {
		for _, v := range r.Cell.Values {
			fmt.Fprintf(out, "%s\t", Text(v))
		}
		for _, k := range shown {
			fmt.Fprintf(out, "%s\t", r.Means[k].Text(4))
		}
		best := ""
		if i == t.Best {
			best = "  best"
		}
		fmt.Fprintf(out, "%d%s\n", r.Means[0].Runs, best)
	}
	if err := out.Flush(); err != nil {
		return err
	}
	if len(t.Rows) > most {
		fmt.Fprintf(w, "... and %d more cells in %s\n", len(t.Rows)-most, summaryFile)
	}
	return nil
}

// Alike returns how many other cells have an interval that meets that of the best one. It is 0 where
// there are no intervals.
func (t *Table) Alike() (n int) {
	best, ok := t.Chosen()
	if !ok {
		return 0
	}
	at := slices.Index(t.Measures, t.sweep.Best.Of)
	meets := func(e estimate.Estimate) bool { return e.Low <= best.High && e.High >= best.Low }
	for k, r := range t.Rows {
		if k != t.Best && meets(r.Means[at]) {
			n++
		}
	}
	return n
}
