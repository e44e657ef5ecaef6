package draw

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// GroupsFigure describes one figure of what groups have learned, each alone.
type GroupsFigure struct {
	Name string
	Doc  string
	When func(g *outcome.Groups) bool
	draw func(g *outcome.Groups) *figure.Figure
	of   func(g *outcome.Groups) string // what it shows, for its caption
}

// GroupsTable returns all figures of groups.
func GroupsTable() []GroupsFigure { return []GroupsFigure{matchedParts, similarity} }

// AllOfGroups draws the figures of what groups have learned, as [All] does those of an outcome.
func AllOfGroups(g *outcome.Groups, write func(name string, content func(w io.Writer) error) error) error {
	formats := g.Experiment.Figures
	if len(formats) == 0 {
		return nil
	}
	for _, f := range GroupsTable() {
		if !f.When(g) {
			continue
		}
		d := Drawing{Name: f.Name, Make: func() *figure.Figure {
			return f.draw(g).Captioned(caption(&outcome.Outcome{Experiment: g.Experiment}) + " " + f.of(g))
		}}
		files, err := d.files(formats)
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := write("figures/"+file.name, func(w io.Writer) error { _, err := w.Write(file.content); return err }); err != nil {
				return err
			}
		}
	}
	return nil
}

var similarity = GroupsFigure{
	Name: "similarity", Doc: "the mean cosine of the matched parts of two groups, as a matrix, with its range by chance in the caption",
	When: func(g *outcome.Groups) bool { return len(g.Matching.Pairs) > 1 },
	draw: func(g *outcome.Groups) *figure.Figure {
		n := len(g.Members)
		values := make([]float64, n*n)
		for k := range n {
			values[k*n+k] = 1
		}
		for _, p := range g.Matching.Pairs {
			values[p.One*n+p.Other], values[p.Other*n+p.One] = p.Mean, p.Mean
		}
		axis := figure.Counted{Label: "group", Count: n, Names: namesOfGroups(g)}
		return figure.Matrix(Look(&outcome.Outcome{Experiment: g.Experiment, Stimuli: g.Stimuli}), values, figure.Axes{
			Rows: axis, Columns: axis, Shade: "mean cosine of matched parts", White: math.Floor(20*byChance(g)) / 20, Written: true,
		})
	},
	of: func(g *outcome.Groups) string {
		low, high, above := math.Inf(1), math.Inf(-1), 0
		for _, p := range g.Matching.Pairs {
			low, high = min(low, p.High), max(high, p.High)
			if p.Mean > p.High {
				above++
			}
		}
		upTo := fmt.Sprintf("%.2f to %.2f", low, high)
		if fmt.Sprintf("%.2f", low) == fmt.Sprintf("%.2f", high) {
			upTo = fmt.Sprintf("%.2f", high)
		}
		return fmt.Sprintf("With shuffled visible neurons the mean is %.2f and the 95 %% range of a pair ends at %s (%d shuffles); %d of %d pairs are above it.", byChance(g), upTo, g.Experiment.Groups.Shuffles, above, len(g.Matching.Pairs))
	},
}

// byChance returns the mean cosine of matched parts of shuffled neurons, over all pairs.
func byChance(g *outcome.Groups) (mean float64) {
	for _, p := range g.Matching.Pairs {
		mean += p.Shuffled / float64(len(g.Matching.Pairs))
	}
	return mean
}

var matchedParts = GroupsFigure{
	Name: "groups", Doc: "the matched parts of all groups as bars, with a dot for each group, beside their rates over the course of a recording",
	When: func(g *outcome.Groups) bool {
		return kindOf(&outcome.Outcome{Stimuli: g.Stimuli}) == vectors && together(g).Cycles() != nil
	},
	draw: drawMatched,
	of:   func(g *outcome.Groups) string { return together(g).Cycles().Note },
}

// namesOfGroups returns the names of groups.
func namesOfGroups(g *outcome.Groups) (names []string) {
	for _, m := range g.Members {
		names = append(names, m.Name)
	}
	return names
}

// together returns the rates of all groups as those of one network, whose hidden neurons are the parts
// of the reference: in each group the part that is matched to it, of a length of 1, or NaN where the
// part is missing.
func together(g *outcome.Groups) *outcome.Outcome {
	parts := g.Reference().Hidden
	place := make([][2]int, g.Stimuli.Count) // of each stimulus its group, and its place in that
	for k, m := range g.Members {
		for at, i := range m.Group.Stimuli() {
			place[i] = [2]int{k, at}
		}
	}
	lengths := make([][]float64, len(g.Members))
	rates := make([][]float64, len(g.Members)) // parts×stimuli of each group
	for k, m := range g.Members {
		lengths[k] = make([]float64, parts)
		rates[k] = make([]float64, parts*m.Stimuli)
		for a := range parts {
			row := rates[k][a*m.Stimuli : (a+1)*m.Stimuli]
			own := g.Matching.Part[k][a]
			if own < 0 || g.Matching.Missing(k, a) {
				for i := range row {
					row[i] = math.NaN()
				}
				continue
			}
			m.Rates.Neuron(own, row)
			length := norm(m.Synapses[own*g.Stimuli.Size : (own+1)*g.Stimuli.Size])
			for i := range row {
				row[i] *= length
			}
		}
	}
	read := func(to []float64, from, step int) {
		for l := range to {
			k := from + l*step
			at := place[k/parts]
			to[l] = rates[at[0]][k%parts*g.Members[at[0]].Stimuli+at[1]]
		}
	}
	return &outcome.Outcome{Experiment: g.Experiment, Stimuli: g.Stimuli, Rates: measure.Read(g.Stimuli.Count, parts, read)}
}

