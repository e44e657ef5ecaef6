package outcome

import (
	"strconv"

	"partsnet/network"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
)

// Outcome is the result of a run. What a run directory does not hold is zero or nil in
// an outcome that was read back: see the package rundir.
type Outcome struct {
	Experiment *experiment.Experiment
	Stimuli    Stimuli

	// The trained network.
	Arrays  []Array                     // all that learning has made of it, the synapses (r×n) first
	Rates   measure.Rates               // hidden rates to all stimuli (m×r)
	Predict func(h []float64) []float64 // the prediction (n) of hidden rates (r), rounded as the run rounds; safe for concurrent use
	Circuit Circuit                     // what figures need to know of the circuit

	// How it learned.
	Symbol, Label string // of the objective: "D", and as the label of an axis
	Records       []Record
	Rises         int    // records at which the objective had risen beyond rounding
	Epochs        int    // of the last record
	Stopped       string // why learning stopped, in words
	Why           string // the same in a sentence, with whether more epochs would have paid
	End           End
	Starts        []Start  // where there were several, in their order
	Best          int      // index of the start that was kept
	Choice        *Choice  // of the number of hidden neurons; nil where it was given
	Resumed       int      // epoch from which a killed run was continued, of several starts how many were learned; 0 for none
	Damaged       []string // checkpoints that could not be used, and why

	// What it has learned, at the last record.
	Objective  float64
	Likelihood float64             // the paper's F; NaN for other objectives than D
	Explained  float64             // variance about the mean of each visible neuron, R²
	VAF        float64             // share of the squared stimuli that is explained
	Masked     *measure.Completion // how what a mask hides is predicted; nil where nothing that is known is hidden
	Measures   measure.Values
	Census     measure.Census
	Optimality network.Optimality
	Invariants network.Invariants
	Recovery   *measure.Recovery // of the parts that made the stimuli; nil where they are not known
	Parts      string            // what these are, "parts" or "topics"; ""

	Represented *measure.Represented // bars or squares, by their own criterion; or nil
	Meanings    *measure.Meanings    // where they have words of several meanings; or nil

	Fits     []Fit         // of groups that were learned from together; nil where there are none
	Layers   []Layer       // where there are several, the lowest first; or nil
	Joint    float64       // objective after all layers were learned together, if they were
	Top      measure.Rates // rates of the top layer, where there are several
	Compared []Compared    // networks under other constraints, the run's own first; or nil

	Bootstrap  *Bootstrap  // intervals of weights and measures; nil where none were asked for
	Completion *Completion // of stimuli with missing entries; nil where there are none, and without figures

	Shown  *Shown      // the stimulus that figures show; nil without figures
	Frames []Frame     // of a film of the parts
	Staged [][]float64 // parts of each layer or stage, drawn through to the visible layer, the lowest first; nil for one

	Timing Timing
	Memory float64 // estimate of its memory, in bytes
}

// Synapses returns the synapses of the hidden neurons onto the visible ones, r×n.
func (o *Outcome) Synapses() []float64 { return o.Arrays[0].Numbers }

// Array is numbers of the network by the name that the network has for them.
type Array struct {
	Name    string
	Rows    int // of the matrix that they are, 1 for a vector
	Numbers []float64
}

// Stimuli says what the network was shown. The m×n rates stay where they were read.
type Stimuli struct {
	Source        string   // where they came from, in words
	Read          []string // what was found, converted and left out while they were read, a phrase each
	Count, Size   int
	Missing       int                  // values that the data do not have
	Hidden        int                  // values that a mask hides
	Height, Width int                  // of one as an image; both 0 when they are none
	Names         []string             // one a stimulus; or nil
	Neurons       []string             // one a visible neuron; or nil
	Texts         bool                 // stimuli are documents, and visible neurons words
	Axis          []float64            // where each stimulus lies on an axis such as time; or nil
	AxisName      string               // what the axis is called, "" where there is none
	Recordings    []stimulus.Recording // of which they are made; or nil
	Truth         *stimulus.Truth      // the parts that made them; or nil
	Scaling       string               // by which they were brought to a common range
	Constants     map[string]float64   // that the scaling found in them, by name; nil if it found none
	Checksum      string               // SHA-256 of the rates
	Files         map[string]string    // SHA-256 of the files that the config names, by path

	// Learned returns the rates of a stimulus as the network learned it, NaN where one is missing; nil
	// where the experiment does not want them written.
	Learned func(stimulus int) []float64
}

// Record is one row of metrics.csv.
type Record struct {
	Epoch      int
	Objective  float64
	Rise       bool // whether the objective is above that of the record before, beyond rounding
	Measures   measure.Values
	Census     measure.Census
	Optimality network.Optimality // NaN where it was not taken
}

// End is how the objective went towards the end of learning.
type End struct {
	Records int     // of the objective
	Above   float64 // how far it ended above its lowest, relative to that
	Gain    float64 // share of the whole gain that an epoch brought at the end; NaN where the objective rose at a record or has not fallen
	Alike   int     // number of epochs at the end over which [Digits] of the objective were the same
	Settled bool    // whether Gain is so little, or Alike so long, that it had all but settled
}

// Digits is the number of digits of an objective that are printed.
const Digits = 6

// Printed returns an objective as it is printed.
func Printed(objective float64) string { return strconv.FormatFloat(objective, 'g', Digits, 64) }

// Start is the result of one of several random starts.
type Start struct {
	Learned   bool // false for one that was not reached
	Epochs    int
	Objective float64
	Rises     int
	Shares    // of the stimuli that are explained, where the number of hidden neurons is chosen
}

// Layer is the result of a layer of a stack.
type Layer struct {
	Layer     int // from 1, the layer that the run is about
	Hidden    int
	Symbol    string
	Objective float64   // of its own stimuli, the rates of the layer below
	Through   float64   // of the stimuli of the run, predicted through all layers from this one down
	Synapses  []float64 // onto the layer below; after all layers were learned together, if they were
}

// Compared is what a network has learned under one of the constraints.
type Compared struct {
	Constraint string
	Measures   measure.Values
	Seconds    float64
	Synapses   []float64 // r×n; nil for the network of the run itself
	Rates      []float64 // m×r
}

// Frame is the parts after an epoch.
type Frame struct {
	Epoch     int
	Objective float64
	W         []float64
}
