// Package experiment reads the description of a run, a TOML file, strictly.
//
// Every key is described once, in the table of [Experiment.fields]: its name,
// what it means, what is allowed. Reading, --set, checking and the resolved
// config that a run writes with its results all follow from that table.
// An unknown key, a wrong type, a value out of range and a key that has no effect are
// errors, and all errors of a file are reported together.
package experiment

import (
	"slices"

	"partsnet/network"
	"partsnet/neuron"
	"partsnet/sim/config"
	"partsnet/sim/figure/formats"
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
		Transpose bool   // each column of the file is a stimulus
		Pixels    string // order of the pixels of an image, Rows or Columns
		Height    int    // image shape of stimuli that do not carry one
		Width     int
		Scaling   string
		SD        string  // "sample" or "population"
		Offset    float64 // of the scaling "shifted"
		Levels    int
		Neurons   string // file with the names of the visible neurons
		Words     string // file with the words for which visible neurons stand, where stimuli are documents
		Titles    string // file with the names of the stimuli
		Generator string
		Table     stimulus.Table // how a table in text is read
		Rectify   bool           // negative values become 0
		Average   bool           // recordings that repeat each other are averaged
		Save      bool           // whether stimuli are written as they were learned
	}
	Generators []generate.Generator // with their parameters; [Experiment.Generator] is the chosen one
	Groups     struct {
		Files string   // pattern of the names of several files that are one set; see [stimulus.Files]
		Table string   // table of these files
		Cycle int      // stimuli of a repetition, into which recordings are cut; 0 for none
		By    []string // fields of recordings, [stimulus.GroupFields]; none for no groups
		Learn string   // how groups learn
		Only  string   // the group that a network learns from alone; "" for all

		Shuffles int    // with which the likeness of parts is compared
		Parts    string // pattern of the names of tables with stored parts of the groups; "" for none
	}
	Text struct {
		Alphabet     string
		MinLength    int
		MinDocuments int
		Stop         string
		Skip, Keep   int
	}
	Mask struct { // what is hidden of the stimuli
		Path      string  // a file of zeros and ones
		Fraction  float64 // of all values, at random
		Rectangle []int   // of images: top, left, height and width; or empty
	}
	Noise  neuron.Noise // of the stimuli
	Hidden int
	Choose struct { // the number of hidden neurons, while the run learns
		Among     []int   // numbers that are tried, rising; none for network.hidden
		Criterion string  // one of [measure.Criteria]
		Explained string  // measure that is to reach the threshold
		Threshold float64 // of the criterion "threshold"
		Folds     int     // times that entries of the stimuli are hidden; 0 for none
		Hidden    float64 // share of them that is
	}
	Constraints []string // on rates and synapses; the first is learned, the others are compared
	Separate    bool     // feedforward and feedback synapses are learned separately
	Recognition struct {
		Circuit    string
		Steps      int
		Report     int                // steps of the final recognition after online learning
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
	Bootstrap struct {
		Repeats int     // 0 for none
		Over    string  // what is drawn
		Block   int     // successive stimuli that are drawn together
		Epochs  int     // of each repeat; 0 for those of learning
		Level   float64 // of the intervals
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
		Neurons  []int  // hidden neurons whose synapses the drawing of the network shows
		Shades   string // of images
		Width    int    // of figures, in millimetres; 0 for each figure's own
	}
	Floor         float64 // rates and weights below it become zero
	Record        int
	Events        []Event // what is done to the network while it learns
	Recorders     []Recorder
	RecorderLimit float64 // GB
	Measures      []string
	Figures       []string // formats
	Tables        string   // whether tables with names are written beside arrays
}

// The orders of the pixels of an image.
const (
	Rows    = "rows"    // row by row
	Columns = "columns" // column by column, as MATLAB unrolls an image
)

// AutoScaling chooses the scaling by the kind of the stimuli.
const AutoScaling = "auto"

// How groups of recordings learn.
const (
	Concatenated = "concatenated" // one network learns from all
	Shared       = "shared"       // the same, each group divided by the root mean square of its rates before
	Alone        = "alone"        // a network for each
)

// What a bootstrap draws.
const (
	AutoOver       = "auto" // recordings where the stimuli are made of several, otherwise stimuli
	OverRecordings = "recordings"
	OverStimuli    = "stimuli"
)

// When tables with names are written.
const (
	AutoTables = "auto" // where there are names and the table is not large
	AllTables  = "always"
	NoTables   = "never"
)