// norm returns the Euclidean length of a part.
func norm(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += float64(v * v)
	}
	return math.Sqrt(sum)
}

// drawMatched draws a row for each part of the reference.
func drawMatched(g *outcome.Groups) *figure.Figure {
	o := together(g)
	n, parts := g.Stimuli.Size, o.Rates.Hidden
	f := figure.Factors{W: make([]float64, parts*n), Used: make([]float64, parts), Visible: visible(o)}
	have := make([]int, parts)
	conditions := g.Conditions()
	for k, m := range g.Members {
		d := figure.Dots{W: make([]float64, parts*n), Colour: slices.Index(conditions, m.Condition)}
		for a := range parts {
			row, own := d.W[a*n:(a+1)*n], g.Matching.Part[k][a]
			if own < 0 || g.Matching.Missing(k, a) {
				for j := range row {
					row[j] = math.NaN()
				}
				continue
			}
			part := m.Synapses[own*n : (own+1)*n]
			length := cmp.Or(norm(part), 1)
			for j, x := range part {
				row[j] = x / length
				f.W[a*n+j] += row[j]
			}
			have[a]++
		}
		f.Dots = append(f.Dots, d)
	}
	for a := range parts {
		for j := range n {
			f.W[a*n+j] /= float64(max(1, have[a]))
		}
		title := fmt.Sprintf("part %d", a)
		if have[a] < len(g.Members) {
			title += fmt.Sprintf(", in %d of %d groups", have[a], len(g.Members))
		}
		f.Titles = append(f.Titles, title)
		f.Used[a] = float64(have[a])
	}
	f.Stimuli, f.Courses, f.Over = courses(g, o)
	f.Notes = []string{
		fmt.Sprintf("Parts are numbered as those of %s; bars are means over groups and dots the groups.", g.Reference().Name),
		"Each part has a length of 1, and its rates are in units of the stimuli.",
	}
	if slices.ContainsFunc(have, func(x int) bool { return x < len(g.Members) }) {
		f.Notes = append(f.Notes, "A part that is matched in a group no better than by chance is left out there.")
	}
	return figure.PartsAndRates(Look(o), f)
}

// courses returns the rates over the course of a recording by condition: mean and standard deviation over
// groups or, where no condition has several groups, over recordings.
func courses(g *outcome.Groups, o *outcome.Outcome) (axis figure.Counted, all []figure.Averaged, over string) {
	keyed := *o
	keyed.Stimuli.Recordings = nil
	of := map[int]int{} // the group of the recording that begins at a stimulus
	for k, m := range g.Members {
		for _, r := range m.Recordings {
			of[r.From] = k
		}
	}
	several := false
	groups := map[string][]int{}
	for _, r := range o.Stimuli.Recordings {
		k := of[r.From]
		if !slices.Contains(groups[r.Condition], k) {
			groups[r.Condition] = append(groups[r.Condition], k)
		}
		several = several || len(groups[r.Condition]) > 1
		r.Condition = strconv.Itoa(k) + "\n" + r.Condition
		keyed.Stimuli.Recordings = append(keyed.Stimuli.Recordings, r)
	}
	c := o.Cycles()
	axis = figure.Counted{Label: c.Label, Things: "points", Count: c.Points, Names: c.At}
	if !several {
		for _, x := range c.Conditions {
			all = append(all, figure.Averaged{Name: x.Condition, Recordings: x.Recordings, Mean: x.Mean, SD: x.SD})
		}
		return axis, all, "recordings"
	}
	single := keyed.Cycles()
	for _, x := range c.Conditions {
		a := figure.Averaged{Name: x.Condition, Recordings: len(groups[x.Condition]), Mean: make([]float64, len(x.Mean)), SD: make([]float64, len(x.Mean))}
		for at := range a.Mean {
			var values []float64
			for _, y := range single.Conditions {
				_, condition, _ := strings.Cut(y.Condition, "\n")
				if v := y.Mean[at]; condition == x.Condition && v == v {
					values = append(values, v)
				}
			}
			a.Mean[at], a.SD[at] = meanAndSD(values)
		}
		if a.Recordings < 2 {
			a.SD = nil
		}
		all = append(all, a)
	}
	return axis, all, "groups"
}

// meanAndSD returns the mean of values, NaN of none, and their standard deviation with divisor count −
// 1, 0 of one.
func meanAndSD(values []float64) (mean, sd float64) {
	for _, v := range values {
		mean += v
	}
	mean /= float64(len(values))
	for _, v := range values {
		sd += float64((v - mean) * (v - mean))
	}
	if len(values) > 1 {
		sd = math.Sqrt(sd / float64(len(values)-1))
	}
	return mean, sd
}
