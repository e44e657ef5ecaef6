package rundir

import (
	"strconv"

	"partsnet/sim/outcome"
)

// Bootstrapped is how far results depend on which stimuli were shown: of each hidden neuron in how
// many repeats a part was like its own, and the intervals of measures by name. Those of the weights
// are in files.
type Bootstrapped struct {
	Over     string              `json:"over"`
	Units    int                 `json:"units"`
	Repeats  int                 `json:"repeats"`
	Level    float64             `json:"level"`
	Matched  []int               `json:"matched"`
	Cosine   []float64           `json:"cosine"`
	Measures map[string]Interval `json:"measures"`
}

// Interval is that of a measure.
type Interval struct {
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Error float64 `json:"standard_error"`
}

// The ends of the intervals of weights, in the scale and the order of the synapses.
var lowArray, highArray = ArrayFile("W low"), ArrayFile("W high")

// intervals writes the intervals of the weights.
func (w *writer) intervals(o *outcome.Outcome) {
	rows := o.Rates.Hidden
	w.matrix(lowArray, o.Bootstrap.Low, rows)
	w.matrix(highArray, o.Bootstrap.High, rows)
	w.table(IntervalsFile, intervalsTable(o))
}

// intervalsTable returns a row for each weight, with its interval and standard error and the number
// of repeats in which the part was found again.
func intervalsTable(o *outcome.Outcome) Table {
	b, n := o.Bootstrap, o.Stimuli.Size
	t := Table{{"hidden neuron", "visible neuron", "weight", "low", "high", "standard error", "found in repeats"}}
	for at, x := range o.Synapses() {
		a, j := at/n, at%n
		t = append(t, []string{strconv.Itoa(a), nameAt(o.Stimuli.Neurons, j), number(x), number(b.Low[at]), number(b.High[at]), number(b.Error[at]), strconv.Itoa(b.Matched[a])})
	}
	return t
}

// bootstrapped returns what the manifest says of a bootstrap; nil for none.
func bootstrapped(o *outcome.Outcome) *Bootstrapped {
	b := o.Bootstrap
	if b == nil {
		return nil
	}
	m := &Bootstrapped{b.Over, b.Units, b.Repeats, b.Level, b.Matched, b.Cosine, map[string]Interval{}}
	for _, x := range b.Measures {
		m.Measures[x.Name] = Interval{x.Low, x.High, x.Error}
	}
	return m
}

// readIntervals reads the intervals of the weights; nil where there are none. Their standard errors
// are in the table alone.
func (s *Saved) readIntervals(o *outcome.Outcome) error {
	b := s.Manifest.Bootstrap
	if b == nil {
		return nil
	}
	low, err := s.Matrix(lowArray)
	if err != nil {
		return err
	}
	high, err := s.Matrix(highArray)
	if err != nil {
		return err
	}
	o.Bootstrap = &outcome.Bootstrap{Over: b.Over, Units: b.Units, Repeats: b.Repeats, Level: b.Level, Low: low.Values, High: high.Values, Matched: b.Matched, Cosine: b.Cosine}
	for _, v := range o.Experiment.Measures {
		if x, ok := b.Measures[v]; ok {
			o.Bootstrap.Measures = append(o.Bootstrap.Measures, outcome.Interval{Name: v, Value: s.Manifest.Measures[v], Low: x.Low, High: x.High, Error: x.Error})
		}
	}
	return nil
}
