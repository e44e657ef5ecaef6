package checkpoint

import (
	"fmt"
	"math"

	"partsnet/network"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/synapse"
)

// header is the header of the file of a checkpoint. Numbers that change in an epoch stand in
// the arrays, under their names, so that a rule or a circuit with more of them adds to the
// list (see [network.State]).
type header struct {
	Identity

	Timing outcome.Timing
	Kept   []savedKept
	Arrays []savedArray // those of the models, the parts of each frame, and the synapses of other starts
}

// savedKept is the state of the first layer with a number of hidden neurons, without its arrays.
type savedKept struct {
	Hidden  int
	Epoch   int
	Records []savedRecord
	Rises   int
	Stopped string // why learning ended, where it has
	Audits  map[string]synapse.Audit
	Frames  []savedFrame

	Start  int          // the start, of several, to which the rest belongs: the best so far
	Held   []hexFloat   // share of hidden entries that each fold predicts, NaN for one that has not learned
	Starts []savedStart // those that have learned; nil for a run from one start with one number of hidden neurons
}

// savedRecord is a record with its numbers as text that reads back to the same bits.
type savedRecord struct {
	Epoch      int
	Objective  hexFloat
	Rise       bool
	Measures   []hexFloat // in the order of the config; not a number where one is not defined
	Census     measure.Census
	Optimality [2]hexFloat // of rates and synapses
}

// savedFrame is a frame without its parts.
type savedFrame struct {
	Epoch     int
	Objective hexFloat
}

// savedStart is a start that has learned.
type savedStart struct {
	Start, Epochs int
	Objective     hexFloat
	Rises         int
	Shares        [3]hexFloat // explained_energy, explained_variance and explained_deviation
}

// saveRecord returns a record as a checkpoint holds it.
func saveRecord(e outcome.Record) savedRecord {
	s := savedRecord{
		Epoch: e.Epoch, Objective: hexFloat(e.Objective), Rise: e.Rise, Census: e.Census,
		Optimality: [2]hexFloat{hexFloat(e.Optimality.Rates), hexFloat(e.Optimality.Synapses)},
	}
	for _, m := range e.Measures {
		x := hexFloat(m.Value)
		if !m.Defined {
			x = hexFloat(math.NaN())
		}
		s.Measures = append(s.Measures, x)
	}
	return s
}

// record returns what was saved, with the names of its measures.
func (s savedRecord) record(names []string) (outcome.Record, error) {
	e := outcome.Record{
		Epoch: s.Epoch, Objective: float64(s.Objective), Rise: s.Rise, Census: s.Census,
		Optimality: network.Optimality{Rates: float64(s.Optimality[0]), Synapses: float64(s.Optimality[1])},
	}
	if len(s.Measures) != len(names) {
		return e, fmt.Errorf("the checkpoint holds %d measures, not %d", len(s.Measures), len(names))
	}
	for i, x := range s.Measures {
		e.Measures = append(e.Measures, measure.Value{Name: names[i]})
		if !math.IsNaN(float64(x)) {
			e.Measures[i].Value, e.Measures[i].Defined = float64(x), true
		}
	}
	return e, nil
}

// hexFloat is a float64 that JSON keeps exactly, NaN and infinities included.
type hexFloat float64

// MarshalText writes the number with all its bits.
func (x hexFloat) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%x", float64(x)), nil }

// UnmarshalText reads it back.
func (x *hexFloat) UnmarshalText(text []byte) error {
	var y float64
	_, err := fmt.Sscan(string(text), &y)
	*x = hexFloat(y)
	return err
}

// arrayOf is the name of an array of the first layer with a number of hidden neurons, of which a run may
// try several.
func arrayOf(hidden int, name string) string {
	return fmt.Sprintf("%s of %d hidden neurons", name, hidden)
}

// frameArray is the name of the array with the parts of a frame, and startArray of that with
// the synapses that a start has learned.
func frameArray(epoch int) string { return fmt.Sprintf("frame %d", epoch) }
func startArray(start int) string { return fmt.Sprintf("synapses of start %d", start) }
