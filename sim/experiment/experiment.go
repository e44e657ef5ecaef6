// Package experiment reads what a user wants done: a TOML file, strictly.
//
// Every key is described once, in the table of [Experiment.fields]: its name,
// what it means, what is allowed. Reading, --set, checking and the resolved
// config that a run writes beside its results all follow from that table.
// Nothing is ignored: an unknown key, a wrong type or a value out of range is an
// error, and all errors of a file are reported together.
package experiment

import (
	"slices"

	"partsnet/network"
	"partsnet/sim/figure"
	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// Experiment is a complete description of a run, every default filled in.
type Experiment struct {
	Name      string
	Seed      int64
	Precision string
	Restarts  int // random starts, of which the best is kept

	Stimulus struct {
		Path      string // a file or folder; "" for the generator
		Map       bool   // the file is mapped into memory
		Transpose bool   // the file holds one stimulus a column
		Pixels    string // the order of those of an image, Rows or Columns
		Height    int    // image shape of stimuli that do not carry one
		Width     int
		Scaling   string
		SD        string  // "sample" or "population"
		Offset    float64 // of the scaling "shifted"
		Levels    int
		Words     string // list of what the visible neurons stand for; for texts the vocabulary
		Titles    string // list of what the stimuli are called
		Generator string
		Count     int
		Side      int
		Couple    float64
	}
	Bars struct {
		Positions            int
		Combine              string
		Orientations         string
		Probability          float64
		Number               int
		Width, VerticalWidth int
		Step                 int
		Noise                float64
	}
	Squares struct {
		Probability float64
		Contrast    float64
	}
	Text struct {
		Alphabet     string
		MinLength    int
		MinDocuments int
		Stop         string
		Skip, Keep   int
	}
	Hidden      int
	Constraints []string // on rates and synapses; the first is learned, the others are compared
	Separate    bool     // synapses up and down are learned apart
	Recognition struct {
		Circuit    string
		Steps      int
		Report     int                // steps of the rates that are reported, where the rule learns online
		Parameters map[string]float64 // of the circuit
	}
	Learning struct {
		Rule       string
		Parameters map[string]float64 // of the rule
		Order      string
		Batch      int
		Relaxation float64
		Epochs     int
		Tolerance  float64
		MinEpochs  int
	}
	Stack struct {
		Hidden []int // neurons of the layers above the first
		Joint  int   // epochs in which all layers are learned together
	}
	Start struct {
		Low, High float64 // synapses
		Spread    float64 // hidden rates
		Synapses  string  // file of synapses; "" for random ones
		Rates     string  // file of hidden rates
	}
	Checkpoint struct {
		Epochs  int
		Seconds float64
	}
	Look struct {
		Stimulus string // number or name
		Word     string
		Frames   int
		Network  bool
		Neurons  []int // hidden neurons whose synapses the drawing of the network shows
	}
	Floor    float64 // below which a rate or a weight becomes zero
	Record   int
	Measures []string
	Figures  []string // formats
}

// The orders of the pixels of an image.
const (
	Rows    = "rows"    // row by row
	Columns = "columns" // column by column, as MATLAB unrolls an image
)

// AutoScaling leaves the scaling to what the stimuli are.
const AutoScaling = "auto"

// The constraints on rates and synapses.
const (
	NonNegative = "non-negative" // rates and synapses ≥ 0
	OneActive   = "one-active"   // one hidden neuron at a time, with rate 1
	Orthonormal = "orthonormal"  // synapses orthonormal; rates and synapses signed
)

// Constraints are the names of constraints.
var Constraints = []string{NonNegative, OneActive, Orthonormal}

// Default returns the experiment in which nothing was said.
func Default() *Experiment {
	x := &Experiment{Name: "faces", Seed: 1999, Precision: "float64", Restarts: 1, Hidden: 49, Record: 10}
	x.Figures = []string{"png"}
	x.Measures = measure.Usual
	x.Stimulus.Generator, x.Stimulus.Scaling, x.Stimulus.SD = "faces", "none", "sample"
	x.Stimulus.Offset = 0.25
	x.Stimulus.Count, x.Stimulus.Side, x.Stimulus.Pixels = 2429, 32, Rows
	x.Bars.Positions, x.Bars.Width = 8, 1
	x.Bars.Combine, x.Bars.Orientations = generate.Combinations[0], generate.Orientations[0]
	x.Squares.Probability = 0.1
	x.Recognition.Circuit, x.Learning.Rule = "divisive-error", "poisson"
	x.Learning.Relaxation, x.Learning.MinEpochs = 1, 50
	x.Text.Alphabet, x.Text.MinLength, x.Text.MinDocuments, x.Text.Skip, x.Text.Keep = text.ASCII, 1, 1, 430, 15276
	x.Constraints = []string{NonNegative}
	x.Checkpoint.Seconds = 60
	x.Start.Low, x.Start.High, x.Start.Spread = 0.1, 1, 0.5
	x.Look.Neurons = []int{}
	x.Stack.Hidden = []int{}
	x.leaveUnsaid()
	if err := x.resolve(); err != nil {
		panic("experiment: the default is wrong: " + err.Error())
	}
	return x
}

// fields is the table of all keys, in the order in which they are written. The keys of
// parameters are those of the chosen circuit and rule or, where all are wanted, of any.
func (x *Experiment) fields(all bool) []field {
	return slices.Concat([]field{
		identifier("name", &x.Name, "name of the run and of its folder"),
		integer("seed", &x.Seed, 0, 1<<62, "seed of every random number"),
		choice("precision", &x.Precision, []string{"float32", "float64"}, "precision of rates and synapses"),
		integer("restarts", &x.Restarts, 1, 10_000, "random starts, side by side; the one with the lowest objective is kept"),
		number("floor", &x.Floor, 0, 1e-3, "a rate or weight below it becomes zero; 1e-150 at float64 and 1e-17 at float32 where nothing is said"),
		integer("record", &x.Record, 1, 1_000_000, "epochs between two records of the objective, after the first ten with one each"),
		choices("measures", &x.Measures, measure.Names(), "what is measured at every record; package measure has the formulas"),
		choices("figures", &x.Figures, figure.Formats, "formats of the figures; [] for none"),

		anyText("stimulus.path", &x.Stimulus.Path, "images, arrays, tables, counts or texts, in the forms that README lists; \"\" for the generator"),
		truth("stimulus.map", &x.Stimulus.Map, "whether to use an .npy file where it lies, for data larger than memory"),
		truth("stimulus.transpose", &x.Stimulus.Transpose, "whether the file holds one stimulus a column or, of three axes, along the last, as MATLAB stacks images"),
		integer("stimulus.height", &x.Stimulus.Height, 0, 1<<24, "height of stimuli that do not carry a shape, as images; 0 as the file says"),
		integer("stimulus.width", &x.Stimulus.Width, 0, 1<<24, "their width"),
		choice("stimulus.pixels", &x.Stimulus.Pixels, []string{Rows, Columns}, "whether the pixels of an image follow each other by rows, or by columns, as MATLAB unrolls one"),
		choice("stimulus.scaling", &x.Stimulus.Scaling, append(slices.Clone(stimulus.Scalings), AutoScaling), "how stimuli are brought to a common range; auto is lee-seung for images from a file and none for all else"),
		choice("stimulus.sd", &x.Stimulus.SD, []string{"sample", "population"}, "standard deviation of lee-seung and shifted: divisor n − 1 or n"),
		number("stimulus.offset", &x.Stimulus.Offset, 0, 100, "mean of a stimulus that is shifted, in which a standard deviation is 1/4: the larger, the fewer zeros"),
		integer("stimulus.levels", &x.Stimulus.Levels, 0, 65535, "rates are rounded down to multiples of 1/levels after scaling; 0 not at all"),
		anyText("stimulus.words", &x.Stimulus.Words, "file with what the visible neurons stand for, one a line; the vocabulary where stimuli are texts"),
		anyText("stimulus.titles", &x.Stimulus.Titles, "file with what the stimuli are called, one a line"),
		choice("stimulus.generator", &x.Stimulus.Generator, []string{"faces", "topics", "bars", "squares", "swimmer"}, "procedural stimuli with known parts"),
		integer("stimulus.count", &x.Stimulus.Count, 1, 10_000_000, "number of stimuli; the swimmer has 256, whatever it says"),
		integer("stimulus.side", &x.Stimulus.Side, 8, 512, "pixels along each side of a face"),
		number("stimulus.couple", &x.Stimulus.Couple, 0, 1, "probability that the right side of a face copies the left"),

		integer("bars.positions", &x.Bars.Positions, 2, 64, "bars of one orientation"),
		choice("bars.combine", &x.Bars.Combine, generate.Combinations, "where bars cross, rates are those of one bar, as ink covers ink, or their sum"),
		choice("bars.orientations", &x.Bars.Orientations, generate.Orientations, "horizontal and vertical bars; in each image one of the two; or diagonals of both directions as well"),
		number("bars.probability", &x.Bars.Probability, 0, 1, "probability of each bar, 0.001 at the least; 0 for that which makes two bars an image in the mean. Blank images are drawn again"),
		integer("bars.number", &x.Bars.Number, 0, 256, "bars in every image; 0 for a random number"),
		integer("bars.width", &x.Bars.Width, 1, 16, "pixels across a bar ..."),
		integer("bars.vertical-width", &x.Bars.VerticalWidth, 0, 16, "... and across a vertical one; 0 for the same"),
		integer("bars.step", &x.Bars.Step, 0, 32, "pixels from a bar to the next parallel one, which overlap if it is less than the width; 0 for the width"),
		number("bars.noise", &x.Bars.Noise, 0, 1, "standard deviation of Gaussian noise on every pixel; what falls below 0 becomes 0"),

		number("squares.probability", &x.Squares.Probability, 0.001, 1, "probability of each of the 16 squares. Blank images are drawn again"),
		number("squares.contrast", &x.Squares.Contrast, 0, 1, "each square of an image is as dark as a number drawn between 1 − contrast and 1"),

		choice("text.alphabet", &x.Text.Alphabet, text.Alphabets, "what a letter is: a to z, or any letter of Unicode; a word is a run of letters in lower case"),
		integer("text.min-length", &x.Text.MinLength, 1, 1000, "letters of a word at the least"),
		integer("text.min-documents", &x.Text.MinDocuments, 1, 10_000_000, "documents that have a word at the least"),
		anyText("text.stop", &x.Text.Stop, "file with words that do not count, one a line"),
		integer("text.skip", &x.Text.Skip, 0, 10_000_000, "most common words that are left out of the vocabulary ..."),
		integer("text.keep", &x.Text.Keep, 1, 10_000_000, "... and the most common of the rest that are kept"),

		integer("network.hidden", &x.Hidden, 1, 1_000_000, "number of hidden neurons r"),
		choices("network.constraints", &x.Constraints, Constraints, "what holds rates and synapses: both non-negative; one hidden neuron active at a time; or synapses orthonormal and all signed. The first is learned by circuit and rule, and the others are compared with it"),
		truth("network.separate", &x.Separate, "whether synapses up and down are learned apart, each by the same local rule (divisive-error with poisson-online)"),
		number("synapses.low", &x.Start.Low, 0, 1e6, "weights start uniformly between low ..."),
		number("synapses.high", &x.Start.High, 0, 1e6, "... and high, before they are normalised"),

		anyText("synapses.path", &x.Start.Synapses, "file with the synapses to start from, hidden × visible neurons; \"\" for random ones"),

		number("rates.spread", &x.Start.Spread, 0, 1, "hidden rates start at their share of the stimulus times a factor between 1 − spread and 1 + spread"),

		anyText("rates.path", &x.Start.Rates, "file with the hidden rates to start from, stimuli × hidden neurons"),

		choice("recognition.circuit", &x.Recognition.Circuit, circuitNames(), "how stimulus and prediction meet"),
		integer("recognition.steps", &x.Recognition.Steps, 1, 1_000_000, "recognition steps each time that a stimulus is presented; 1 for rules that go on with the rates of the last time, and what the circuit needs for all others, where nothing is said"),
		integer("recognition.report", &x.Recognition.Report, 0, 1_000_000, "recognition steps of the rates that are reported in the end, where the rule learns online: they are recognised anew, and at records in between with recognition.steps. Otherwise 0"),
	}, x.parameterFields("recognition", all), []field{
		choice("learning.rule", &x.Learning.Rule, ruleNames(), "plasticity rule"),
	}, x.parameterFields("learning", all), []field{
		choice("learning.order", &x.Learning.Order, network.Orders(), "order of updates in an epoch; recognise-learn for rules that learn online"),
		integer("learning.batch", &x.Learning.Batch, 0, 100_000_000, "stimuli after which the synapses change; 0 for all. 1 for rules that learn online and 0 for all others, where nothing is said"),
		numberAmong("learning.relaxation", &x.Learning.Relaxation, network.Relaxations(), "exponent of the factor by which a step multiplies; above 1 fewer epochs are needed, but the objective may rise"),
		integer("learning.epochs", &x.Learning.Epochs, 1, 100_000_000, "epochs at the most, in each of which every stimulus is presented once; 10 for rules that learn online and 500 for all others, where nothing is said"),
		number("learning.tolerance", &x.Learning.Tolerance, 0, 1, "stop when an epoch brings less than this share of the whole gain; 0 never"),
		integer("learning.min-epochs", &x.Learning.MinEpochs, 1, 100_000_000, "epochs before tolerance is looked at"),

		integers("stack.hidden", &x.Stack.Hidden, 1, 1_000_000, 8, false, "hidden neurons of the layers above the first, each of which learns from the rates of the one below by the same circuit and rule; [] for none"),
		integer("stack.joint", &x.Stack.Joint, 0, 100_000_000, "epochs in which all layers are then learned together by up-propagation, where the rule lowers the Poisson objective"),

		integer("checkpoint.epochs", &x.Checkpoint.Epochs, 0, 100_000_000, "epochs between two checkpoints, from which a killed run goes on; 0 for none"),
		number("checkpoint.seconds", &x.Checkpoint.Seconds, 0, 1e9, "seconds between two checkpoints; 0 for none. When they are written changes no result"),

		anyText("look.stimulus", &x.Look.Stimulus, "the stimulus that figures show: its number, from 0, or its name or title; \"\" for the first"),
		anyText("look.word", &x.Look.Word, "the word whose meanings are shown, where stimuli are documents; \"\" for one with two"),
		integer("look.frames", &x.Look.Frames, 0, 1000, "frames of an animation of the parts as they emerge; 0 for none"),
		truth("look.network", &x.Look.Network, "whether the network itself is drawn"),
		integers("look.neurons", &x.Look.Neurons, 0, 999_999, 6, true, "hidden neurons whose synapses are drawn in it; [] for those that fire most"),
	})
}