// The shades in which images are drawn.
const (
	AutoShades  = "auto"
	InkShades   = "ink"
	LightShades = "light"
)

// Widths of figures in millimetres, at which their texts have room.
const (
	leastWidth = 80
	mostWidth  = 400
)

// The constraints on rates and synapses.
const (
	NonNegative = "non-negative" // rates and synapses ≥ 0
	OneActive   = "one-active"   // one hidden neuron at a time, with rate 1
	Orthonormal = "orthonormal"  // synapses orthonormal; rates and synapses signed
)

// Constraints are the names of constraints.
var Constraints = []string{NonNegative, OneActive, Orthonormal}

// Default returns the experiment that an empty file describes.
func Default() *Experiment {
	x := &Experiment{Name: "faces", Seed: 1999, Precision: "float64", Restarts: 1, Hidden: 49, Record: 10}
	x.Figures, x.Tables = []string{"png"}, AutoTables
	x.Events = []Event{}
	x.Recorders, x.RecorderLimit = []Recorder{}, RecorderLimit
	x.Measures = measure.Usual
	x.Stimulus.Generator, x.Stimulus.Scaling, x.Stimulus.SD = "faces", "none", "sample"
	x.Stimulus.Offset = 0.25
	x.Stimulus.Pixels = Rows
	x.Stimulus.Table = stimulus.Table{
		Decimal: stimulus.Auto, Thousands: stimulus.None, Header: stimulus.Auto, Names: stimulus.Auto, Time: stimulus.Auto,
		Columns: []string{}, Missing: stimulus.Refuse, FirstLine: 1,
	}
	x.Generators = generate.Generators()
	x.Groups.By, x.Groups.Learn, x.Groups.Shuffles = []string{}, Concatenated, Shuffles
	x.Mask.Rectangle = []int{}
	x.Noise.Kind = neuron.NoNoise
	x.Recognition.Circuit, x.Learning.Rule = "divisive-error", "poisson"
	x.Learning.Relaxation, x.Learning.MinEpochs = 1, 50
	x.Text.Alphabet, x.Text.MinLength, x.Text.MinDocuments, x.Text.Skip, x.Text.Keep = text.ASCII, 1, 1, 430, 15276
	x.Constraints = []string{NonNegative}
	x.Checkpoint.Seconds = 60
	x.Bootstrap.Over, x.Bootstrap.Block, x.Bootstrap.Level = AutoOver, 1, usualLevel
	x.Start.Low, x.Start.High, x.Start.Spread = 0.1, 1, 0.5
	x.Look.Neurons, x.Look.Shades = []int{}, AutoShades
	x.Choose.Among, x.Choose.Criterion, x.Choose.Explained, x.Choose.Threshold, x.Choose.Hidden = []int{}, measure.LinearFit, measure.ExplainedEnergy, 0.9, 0.1
	x.Stack.Hidden = []int{}
	x.unsetDerived()
	if err := x.resolve(); err != nil {
		panic("experiment: the default is wrong: " + err.Error())
	}
	return x
}

