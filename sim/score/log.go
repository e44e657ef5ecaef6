package score

import (
	"encoding/json"
	"fmt"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/program"
)

// result is the outcome of a run: a line of the log.
type result struct {
	Cell     string
	Seed     int64
	Config   string              // checksum of the resolved experiment
	Error    string              `json:",omitempty"`
	Seconds  float64             // of one processor
	Measures map[string]measured `json:",omitempty"` // by constraint, that of the run itself first: ""
	Synapses []float32           `json:",omitempty"` // where their stability is asked for

	Countable map[string]int `json:",omitempty"` // the maximum of each measure that is a count
}

// measured are measures by name, those that are defined.
type measured map[string]float64

// logFile is the name of the log.
const logFile = "runs.log"

// header is the first line of the log. Another one follows where the score is continued with other
// runs.
type header struct {
	Version, Kernel string
	Score           *identity
}

// headerOf returns the header in a line of the log; ok is false for a line of a run.
func headerOf(line []byte) (h header, ok bool) {
	return h, json.Unmarshal(line, &h) == nil && h.Version != ""
}

// begin writes a header.
func (c *campaign) begin(h header) error {
	text, err := json.Marshal(h)
	if err == nil {
		err = c.log.Append(text)
	}
	return err
}

// reread takes from the log what is done already, and writes its header if it is new. A
// run is taken if all its settings were the same; a score may be continued with
// more seeds, or other tasks.
func (c *campaign) reread(lines [][]byte) error {
	id, err := c.score.identity()
	if err != nil {
		return err
	}
	want := header{program.Version(), kernel.Level(), &id}
	if len(lines) == 0 {
		return c.begin(want)
	}
	if was, ok := headerOf(lines[0]); !ok || was.Version != want.Version || was.Kernel != want.Kernel {
		what := fmt.Sprintf("version %s began it, and this is %s", was.Version, want.Version)
		switch {
		case !ok:
			what = "its log has no header"
		case was.Kernel != want.Kernel:
			what = fmt.Sprintf("the kernel was %s and is %s; %s=%s continues with the same bits", was.Kernel, want.Kernel, kernel.Variable, was.Kernel)
		}
		return &experiment.RequestError{Err: fmt.Errorf("the score cannot be continued: %s; use the same, or choose another directory with --out", what)}
	}
	if was := logged(lines); was == nil || id.differences(*was) != nil {
		if err := c.begin(want); err != nil {
			return err
		}
	}
	configs := map[run]string{}
	for _, j := range c.jobs {
		configs[j.run] = j.config
	}
	for _, line := range lines[1:] {
		if _, ok := headerOf(line); ok {
			continue
		}
		var r result
		if err := json.Unmarshal(line, &r); err != nil {
			return fmt.Errorf("a complete line of the log cannot be read: %w", err)
		}
		if of := (run{r.Cell, r.Seed}); r.Error == "" && configs[of] == r.Config { // one that failed is tried again
			c.done[of] = r
		}
	}
	return nil
}

// take keeps the measures of a run that its cell has, and those that are always kept.
func (r *result) take(learned *sim.Result, cell Cell) {
	own := measured(learned.Measures.Defined())
	own["objective"], own["rises"] = learned.Objective, float64(learned.Rises)
	own["dead"], own["duplicate"] = float64(learned.Census.Dead), float64(learned.Census.Duplicate)
	r.Measures = map[string]measured{"": own}
	for _, other := range learned.Compared {
		if other.Constraint != experiment.NonNegative {
			r.Measures[other.Constraint] = other.Measures.Defined()
		}
	}
	r.Countable = countable(learned.Recovery, learned.Meanings)
	if slices.Contains(cell.Asked(), stability) {
		r.Synapses = make([]float32, len(learned.Synapses))
		for i, x := range learned.Synapses {
			r.Synapses[i] = float32(x)
		}
	}
}

// countable returns the maximum of each measure that is a count, as the measure says it of the
// true parts and of the words with several meanings.
func countable(rec *measure.Recovery, m *measure.Meanings) map[string]int {
	largest, in := map[string]int{}, measure.Counted{}
	if rec == nil {
		return largest
	}
	in.Parts = len(rec.Neuron)
	if m != nil {
		in.Ambiguous = len(m.Words)
	}
	for _, count := range measure.Table() {
		if count.Among == nil {
			continue
		}
		if n, ok := count.Among(in); ok {
			largest[count.Name] = n
		}
	}
	return largest
}

// stability is the measure that compares the runs of a cell with each other.
const stability = "stability"
