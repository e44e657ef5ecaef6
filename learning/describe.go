package learning

// Mechanism is a circuit or a plasticity rule: a part of a model that an experiment can
// choose by name. What others need to know of it (tables, citations, axes of figures, the
// experiment that ships with it) follows from its Description; what it can do and needs is
// declared by the methods that it has, see [Online] and the other interfaces in its file.
type Mechanism interface {
	// Name is what an experiment calls the mechanism.
	Name() string
	// Objective is what it lowers.
	Objective() Objective
	// Describe returns what is printed about it: a pure function of its parameters.
	Describe() Description
}

// Description describes a circuit or a rule to users. Nothing in it changes a result.
type Description struct {
	Doc     string   // what it is, in one line: the title of its example
	Sources []string // works to cite, complete

	// Of a circuit.
	Unit  Unit // of a step of recognition
	Steps int  // of a presentation, enough to come near the settled rates

	// Of a rule.
	// Local: every change of a synapse follows from the weight, from what its two ends do
	// at the time, and from what its hidden neuron knows of itself (its summed rate, its
	// summed synapses).
	Local bool
	// Monotone: no step raises the objective, given all stimuli at once.
	Monotone bool

	Arrays []ArrayDescription // that it keeps, in addition to the synapses W and the rates H
	// Memory returns how many numbers it keeps in addition to the buffers of every network;
	// nil if they are negligible.
	Memory func(hidden, visible int) float64
	// WorkerMemory returns how many numbers it keeps for each worker in addition; nil for none. Dense
	// says whether blocks hold all rates of a stimulus.
	WorkerMemory func(hidden, visible int, dense bool) float64

	Example Example
}

// Unit is the unit of a recognition step.
type Unit struct {
	Name string // "ms"
	Axis string // as the axis of a figure names it: "time (ms)"
}

// The units of most circuits.
var (
	StepUnit = Unit{"step", "recognition step"}
	MsUnit   = Unit{"ms", "time (ms)"}
)

// ArrayDescription is an array that a mechanism keeps in the directory of a run.
type ArrayDescription struct {
	Name  string // by which the network knows it
	File  string // of the run, without folder and ending
	Doc   string
	Shape string // in words: "hidden × hidden"
}

// Example is an experiment that shows a mechanism at work. Where a field is empty it is
// one of the 8×8 bars, with the first partner that fits and all parameters at their
// defaults.
type Example struct {
	Text    string // what to look for, in lines, below the title
	Stimuli string // the tables of the stimuli, in TOML; [Bars] if empty
	Hidden  int    // hidden neurons; 16 if 0
	Starts  int    // random starts, of which the best is kept; 1 if 0
	Partner string // the rule of the example of a circuit, the circuit of that of a rule
	// Further keys of the sections recognition and learning, in TOML.
	Recognition, Learning string
}

// Stimuli of examples.
const (
	Bars = `[stimulus]
generator = "bars"
count = 1000

[bars]
positions = 8
combine = "or"
`
	Faces = `[stimulus]
generator = "faces"
count = 600
side = 20
`
)
