package train

import (
	"math"

	"partsnet/network"
	"partsnet/sim/outcome"
)

// Observer watches a run. It changes nothing of it. An error ends the run.
type Observer interface {
	Observe(m Moment) error
}

// ObserverFunc is a function that watches a run.
type ObserverFunc func(m Moment) error

// Observe calls the function.
func (f ObserverFunc) Observe(m Moment) error { return f(m) }

// Event is what has just happened in a run.
type Event int

// The events.
const (
	EpochEnded  Event = iota // of the first layer, in one start or, where there are several, in any of them
	StartEnded               // one of several random starts has learned
	Learned                  // the first layer has learned, and what follows may take as long again
	Interrupted              // the context has ended, and the run stops
)

// Moment is what an observer of a run sees.
type Moment struct {
	Event         Event
	Epoch, Epochs int     // that have ended, and that there will be at most; of all starts together where there are several
	Begun         int     // epochs, or starts, with which this session began; 0 unless it continues a killed run
	Symbol        string  // of the objective, "D" or "E"
	Objective     float64 // at the last record, of several starts the lowest; NaN before the first

	// Snapshot returns what the run can be continued from. It is nil where that is not
	// possible: in an epoch of one of several starts, and before any of them has learned.
	Snapshot func() Snapshot
}

// Snapshot is the state of a run between two epochs or between two starts, from which
// it is continued to the same bits. Its arrays are views of what the run holds.
type Snapshot struct {
	Timing outcome.Timing
	Kept   []Kept // one for each number of hidden neurons of which there is anything to keep
}

// Kept is the state of the first layer with one number of hidden neurons.
type Kept struct {
	Hidden  int
	Model   network.ModelState
	Records []outcome.Record
	Rises   int
	Stopped string // why learning ended, where it has
	Frames  []outcome.Frame

	Start  int             // of several the one that the rest is of, the best so far
	Starts []outcome.Start // nil for a run from one start with one number of hidden neurons
	Others [][]float64     // synapses of every start that has learned, where their stability is asked for
	Held   []float64       // share of hidden entries that each fold predicts, NaN for one that has not learned; nil without folds
}

// Learned returns the number of starts and folds that have learned.
func (s Snapshot) Learned() (n int) {
	for _, k := range s.Kept {
		n += learned(k.Starts) + folded(k.Held)
	}
	return n
}

// Source is a snapshot that lies in a file, from which its arrays are read into the place
// where they are needed, because they may fill the memory. Arrays are those of a number of hidden
// neurons.
type Source interface {
	// Snapshot returns the snapshot without its arrays. Measures have the names given.
	Snapshot(measures []string) (Snapshot, error)
	// Model fills the arrays of a model.
	Model(hidden int, arrays []network.View) error
	// Frames fills the parts, of the size given, of the frames of a snapshot, and Others
	// returns the synapses of starts, in the precision of the model.
	Frames(hidden int, frames []outcome.Frame, size int) error
	Others(hidden int, starts []outcome.Start, size int) ([][]float64, error)
	// Close reports whether there was more in the file than was asked for.
	Close() error
}

// observers are called in their order.
type observers []Observer

func (all observers) observe(m Moment) error {
	for _, o := range all {
		if err := o.Observe(m); err != nil {
			return err
		}
	}
	return nil
}

// lastObjective returns the objective of the last record, NaN where there is none.
func lastObjective(records []outcome.Record) float64 {
	if len(records) == 0 {
		return math.NaN()
	}
	return records[len(records)-1].Objective
}
