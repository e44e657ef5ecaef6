package rundir

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"

	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// Table is a table of a run: rows of text, the first of which names the columns.
type Table [][]string

// Write writes the table as CSV, quoted where a reader needs it.
func (t Table) Write(w io.Writer) error { return csv.NewWriter(w).WriteAll(t) }

// number writes a number so that it reads back to the same bits; NaN, which means not defined,
// is empty.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return fmt.Sprint(x)
}

// metrics returns the table of records: the objective, whether it rose since the record before,
// how far rates and synapses are from the conditions of a minimum (at the end and at some
// epochs before), the census of neurons, and the measures.
func metrics(o *outcome.Outcome) Table {
	head := []string{"epoch", o.Symbol, "rise", "optimality_rates", "optimality_synapses", "live", "dead", "duplicate", "split", "merged", "zero_synapses"}
	t := Table{append(head, o.Experiment.Measures...)}
	for _, e := range o.Records {
		c, rise := e.Census, "0"
		if e.Rise {
			rise = "1"
		}
		split, merged := "", ""
		if c.Split >= 0 {
			split, merged = strconv.Itoa(c.Split), strconv.Itoa(c.Merged)
		}
		row := []string{strconv.Itoa(e.Epoch), fmt.Sprint(e.Objective), rise, number(e.Optimality.Rates), number(e.Optimality.Synapses),
			strconv.Itoa(c.Live), strconv.Itoa(c.Dead), strconv.Itoa(c.Duplicate), split, merged, strconv.Itoa(c.Zero)}
		for _, m := range e.Measures {
			if m.Defined {
				row = append(row, fmt.Sprint(m.Value))
			} else {
				row = append(row, "")
			}
		}
		t = append(t, row)
	}
	return t
}

// startsTable returns the result of every random start. The file counts starts from 0; what the
// command line prints counts from 1.
func startsTable(o *outcome.Outcome) Table {
	t := Table{{"start", "epochs", o.Symbol, "rises", "above_best"}}
	for k, s := range o.Starts {
		t = append(t, []string{strconv.Itoa(k), strconv.Itoa(s.Epochs), fmt.Sprint(s.Objective), strconv.Itoa(s.Rises), fmt.Sprint(s.Objective - o.Objective)})
	}
	return t
}

// ranksTable returns the result of learning with each number of hidden neurons that was tried,
// in the best start and, with 95 % intervals, over all, and which of them each criterion chooses.
func ranksTable(o *outcome.Outcome) Table {
	c := o.Choice
	head := append([]string{"hidden", "start", "epochs", o.Symbol}, measure.ExplainedShares...)
	head = append(head, "line_residual", "stability", "stability_low", "stability_high", "held_out", "held_out_low", "held_out_high")
	for _, name := range measure.ExplainedShares {
		head = append(head, name+"_mean", name+"_low", name+"_high")
	}
	for _, name := range measure.Criteria {
		head = append(head, "by_"+name)
	}
	t := Table{append(head, "kept")}
	flag := func(yes bool) string {
		if yes {
			return "1"
		}
		return "0"
	}
	for k, r := range c.Tried {
		row := []string{strconv.Itoa(r.Hidden), strconv.Itoa(r.Start), strconv.Itoa(r.Epochs), number(r.Objective)}
		for _, name := range measure.ExplainedShares {
			row = append(row, number(r.Share(name)))
		}
		row = append(row, number(c.Residuals[k]), number(r.Stability.Mean), number(r.Stability.Low), number(r.Stability.High), number(r.HeldOut.Mean), number(r.HeldOut.Low), number(r.HeldOut.High))
		for _, name := range measure.ExplainedShares {
			e := r.Over(name)
			row = append(row, number(e.Mean), number(e.Low), number(e.High))
		}
		for _, criterion := range measure.Criteria {
			row = append(row, flag(c.By[criterion] == k))
		}
		t = append(t, append(row, flag(k == c.Kept)))
	}
	return t
}

// primitivesTable returns when and for how long hidden neurons are active in the recordings of each
// condition. Shares of a recording are in per cent.
func primitivesTable(o *outcome.Outcome) Table {
	t := Table{{"neuron", "condition", "recordings", "active", "width_points_mean", "width_points_sd", "width_percent_mean", "width_percent_sd",
		"centre_percent_mean", "centre_percent_sd", "amplitude_mean", "amplitude_sd"}}
	for _, p := range o.Primitives() {
		row := []string{strconv.Itoa(p.Neuron), p.Condition, strconv.Itoa(p.Recordings), strconv.Itoa(p.Active)}
		for _, s := range []struct {
			outcome.Spread
			unit float64
		}{{p.Points, 1}, {p.Width, 100}, {p.Centre, 100}, {p.Amplitude, 1}} {
			row = append(row, number(s.unit*s.Mean), number(s.unit*s.SD))
		}
		t = append(t, row)
	}
	return t
}

// stackTable returns the result of every layer and, if they learned jointly, of all together.
func stackTable(o *outcome.Outcome) Table {
	t := Table{{"layer", "hidden", o.Symbol, o.Symbol + "_through"}}
	for _, s := range o.Layers {
		t = append(t, []string{strconv.Itoa(s.Layer), strconv.Itoa(s.Hidden), fmt.Sprint(s.Objective), fmt.Sprint(s.Through)})
	}
	if o.Experiment.Stack.Joint > 0 {
		t = append(t, []string{"joint", "", "", fmt.Sprint(o.Joint)})
	}
	return t
}

// comparedTable returns the measures of the network under each constraint.
func comparedTable(o *outcome.Outcome) Table {
	names := o.Experiment.Measures
	t := Table{append([]string{"constraint"}, names...)}
	for _, c := range o.Compared {
		row, values := []string{c.Constraint}, c.Measures.Defined()
		for _, name := range names {
			if x, ok := values[name]; ok {
				row = append(row, fmt.Sprint(x))
			} else {
				row = append(row, "")
			}
		}
		t = append(t, row)
	}
	return t
}

// namesListed is the number of visible neurons listed for each hidden neuron.
const namesListed = 20

// featuresTable returns the visible neurons with the strongest synapses of every hidden neuron,
// the most active one first: neuron, share of all rates, and a name a column, each followed by its
// weight unless it is a word.
func featuresTable(o *outcome.Outcome) Table {
	f, texts := o.Features(), o.Stimuli.Texts
	listed := min(namesListed, o.Stimuli.Size)
	head := []string{"neuron", "share"}
	for k := range listed {
		if texts {
			head = append(head, fmt.Sprintf("word_%d", k+1))
		} else {
			head = append(head, fmt.Sprintf("neuron_%d", k+1), fmt.Sprintf("weight_%d", k+1))
		}
	}
	t := Table{head}
	order, total := f.ByUse()
	for _, a := range order {
		row := []string{strconv.Itoa(a), fmt.Sprintf("%.5f", f.Use[a]/max(total, 1e-300))}
		for _, x := range f.Strongest(a, listed) {
			if row = append(row, x.Text); !texts {
				row = append(row, number(x.Strength))
			}
		}
		for len(row) < len(head) { // no other weight counts
			row = append(row, "")
		}
		t = append(t, row)
	}
	return t
}
