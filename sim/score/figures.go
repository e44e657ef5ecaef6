package score

import (
	"fmt"
	"slices"

	"partsnet/sim/estimate"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
)

// figures draws the card: "score", with a panel for each task outside a series, and
// for each series a figure with a panel for each measure.
func (c *Card) figures() map[string]*figure.Figure {
	var panels []figure.Panel
	drawn := map[string]*figure.Figure{}
	var series []string
	for _, r := range c.Rows {
		t := r.Cell.Task
		if t.Axis != "" {
			if !slices.Contains(series, t.Axis) {
				series = append(series, t.Axis)
			}
			continue
		}
		if len(panels) == 0 || panels[len(panels)-1].Title != title(t) {
			panels = append(panels, figure.Panel{Title: title(t), Axis: axis(t), Most: most(t)})
		}
		e, ok := r.drawn()
		if !ok {
			continue
		}
		p := &panels[len(panels)-1]
		p.Points = append(p.Points, figure.Interval{
			Label: r.label(), Mean: e.Mean, Low: e.Low, High: e.High, Group: slices.Index(t.Sizes, r.Cell.Size),
		})
	}
	if panels != nil {
		drawn["score"] = figure.Score(panels)
	}
	for k, axis := range series {
		name := "series"
		if k > 0 {
			name = fmt.Sprintf("series-%d", k+1)
		}
		drawn[name] = c.series(axis)
	}
	for name, f := range drawn {
		drawn[name] = f.Captioned(fmt.Sprintf("%s, seeds %d to %d. Dots are means, or shares of runs, and bars their %v %% confidence intervals.", c.Name, c.First, c.First+int64(c.Seeds)-1, 100*estimate.Confidence))
	}
	return drawn
}

func title(t *Task) string {
	if t.Title != "" {
		return t.Title
	}
	return t.Name
}

// axis returns what the panel of a task shows: the share of runs that solved it, or its
// first measure.
func axis(t *Task) string {
	if t.Success != "" {
		return "share of runs solved"
	}
	return t.Measures[0]
}

// most returns the end of the axis; 0 lets the largest value decide.
func most(t *Task) float64 {
	if t.Success != "" {
		return 1
	}
	return 0
}

// drawn returns what the figure shows of the row.
func (r Row) drawn() (estimate.Estimate, bool) {
	e := r.Values[0].Estimate
	if r.Solved != nil {
		e = *r.Solved
	}
	return e, e.Runs > 0
}

// label names the row in a figure by its rule and its number r of hidden neurons.
func (r Row) label() string { return fmt.Sprintf("%s, r = %d", r.Rule(), r.Cell.Size) }

// series draws the measures of the tasks of a series over their places. Curves are named by
// their rule and, if a task has several sizes, their number of hidden neurons.
func (c *Card) series(axis string) *figure.Figure {
	var curves []figure.Curve
	sized := slices.ContainsFunc(c.Rows, func(r Row) bool { return r.Cell.Task.Axis == axis && len(r.Cell.Task.Sizes) > 1 })
	for _, r := range c.Rows {
		if r.Cell.Task.Axis != axis {
			continue
		}
		label := r.Rule()
		if sized {
			label = r.label()
		}
		for _, v := range r.Values {
			if v.Runs == 0 {
				continue
			}
			k := slices.IndexFunc(curves, func(c figure.Curve) bool { return c.Of == words(v.Name) && c.Label == label })
			if k < 0 {
				k = len(curves)
				curves = append(curves, figure.Curve{Of: words(v.Name), Label: label})
			}
			curves[k].Points = append(curves[k].Points, figure.Interval{At: r.Cell.Task.At, Mean: v.Mean, Low: v.Low, High: v.High})
		}
	}
	return figure.Series(axis, curves)
}

// words returns the description of a measure.
func words(name string) string {
	if m, ok := measure.Named(name); ok {
		return m.Doc
	}
	return name
}