// fields is the table of all keys, in the order in which they are written, with the
// parameters of the chosen circuit and rule or, if all is true, of every circuit and rule.
func (x *Experiment) fields(all bool) []config.Field {
	return slices.Concat([]config.Field{
		config.Identifier("name", &x.Name, "name of the run and of its folder"),
		config.Integer("seed", &x.Seed, 0, 1<<62, "seed of all random numbers"),
		config.Choice("precision", &x.Precision, []string{"float32", "float64"}, "floating-point precision of rates and synapses"),
		config.Integer("restarts", &x.Restarts, 1, 10_000, "number of runs from different random starts, of which the one with the lowest objective is kept"),
		config.Number("floor", &x.Floor, 0, 1e-3, "rates and weights below this number become zero; default 1e-150 (float64) or 1e-17 (float32)"),
		config.Integer("record", &x.Record, 1, 1_000_000, "number of epochs between two records of the objective; each of the first ten epochs is recorded"),
		config.Choices("measures", &x.Measures, measure.Names(), "measures taken at every record; docs/measures.md has their formulas"),
		config.Choice("tables", &x.Tables, []string{AutoTables, AllTables, NoTables}, "whether synapses and hidden rates are also written as the tables W.csv and H.csv, with the names of visible neurons and stimuli; \"auto\" writes those of at most 1,000,000 numbers, where there are names"),
		config.Choices("figures", &x.Figures, formats.Names, "file formats of the figures; [] draws none"),
		Events(&x.Events, Epochs),
		Recorders(&x.Recorders, Epochs),
		LimitOfRecorders(&x.RecorderLimit),

		config.Text("stimulus.path", &x.Stimulus.Path, "file or folder of images, arrays, tables, counts or texts, in one of the formats of docs/stimuli.md; \"\" uses stimulus.generator"),
		config.Boolean("stimulus.map", &x.Stimulus.Map, "true maps an .npy file into memory instead of reading it, for data larger than memory"),
		config.Boolean("stimulus.transpose", &x.Stimulus.Transpose, "true if each column of the file is a stimulus or, with three axes, if the last axis counts the stimuli, as MATLAB stacks images"),
		config.Integer("stimulus.height", &x.Stimulus.Height, 0, 1<<24, "height in pixels of stimuli that are images, if the file does not give it; 0 uses the file's"),
		config.Integer("stimulus.width", &x.Stimulus.Width, 0, 1<<24, "width in pixels of stimuli that are images, if the file does not give it; 0 uses the file's"),
		config.Choice("stimulus.pixels", &x.Stimulus.Pixels, []string{Rows, Columns}, "order of the pixels of an image: row by row, or column by column as MATLAB unrolls an image"),
		config.Integer("stimulus.first-line", &x.Stimulus.Table.FirstLine, 1, 1_000_000, "line in which a table begins; those before it, such as a title, are passed over"),
		config.Choice("stimulus.header", &x.Stimulus.Table.Header, []string{stimulus.Auto, stimulus.Yes, stimulus.No}, "whether the first line of a table holds the names of its columns; \"auto\" reads it as names if at least one field is not a number, and refuses a line that could be read both ways"),
		config.NameOrNumber("stimulus.names", &x.Stimulus.Table.Names, "column of a table with the names of the stimuli: its name, its number from 1, or \"none\"; \"auto\" takes the first column if it holds text or has no name in the header"),
		config.NameOrNumber("stimulus.time", &x.Stimulus.Table.Time, "column of a table with the axis of the stimuli, which is no visible neuron: its name, its number from 1, or \"none\"; \"auto\" takes a column with a name such as time, t or ms whose values rise"),
		config.NamesOrNumbers("stimulus.columns", &x.Stimulus.Table.Columns, "columns of a table with rates, by name or by number from 1, or, with \"-\" before each, those that are left out; [] for all"),
		config.Choice("stimulus.decimal", &x.Stimulus.Table.Decimal, stimulus.DecimalMarks, "decimal mark of a table; \"auto\" finds decimal commas where the values are not separated by commas, and refuses what may be either"),
		config.Choice("stimulus.thousands", &x.Stimulus.Table.Thousands, stimulus.ThousandsMarks, "mark between the thousands of a number of a table"),
		config.Choice("stimulus.missing", &x.Stimulus.Table.Missing, stimulus.MissingValues, "what is done with missing values, in a table empty, NA, NaN, -, null and the like, in an array NaN: they are refused, or \"mask\" learns without them, as from a stimulus of which a part is not seen"),
		config.Number("stimulus.bin", &x.Stimulus.Table.Bin, 0, 1e18, "width of a bin, in the unit of time of a table that is a list of events: a line has the name of a unit, which is a visible neuron, and a time, and a stimulus is the counts of a bin; 0 for a table of rates"),
		config.Boolean("stimulus.rectify", &x.Stimulus.Rectify, "true sets negative values to 0 before stimuli are scaled, and counts them"),
		config.Boolean("stimulus.average", &x.Stimulus.Average, "true averages the recordings of one subject and condition point by point, as far as these are known, and learns from the means; for recordings of the same length, such as steps"),
		config.Choice("stimulus.scaling", &x.Stimulus.Scaling, append(slices.Clone(stimulus.Scalings), AutoScaling), "how stimuli are scaled to a common range; \"auto\" is \"lee-seung\" for image files and \"none\" for everything else"),
		config.Choice("stimulus.sd", &x.Stimulus.SD, []string{"sample", "population"}, "standard deviation that the scalings \"lee-seung\" and \"shifted\" divide by: with divisor n − 1 (sample) or n (population)"),
		config.Number("stimulus.offset", &x.Stimulus.Offset, 0, 100, "mean to which the scaling \"shifted\" moves a stimulus, whose standard deviation becomes 1/4; a larger offset leaves fewer zeros"),
		config.Integer("stimulus.levels", &x.Stimulus.Levels, 0, 65535, "after scaling, rates are rounded down to multiples of 1/levels; 0 does not round"),
		config.Boolean("stimulus.save", &x.Stimulus.Save, "true writes the stimuli as they were learned, scaled, and NaN where a value is missing or hidden, to arrays/V.npy"),
		config.Text("stimulus.neurons", &x.Stimulus.Neurons, "file with the names of the visible neurons, such as muscles, one per line; FILE:COLUMN chooses a column by its number or name"),
		config.Text("stimulus.words", &x.Stimulus.Words, "file with the vocabulary of documents, one word for each visible neuron, one per line; FILE:COLUMN chooses a column by its number or name"),
		config.Text("stimulus.titles", &x.Stimulus.Titles, "file with the names of the stimuli, one per line; FILE:COLUMN chooses a column by its number or name"),
		config.Choice("stimulus.generator", &x.Stimulus.Generator, generate.Names(), "generator of stimuli with known parts"),
	}, x.generatorFields(), []config.Field{
		config.Text("groups.files", &x.Groups.Files, "pattern of the names of the files in stimulus.path, a folder or an archive, that are read as one set of stimuli, each a recording: {subject}, {condition} and {trial} stand for what they name, and * for anything, as in \"{subject}_{trial}.csv\"; \"\" reads one file"),
		config.Text("groups.table", &x.Groups.Table, "table of such files instead of a pattern: a line with names of columns, file and what is known of subject, condition and trial, then a file a line"),
		config.Integer("groups.cycle", &x.Groups.Cycle, 0, 100_000_000, "number of stimuli of one repetition, such as a step, into which each recording is cut; 0 leaves recordings whole"),
		config.TextOrNumber("groups.condition", &x.Stimulus.Table.Condition, "column of a table with the condition of each stimulus, by its name or its number from 1, which is no visible neuron: stimuli that follow each other with the same condition and trial are a recording; \"\" for none"),
		config.TextOrNumber("groups.trial", &x.Stimulus.Table.Trial, "the same with the trial of each stimulus"),
		config.Choices("groups.by", &x.Groups.By, stimulus.GroupFields, "what recordings of a group have in common, for stimuli that are made of recordings; \"recording\" makes each a group, and [] makes no groups"),
		config.Choice("groups.learn", &x.Groups.Learn, []string{Concatenated, Shared, Alone}, "how groups learn: \"concatenated\" is one network that learns from the stimuli of all; \"shared\" is the same after each group was divided by the root mean square of its rates, so that a stimulus weighs the same in every group on average; \"alone\" is a network for each group, whose parts are then matched with those of the others"),
		config.Text("groups.only", &x.Groups.Only, "the one group, by its name, that a network learns from alone, as each run in the folder groups of a run with groups.learn = \"alone\" does; \"\" for all groups"),
		config.Text("groups.parts", &x.Groups.Parts, "pattern, such as groups.files, of the names of tables in stimulus.path with parts that someone has stored: a visible neuron a line, its name first, and a part a column; those of a group are matched to what it learned alone; \"\" for none"),
		config.Integer("groups.shuffles", &x.Groups.Shuffles, 1, 1_000_000, "number of times that the visible neurons of the parts of groups that learn alone are permuted at random, which says how alike parts are by chance"),

		config.Text("mask.path", &x.Mask.Path, "file with an array of stimuli × visible neurons, or for partsnet recognise of one row for all stimuli, of 1 where a value is shown and 0 where it is hidden from the network; its error is scored apart by the measures masked_rmse, masked_deviance and masked_explained"),
		config.Number("mask.fraction", &x.Mask.Fraction, 0, 0.999, "share of all values that is hidden, drawn at random; while learning one of each stimulus and each visible neuron is shown"),
		config.Integers("mask.rectangle", &x.Mask.Rectangle, 0, 1<<24, 4, false, "top, left, height and width in pixels of a rectangle that is hidden of every image that partsnet recognise is shown; [] hides none"),

		config.Choice("noise.kind", (*string)(&x.Noise.Kind), neuron.Noises(), "noise of the stimuli: \"gaussian\" is v plus noise of standard deviation noise.sd, rectified at 0, and \"poisson\" Poisson(noise.gain v) / noise.gain"),
		config.Number("noise.sd", &x.Noise.SD, 0, 1e12, "standard deviation of gaussian noise"),
		config.Number("noise.gain", &x.Noise.Gain, 0, 1e12, "spikes that poisson noise counts at a rate of 1; the more, the less noise"),
		config.Boolean("noise.frozen", &x.Noise.Frozen, "true draws the noise once, so that it belongs to the stimuli and is in all measures; false draws it anew at every presentation, and measures are of the stimuli without it"),

		config.Choice("text.alphabet", &x.Text.Alphabet, text.Alphabets, "letters of a word: a to z, or any letter of Unicode; words are converted to lower case"),
		config.Integer("text.min-length", &x.Text.MinLength, 1, 1000, "minimum number of letters of a word"),
		config.Integer("text.min-documents", &x.Text.MinDocuments, 1, 10_000_000, "minimum number of documents that contain a word"),
		config.Text("text.stop", &x.Text.Stop, "file with stop words, which are left out, one per line"),
		config.Integer("text.skip", &x.Text.Skip, 0, 10_000_000, "number of the most frequent words that are left out of the vocabulary"),
		config.Integer("text.keep", &x.Text.Keep, 1, 10_000_000, "number of words in the vocabulary: the most frequent ones after text.skip"),

		config.Integer("network.hidden", &x.Hidden, 1, 1_000_000, "number r of hidden neurons; where network.choose lists numbers, a run sets it to the one that it chose"),
		config.Integers("network.choose", &x.Choose.Among, 1, 1_000_000, 100, true, "numbers of hidden neurons, rising, each of which is learned, from every random start, for network.criterion to choose one; [] learns network.hidden"),
		config.Choice("network.criterion", &x.Choose.Criterion, measure.Criteria, "criterion that chooses among network.choose: \"linear-fit\" takes the first number from which on explained_deviation rises along a straight line (mean squared residual below 1e-4), \"threshold\" the first at which network.explained reaches network.threshold, \"knee\" the one whose explained_deviation is farthest above the chord from the first number to the last, \"stability\" the largest whose random starts learn the same parts (stability above 0.9), and \"held-out\" the first whose prediction of hidden entries is within one standard error of the best"),
		config.Choice("network.explained", &x.Choose.Explained, measure.ExplainedShares, "measure that network.threshold is for"),
		config.Number("network.threshold", &x.Choose.Threshold, 0, 1, "share of the stimuli that is to be explained by the criterion \"threshold\""),
		config.Integer("network.folds", &x.Choose.Folds, 0, 10_000, "number of times that each of network.choose also learns while random entries of the stimuli are hidden, which are then predicted (masked cross-validation); 0 for none, otherwise at least 2"),
		config.Number("network.held-out", &x.Choose.Hidden, 0.001, 0.5, "share of the entries that is hidden"),
		config.Choices("network.constraints", &x.Constraints, Constraints, "constraints on rates and synapses: \"non-negative\", which circuit and rule learn under, comes first; the others are compared with it: \"one-active\" (vector quantisation, one hidden neuron active at a time) and \"orthonormal\" (principal components, with signed rates)"),
		config.Boolean("network.separate", &x.Separate, "true learns feedforward and feedback synapses separately, each by the same local rule (circuit \"divisive-error\" with rule \"poisson-online\" only)"),
		config.Number("synapses.low", &x.Start.Low, 0, 1e6, "lower end of the uniform distribution of initial weights, before they are normalised"),
		config.Number("synapses.high", &x.Start.High, 0, 1e6, "upper end of the uniform distribution of initial weights, before they are normalised"),

		config.Text("synapses.path", &x.Start.Synapses, "file with the initial synapses, an array of hidden × visible neurons; \"\" draws them at random"),

		config.Number("rates.spread", &x.Start.Spread, 0, 1, "each initial hidden rate is an equal share of the stimulus times a random factor between 1 − spread and 1 + spread"),

		config.Text("rates.path", &x.Start.Rates, "file with the initial hidden rates, an array of stimuli × hidden neurons; \"\" draws them at random"),

		config.Choice("recognition.circuit", &x.Recognition.Circuit, circuitNames(), "recognition circuit: how the error between stimulus and prediction is computed"),
		config.Integer("recognition.steps", &x.Recognition.Steps, 1, 1_000_000, "recognition steps per presentation of a stimulus; default 1 if rates continue from the previous presentation, otherwise what the circuit needs"),
		config.Integer("recognition.report", &x.Recognition.Report, 0, 1_000_000, "after online learning, every stimulus is recognised again with this number of steps, and these rates are reported; default 4 × what the circuit needs, and 0 (off) for other rules"),
	}, x.parameterFields("recognition", all), []config.Field{
		config.Choice("learning.rule", &x.Learning.Rule, ruleNames(), "plasticity rule"),
	}, x.parameterFields("learning", all), []config.Field{
		config.Choice("learning.order", &x.Learning.Order, network.Orders(), "order of recognition and learning within an epoch; the default follows from circuit and rule and is \"recognise-learn\" for online rules"),
		config.Integer("learning.batch", &x.Learning.Batch, 0, 100_000_000, "number of stimuli between two changes of the synapses; 0 is all stimuli. Default 1 for online rules, 0 for others"),
		config.NumberAmong("learning.relaxation", &x.Learning.Relaxation, network.Relaxations(), "exponent of the factor of each multiplicative update; above 1, learning needs fewer epochs, but the objective may rise"),
		config.Integer("learning.epochs", &x.Learning.Epochs, 1, 100_000_000, "maximum number of epochs, in each of which every stimulus is presented once; default 10 for online rules, 500 for others"),
		config.Number("learning.tolerance", &x.Learning.Tolerance, 0, 1, "learning stops after an epoch that lowers the objective by less than this share of the total decrease; 0 never stops early"),
		config.Integer("learning.min-epochs", &x.Learning.MinEpochs, 1, 100_000_000, "number of epochs before learning.tolerance can stop learning"),

		config.Integers("stack.hidden", &x.Stack.Hidden, 1, 1_000_000, 8, false, "number of hidden neurons of each further layer, which learns from the rates of the layer below with the same circuit and rule; [] for one layer"),
		config.Integer("stack.joint", &x.Stack.Joint, 0, 100_000_000, "number of epochs in which all layers are then learned together by up-propagation; for rules that lower the Poisson objective"),

		config.Integer("bootstrap.repeats", &x.Bootstrap.Repeats, 0, 100_000, "number of times that the network learns again from stimuli that are drawn with replacement, which gives each weight and each measure an interval; 0 for none, otherwise at least 20"),
		config.Choice("bootstrap.over", &x.Bootstrap.Over, []string{AutoOver, OverRecordings, OverStimuli}, "what is drawn: whole recordings, among those of the same subject and condition where there are two or more of each, or stimuli; \"auto\" draws recordings where the stimuli are made of several"),
		config.Integer("bootstrap.block", &x.Bootstrap.Block, 1, 100_000_000, "number of successive stimuli that are drawn together where stimuli are drawn; as many as depend on each other, such as neighbours in time"),
		config.Integer("bootstrap.epochs", &x.Bootstrap.Epochs, 0, 100_000_000, "number of epochs in which each repeat learns, beginning with what the run has learned; 0 for as many as learning.epochs"),
		config.Number("bootstrap.level", &x.Bootstrap.Level, 0.5, 0.9999, "share of samples in which an interval is to hold what it is of"),

		config.Integer("checkpoint.epochs", &x.Checkpoint.Epochs, 0, 100_000_000, "number of epochs between two checkpoints, from which an interrupted run resumes; 0 for none"),
		config.Number("checkpoint.seconds", &x.Checkpoint.Seconds, 0, 1e9, "seconds between two checkpoints; 0 for none. Checkpoints do not change results"),

		config.TextOrNumber("look.stimulus", &x.Look.Stimulus, "stimulus that the figures show, by its number from 0, its name or its title; \"\" shows the first"),
		config.Text("look.word", &x.Look.Word, "word whose meanings are shown if stimuli are documents; \"\" chooses a word with two meanings"),
		config.Integer("look.frames", &x.Look.Frames, 0, 1000, "number of frames of the animation of the parts while they are learned; 0 for no animation"),
		config.Boolean("look.network", &x.Look.Network, "true draws the network with its neurons and synapses"),
		config.Integers("look.neurons", &x.Look.Neurons, 0, 999_999, 6, true, "hidden neurons whose synapses are drawn in the network; [] for the most active ones"),
		config.Choice("look.shades", &x.Look.Shades, []string{AutoShades, InkShades, LightShades}, "how images are drawn: \"ink\" is black and \"light\" white where a visible neuron fires most; \"auto\" is \"light\" for image files, as photographs are, and \"ink\" for everything else"),
		config.Integer("look.width", &x.Look.Width, 0, mostWidth, "width of the figures on paper in millimetres: 85 is one column and 180 two columns of a journal; 0 gives each figure a width of its own, which the drawings of the network and of a document keep"),
	})
}
