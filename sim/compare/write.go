package compare

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"

	"partsnet/sim/estimate"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/figure/formats"
	"partsnet/sim/measure"
	"partsnet/sim/record"
)

// Write writes the comparison into a new directory: runs.csv (a row a run), means.csv (a row a cell and
// measure), similarity.csv (a row a pair of runs), matched.csv (a row a part), and figures.
func (c *Comparison) Write(dir string) (err error) {
	out, err := record.Create(dir)
	if err != nil {
		return &experiment.RequestError{Err: err}
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, out.Abandon())
		}
	}()
	tables := map[string][][]string{"runs.csv": c.runsTable(), "means.csv": c.meansTable()}
	if c.Matching != nil {
		tables["similarity.csv"], tables["matched.csv"] = c.similarityTable(), c.matchedTable()
	}
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if err := out.Write(name, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(tables[name]) }); err != nil {
			return err
		}
	}
	if err := figure.WriteAll(c.figures(), formats.Names, out.Write); err != nil {
		return err
	}
	return out.Commit()
}

func (c *Comparison) runsTable() [][]string {
	head := append([]string{"run"}, c.Keys...)
	t := [][]string{append(append(head, "seed", "epochs"), c.Measures...)}
	for _, r := range c.Runs {
		row := append(append([]string{r.Dir}, r.Values...), fmt.Sprint(r.Experiment.Seed), fmt.Sprint(r.Epochs))
		for _, name := range c.Measures {
			text := ""
			if x, ok := r.Measures[name]; ok {
				text = estimate.Number(x)
			}
			row = append(row, text)
		}
		t = append(t, row)
	}
	return t
}

func (c *Comparison) meansTable() [][]string {
	t := [][]string{append(append(slices.Clone(c.Keys), "measure", "runs"), estimate.Columns...)}
	for _, x := range c.Cells {
		for k, name := range c.Measures {
			e := x.Means[k]
			t = append(t, append(append(slices.Clone(x.Values), name, fmt.Sprint(e.Runs)), e.Row()...))
		}
	}
	return t
}

func (c *Comparison) similarityTable() [][]string {
	t := [][]string{{"run", "other", "mean_cosine", "shuffled", "shuffled_low", "shuffled_high", "p"}}
	for _, p := range c.Matching.Pairs {
		t = append(t, []string{c.Runs[p.One].Dir, c.Runs[p.Other].Dir, estimate.Number(p.Mean), estimate.Number(p.Shuffled), estimate.Number(p.Low), estimate.Number(p.High), estimate.Number(p.P)})
	}
	return t
}

func (c *Comparison) matchedTable() [][]string {
	t := [][]string{{"run", "part", "other", "other_part", "cosine"}}
	for _, p := range c.Matching.Pairs {
		for a, b := range p.Match {
			other, cosine := "", ""
			if b >= 0 {
				other, cosine = fmt.Sprint(b), estimate.Number(p.Cosine[a])
			}
			t = append(t, []string{c.Runs[p.One].Dir, fmt.Sprint(a), c.Runs[p.Other].Dir, other, cosine})
		}
	}
	return t
}

// mostPanels is the number of measures that the figure shows.
const mostPanels = 6

// figures draws the measures of the cells and, where parts were matched, how alike they are.
func (c *Comparison) figures() map[string]*figure.Figure {
	drawn := map[string]*figure.Figure{}
	var panels []figure.Panel
	for k, name := range c.Measures {
		if name == measure.Objective && len(c.Objectives) > 1 || len(panels) == mostPanels {
			continue
		}
		title := name
		if m, ok := measure.Named(name); ok {
			title = m.Doc
		}
		p := figure.Panel{Title: title, Axis: name}
		for i, x := range c.Cells {
			if e := x.Means[k]; e.Runs > 0 {
				p.Points = append(p.Points, figure.Interval{Label: c.label(x), Mean: e.Mean, Low: e.Low, High: e.High, Group: i})
			}
		}
		if len(p.Points) > 0 {
			panels = append(panels, p)
		}
	}
	drawn["measures"] = figure.Score(panels).Captioned(fmt.Sprintf("%d runs. Dots are means over seeds, bars their 95 %% confidence intervals.", len(c.Runs)))
	if c.Matching == nil {
		return drawn
	}
	n := len(c.Runs)
	values := make([]float64, n*n)
	for i := range n {
		values[i*n+i] = 1
	}
	for _, p := range c.Matching.Pairs {
		values[p.One*n+p.Other], values[p.Other*n+p.One] = p.Mean, p.Mean
	}
	runs := figure.Counted{Label: "run", Count: n}
	for _, r := range c.Runs {
		runs.Names = append(runs.Names, filepath.Base(r.Dir))
	}
	drawn["similarity"] = figure.Matrix(figure.Look{}, values, figure.Axes{Rows: runs, Columns: runs, Shade: "mean cosine of matched parts"}).
		Captioned(fmt.Sprintf("Parts matched one to one. By chance, with the visible neurons of each part permuted, the mean cosine is below %.3f in 97.5 %% of %d permutations of every pair.", c.byChance(), Shuffles))
	return drawn
}

// byChance returns the largest upper end of the range of the mean cosine by chance.
func (c *Comparison) byChance() (most float64) {
	for _, p := range c.Matching.Pairs {
		most = max(most, p.High)
	}
	return most
}

// label names a cell in a figure.
func (c *Comparison) label(x Cell) string {
	if len(c.Keys) == 0 {
		return "all"
	}
	words := ""
	for k, v := range x.Values {
		if k > 0 {
			words += ", "
		}
		words += v
	}
	return words
}
