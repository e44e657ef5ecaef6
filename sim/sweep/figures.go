package sweep

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/estimate"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
)

// mostCurves is the number of curves of a panel that can be told apart.
const mostCurves = 8

// figures draws the summary: for each key the measures over its values, and for two keys alone the
// measure of the target as a matrix.
func (t *Table) figures() map[string]*figure.Figure {
	drawn, notes := map[string]*figure.Figure{}, map[string]string{}
	for k, a := range t.sweep.Axes {
		if len(a.Values) > 1 {
			name := "by-" + strings.ReplaceAll(a.Key, ".", "-")
			drawn[name], notes[name] = t.over(k)
		}
	}
	if len(t.sweep.Axes) == 2 && !t.sweep.Axes[0].zipped && len(t.sweep.Axes[0].Values) > 1 && len(t.sweep.Axes[1].Values) > 1 {
		if f := t.heat(); f != nil {
			drawn["heat"] = f
		}
	}
	seeds := "one seed each"
	if t.sweep.Seeds > 1 {
		seeds = fmt.Sprintf("seeds %d to %d", t.sweep.First, t.sweep.First+int64(t.sweep.Seeds)-1)
	}
	for name, f := range drawn {
		drawn[name] = f.Captioned(strings.TrimSpace(fmt.Sprintf("%s, %s. %s", t.sweep.Name, seeds, notes[name])))
	}
	return drawn
}

// words describes a measure.
func words(name string) string {
	if m, ok := measure.Named(name); ok {
		return m.Doc
	}
	return name
}

// over draws the measures over the values of an axis, a curve for each combination of the other
// axes or, where these are too many, the mean over them; the note says what is drawn.
func (t *Table) over(axis int) (f *figure.Figure, note string) {
	a := t.sweep.Axes[axis]
	others := map[string]bool{}
	for _, c := range t.sweep.Cells {
		others[t.beside(c, axis)] = true
	}
	merged := len(others) > mostCurves
	at, numeric := places(a.Values)
	var curves []figure.Curve
	var panels []figure.Panel
	for _, k := range t.shown() {
		name := t.Measures[k]
		panel := figure.Panel{Title: words(name), Axis: name}
		var labels []string
		points := map[string][]figure.Interval{}
		for i, v := range a.Values {
			for _, label := range t.labels(axis, i, merged) {
				e := t.mean(axis, i, k, label, merged)
				if e.Runs == 0 {
					continue
				}
				if !slices.Contains(labels, label) {
					labels = append(labels, label)
				}
				point := figure.Interval{Label: strings.TrimSuffix(Text(v)+", "+label, ", "), Mean: e.Mean, Low: e.Low, High: e.High, Group: slices.Index(labels, label)}
				if numeric {
					point.At = at[i]
				}
				points[label] = append(points[label], point)
				panel.Points = append(panel.Points, point)
			}
		}
		for _, label := range labels {
			curves = append(curves, figure.Curve{Of: words(name), Label: label, Points: points[label]})
		}
		panels = append(panels, panel)
	}
	note = "Dots are means over runs at their end, bars their 95 % confidence intervals. summary.csv has all measures."
	if merged {
		note += fmt.Sprintf(" Means are over %d combinations of the other keys too.", len(others))
	}
	if numeric {
		return figure.Series(a.Key, curves), note
	}
	return figure.Score(panels), note
}

// labels returns the combinations of the other axes that a value of an axis has, "" for all.
func (t *Table) labels(axis, value int, merged bool) (labels []string) {
	if merged {
		return []string{""}
	}
	for _, c := range t.sweep.Cells {
		if label := t.beside(c, axis); Text(c.Values[axis]) == Text(t.sweep.Axes[axis].Values[value]) && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// mean returns the mean of a measure over the runs with a value of an axis and, unless they are
// merged, one combination of the others.
func (t *Table) mean(axis, value, name int, label string, merged bool) estimate.Estimate {
	var x []float64
	for _, r := range t.runs {
		c := t.sweep.Cells[r.cell]
		if r.Error != "" || Text(c.Values[axis]) != Text(t.sweep.Axes[axis].Values[value]) || !merged && t.beside(c, axis) != label {
			continue
		}
		if y, ok := r.Records[len(r.Records)-1].of(t.Measures[name]); ok {
			x = append(x, y)
		}
	}
	return estimate.Mean(x)
}

// beside says the values of a cell but for one axis.
func (t *Table) beside(c Cell, axis int) string {
	var words []string
	for k, a := range t.sweep.Axes {
		if k != axis {
			name := a.Key[strings.LastIndex(a.Key, ".")+1:]
			words = append(words, fmt.Sprintf("%s %s", name, Text(c.Values[k])))
		}
	}
	return strings.Join(words, ", ")
}

// places returns the values of an axis as numbers; ok is false where one is none.
func places(values []any) (at []float64, ok bool) {
	for _, v := range values {
		x, err := strconv.ParseFloat(Text(v), 64)
		if err != nil {
			return nil, false
		}
		at = append(at, x)
	}
	return at, true
}

// heat draws the measure of the target over two axes; nil where it is not known of all cells, or
// negative, which its shades do not show.
func (t *Table) heat() *figure.Figure {
	rows, columns := t.sweep.Axes[0], t.sweep.Axes[1]
	name := slices.Index(t.Measures, t.sweep.Best.Of)
	values := make([]float64, 0, len(rows.Values)*len(columns.Values))
	if len(t.Rows) != cap(values) {
		return nil
	}
	for _, r := range t.Rows { // the last axis is the fastest
		mean := r.Means[name].Mean
		if math.IsNaN(mean) || mean < 0 {
			return nil
		}
		values = append(values, mean)
	}
	named := func(a Axis) figure.Counted {
		c := figure.Counted{Count: len(a.Values), Label: a.Key}
		for _, v := range a.Values {
			c.Names = append(c.Names, Text(v))
		}
		return c
	}
	return figure.Matrix(figure.Look{}, values, figure.Axes{Rows: named(rows), Columns: named(columns), Shade: words(t.sweep.Best.Of)})
}
