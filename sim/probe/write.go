package probe

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// Files of a probe.
const (
	ProbeFile   = "probe.toml" // the probe, every default written out
	TableFile   = "probe.csv"  // errors of each stimulus
	SummaryFile = "probe.json"
)

// answers are the answers that there are, by name.
func (r *Result) answers() (names []string, all []*Answer) {
	names, all = []string{"intact"}, []*Answer{&r.Intact}
	if r.Frozen != nil {
		names, all = append(names, "frozen"), append(all, r.Frozen)
	}
	if r.Anew != nil {
		names, all = append(names, "anew"), append(all, r.Anew)
	}
	return names, all
}

// write writes everything.
func (r *Result) write(out *record.Dir) error {
	x := r.opened.Experiment
	text := func(name, content string) error {
		return out.Write(name, func(w io.Writer) error { _, err := io.WriteString(w, content); return err })
	}
	if err := text(ProbeFile, r.Probe.TOML()); err != nil {
		return err
	}
	if err := text(rundir.ConfigFile, x.TOML()); err != nil {
		return err
	}
	names, answers := r.answers()
	for k, a := range answers {
		write := func(what string, rows [][]float64) error {
			if len(rows) == 0 {
				return nil
			}
			return rundir.WriteRows(out, x.Precision, fmt.Sprintf("arrays/%s-%s.npy", what, names[k]), len(rows), len(rows[0]), func(i int) []float64 { return rows[i] })
		}
		if err := write("H", a.Rates); err != nil {
			return err
		}
		if err := write("prediction", a.Prediction); err != nil {
			return err
		}
	}
	if err := out.Write(TableFile, r.table().Write); err != nil {
		return err
	}
	if err := r.draw(out); err != nil {
		return err
	}
	if err := r.drawCourse(out); err != nil {
		return err
	}
	return out.Write(SummaryFile, func(w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		return e.Encode(r.Summary())
	})
}

// table says the errors of each stimulus.
func (r *Result) table() rundir.Table {
	t := rundir.Table{{"stimulus", "name"}}
	names, answers := r.answers()
	for _, name := range names {
		if r.predicts {
			t[0] = append(t[0], r.Symbol+"_"+name, "rmse_"+name)
		}
	}
	for i, number := range r.Numbers {
		row := []string{strconv.Itoa(number), r.Names[i]}
		for _, a := range answers {
			if r.predicts {
				row = append(row, cell(a.Loss[i]), cell(a.RMSE[i]))
			}
		}
		t = append(t, row)
	}
	return t
}

// cell writes a number into a table, which has nothing where it is not defined.
func cell(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return fmt.Sprint(x)
}

// Summary is what a probe has found, in few numbers.
type Summary struct {
	Dir     string          `json:"dir" doc:"directory of the probe"`
	Stimuli int             `json:"stimuli" doc:"number of stimuli that were shown"`
	Read    []string        `json:"read" doc:"what was found, converted and left out while the stimuli were read, a phrase each"`
	Steps   int             `json:"steps" doc:"steps of recognition"`
	Shows   []string        `json:"shows" doc:"what was shown when, a phrase each, where it changes"`
	Events  []string        `json:"events" doc:"what was done, a phrase each"`
	Symbol  string          `json:"symbol" doc:"symbol of the objective: D, E or S"`
	Answers []AnswerSummary `json:"answers" doc:"intact, frozen and anew, as far as there are: name, loss (mean objective of a stimulus, null where it is infinite or not defined) and rmse (mean root mean squared error)"`
}

// AnswerSummary is the mean error of an answer.
type AnswerSummary struct {
	Name string   `json:"name"`
	Loss *float64 `json:"loss"`
	RMSE *float64 `json:"rmse"`
}

// Summary returns it.
func (r *Result) Summary() Summary {
	s := Summary{Dir: r.Dir, Stimuli: len(r.Numbers), Read: append([]string{}, r.Read...), Steps: r.Probe.Steps, Shows: append([]string{}, r.Shown...), Events: []string{}, Symbol: r.Symbol}
	for k := range r.Probe.Events {
		e := &r.Probe.Events[k]
		until := "to the end"
		if e.Until > 0 {
			until = fmt.Sprintf("until step %d", e.Until)
		}
		s.Events = append(s.Events, fmt.Sprintf("%s after step %d %s", e.Says(), e.From, until))
	}
	names, answers := r.answers()
	for k, a := range answers {
		s.Answers = append(s.Answers, AnswerSummary{names[k], mean(a.Loss), mean(a.RMSE)})
	}
	return s
}

// mean returns the mean of numbers, nil where it is not finite.
func mean(x []float64) *float64 {
	sum := 0.0
	for _, y := range x {
		sum += y
	}
	sum /= float64(len(x))
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil
	}
	return &sum
}
