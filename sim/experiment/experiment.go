// Package experiment reads what a user wants done: a TOML file, strictly.
//
// Every key is described once, in the table of [Experiment.fields]: its name,
// what it means, what is allowed. Reading, --set, checking and the resolved
// config that a run writes beside its results all follow from that table.
// Nothing is ignored: an unknown key, a wrong type or a value out of range is an
// error, and all errors of a file are reported together.
package experiment

import (
	"partsnet/network"
	"partsnet/sim/figure"
	"partsnet/sim/stimulus"
)

// Experiment is a complete description of a run, every default filled in.
type Experiment struct {
	Name      string
	Seed      int64
	Precision string

	Stimulus struct {
		Path      string // a file or folder; "" for the generator
		Map       bool   // the file is mapped into memory
		Transpose bool   // the file holds one stimulus a column
		Height    int    // image shape of stimuli that do not carry one
		Width     int
		Scaling   string
		SD        string // "sample" or "population"
		Levels    int
		Generator string
		Count     int
		Side      int
		Couple    float64
	}
	Hidden      int
	Recognition struct {
		Circuit string
		Steps   int
		Cost    float64
	}
	Learning struct {
		Rule       string
		Order      string
		Relaxation float64
		Epochs     int
		Tolerance  float64
		MinEpochs  int
	}
	Start struct {
		Low, High float64 // synapses
		Spread    float64 // hidden rates
	}
	Floor   float64 // below which a rate or a weight becomes zero
	Record  int
	Figures []string // formats
}

// Default returns the experiment in which nothing was said.
func Default() *Experiment {
	x := &Experiment{Name: "faces", Seed: 1999, Precision: "float64", Hidden: 49, Record: 10}
	x.Figures = []string{"png"}
	x.Floor = floorOf(x.Precision)
	x.Stimulus.Generator, x.Stimulus.Scaling, x.Stimulus.SD = "faces", "none", "sample"
	x.Stimulus.Count, x.Stimulus.Side = 2429, 32
	x.Recognition.Circuit, x.Recognition.Steps = "divisive-error", 1
	x.Learning.Rule, x.Learning.Order = "poisson", network.LearnRecognise.String()
	x.Learning.Relaxation, x.Learning.Epochs, x.Learning.MinEpochs = 1, 500, 50
	x.Start.Low, x.Start.High, x.Start.Spread = 0.1, 1, 0.5
	return x
}

// fields is the table of all keys, in the order in which they are written.
func (x *Experiment) fields() []field {
	return []field{
		text("name", &x.Name, "name of the run and of its folder"),
		integer("seed", &x.Seed, 0, 1<<62, "seed of every random number"),
		choice("precision", &x.Precision, []string{"float32", "float64"}, "precision of rates and synapses"),
		number("floor", &x.Floor, 0, 1e-3, "a rate or weight below it becomes zero; 1e-150 at float64 and 1e-17 at float32 where nothing is said"),
		integer("record", &x.Record, 1, 1_000_000, "epochs between two records of the objective, after the first ten with one each"),
		choices("figures", &x.Figures, figure.Formats, "formats of the figures; [] for none"),

		anyText("stimulus.path", &x.Stimulus.Path, "folder, .zip or .tar.gz of PGM or PNG images, .npy, .npz, IDX or .csv file; \"\" for the generator"),
		truth("stimulus.map", &x.Stimulus.Map, "whether to use an .npy file where it lies, for data larger than memory"),
		truth("stimulus.transpose", &x.Stimulus.Transpose, "whether the file holds one stimulus a column"),
		integer("stimulus.height", &x.Stimulus.Height, 0, 1<<24, "height of stimuli that do not carry a shape, as images; 0 as the file says"),
		integer("stimulus.width", &x.Stimulus.Width, 0, 1<<24, "their width"),
		choice("stimulus.scaling", &x.Stimulus.Scaling, stimulus.Scalings, "how stimuli are brought to a common range"),
		choice("stimulus.sd", &x.Stimulus.SD, []string{"sample", "population"}, "standard deviation of lee-seung: divisor n − 1 or n"),
		integer("stimulus.levels", &x.Stimulus.Levels, 0, 65535, "rates are rounded down to multiples of 1/levels after scaling; 0 not at all"),
		choice("stimulus.generator", &x.Stimulus.Generator, []string{"faces"}, "procedural stimuli with known parts"),
		integer("stimulus.count", &x.Stimulus.Count, 1, 10_000_000, "number of stimuli"),
		integer("stimulus.side", &x.Stimulus.Side, 8, 512, "pixels along each side of a face"),
		number("stimulus.couple", &x.Stimulus.Couple, 0, 1, "probability that the right side of a face copies the left"),

		integer("network.hidden", &x.Hidden, 1, 1_000_000, "number of hidden neurons r"),
		number("synapses.low", &x.Start.Low, 0, 1e6, "weights start uniformly between low ..."),
		number("synapses.high", &x.Start.High, 0, 1e6, "... and high, before they are normalised"),

		number("rates.spread", &x.Start.Spread, 0, 1, "hidden rates start at their share of the stimulus times a factor between 1 − spread and 1 + spread"),

		choice("recognition.circuit", &x.Recognition.Circuit, circuitNames(), "how stimulus and prediction meet"),
		integer("recognition.steps", &x.Recognition.Steps, 1, 1_000_000, "recognition steps an epoch"),
		number("recognition.cost", &x.Recognition.Cost, 0, 1e6, "cost of a firing rate (lateral-inhibition)"),

		choice("learning.rule", &x.Learning.Rule, ruleNames(), "plasticity rule"),
		choice("learning.order", &x.Learning.Order, network.Orders(), "order of updates in an epoch"),
		numberAmong("learning.relaxation", &x.Learning.Relaxation, network.Relaxations, "exponent of the factor by which a step multiplies; above 1 fewer epochs are needed, but the objective may rise"),
		integer("learning.epochs", &x.Learning.Epochs, 1, 100_000_000, "epochs at the most"),
		number("learning.tolerance", &x.Learning.Tolerance, 0, 1, "stop when an epoch brings less than this share of the whole gain; 0 never"),
		integer("learning.min-epochs", &x.Learning.MinEpochs, 1, 100_000_000, "epochs before tolerance is looked at"),
	}
}
