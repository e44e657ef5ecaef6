package rundir

import (
	"cmp"
	"encoding/csv"
	"io"
	"strconv"

	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
)

// labelledMost is the largest number of numbers of a labelled table that is written without being
// asked for: some 20 megabytes of text.
const labelledMost = 1_000_000

// labelled reports whether a table of that many numbers is written with names, for stimuli and
// visible neurons that have some.
func labelled(tables string, numbers int, names ...[]string) bool {
	if tables != experiment.AutoTables {
		return tables == experiment.AllTables
	}
	for _, n := range names {
		if n != nil {
			return numbers <= labelledMost
		}
	}
	return false
}

// writeSynapses writes the synapses as a table: a row for each hidden neuron, a column for each
// visible one, by its name or else its number.
func writeSynapses(to io.Writer, o *outcome.Outcome) error {
	head := []string{"hidden neuron"}
	for j := range o.Stimuli.Size {
		head = append(head, nameAt(o.Stimuli.Neurons, j))
	}
	w, n := o.Synapses(), o.Stimuli.Size
	return writeLabelled(to, head, len(w)/n, func(a int) ([]string, []float64) {
		return []string{strconv.Itoa(a)}, w[a*n : (a+1)*n]
	})
}

// WriteRates writes the table of hidden rates, with the names of the stimuli s, where the key
// tables of the experiment asks for it.
func WriteRates(out *record.Dir, x *experiment.Experiment, s outcome.Stimuli, h measure.Rates) error {
	if !labelled(x.Tables, h.Stimuli*h.Hidden, s.Neurons, s.Names) {
		return nil
	}
	return out.Write(RatesTable, func(to io.Writer) error { return writeRates(to, s, h) })
}

// writeRates writes hidden rates as a table: a row for each stimulus, with its name or else its
// number, its place on an axis such as time where there is one, and a column for each hidden neuron.
func writeRates(to io.Writer, s outcome.Stimuli, h measure.Rates) error {
	head := []string{"stimulus"}
	if s.Axis != nil {
		head = append(head, cmp.Or(s.AxisName, "axis"))
	}
	for a := range h.Hidden {
		head = append(head, "hidden neuron "+strconv.Itoa(a))
	}
	rates := make([]float64, h.Hidden)
	return writeLabelled(to, head, h.Stimuli, func(i int) ([]string, []float64) {
		h.Stimulus(i, rates)
		if s.Axis != nil {
			return []string{nameAt(s.Names, i), number(s.Axis[i])}, rates
		}
		return []string{nameAt(s.Names, i)}, rates
	})
}

// writeLabelled writes a table row by row, so that its text is never in memory: labels, then
// numbers that read back to the same bits.
func writeLabelled(to io.Writer, head []string, rows int, row func(i int) (labels []string, numbers []float64)) error {
	out := csv.NewWriter(to)
	if err := out.Write(head); err != nil {
		return err
	}
	fields := make([]string, 0, len(head))
	for i := range rows {
		labels, numbers := row(i)
		fields = append(fields[:0], labels...)
		for _, x := range numbers {
			fields = append(fields, number(x))
		}
		if err := out.Write(fields); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// nameAt returns a name, or the number where there are no names.
func nameAt(names []string, i int) string {
	if names == nil {
		return strconv.Itoa(i)
	}
	return names[i]
}
