package score

import (
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
)

// Score is a complete description of a comparison: every rule on every task, with every
// number of hidden neurons, over several seeds.
//
//	name = "score"
//	seeds = 25
//	[set]                     # settings of every run, as in an experiment
//	figures = []
//	[rules]                   # one line per rule: its settings
//	poisson = { recognition.circuit = "divisive-error", learning.rule = "poisson" }
//	[tasks.bars]              # the stimuli, and what is measured
//	sizes = [16, 32]          # numbers of hidden neurons
//	success = "bars_found"    # a run has solved the task if this measure ...
//	of = 16                   # ... is at least this
//	measures = ["mean_cosine"]
//	set = { stimulus.generator = "bars" }
//	with.poisson = { learning.epochs = 500 }   # settings of a rule in this task only
//
//	[over]                    # settings that override all others, for a quick test
//
// Later settings override earlier ones: set, tasks.T.set, rules.R, tasks.T.with.R, over.
// configs/score/reference.toml explains every key.
type Score struct {
	Name      string
	Seeds     int   // runs of each cell
	FirstSeed int64 // their seeds are FirstSeed, FirstSeed + 1, ...
	Only      struct{ Tasks, Rules []string }
	Tasks     []*Task
	Rules     []string
	Source    string // the text that was read, with the settings of the command line as comments

	cells []Cell
}

// Task is one problem for the rules: stimuli, and what is measured after learning.
type Task struct {
	Name     string
	Title    string
	Rules    []string // that learn it; empty for all
	Sizes    []int    // numbers of hidden neurons
	Seeds    int      // runs of each of its cells
	Measures []string // in addition to Success
	Success  string   // the measure that decides whether a run has solved the task; ""
	Of       float64  // the value at which it has
	At       float64  // place on the axis, of a task in a series
	Axis     string   // what a series of tasks varies; "" for a task outside a series
}

// Cell is one task, one rule and one size.
type Cell struct {
	Task     *Task
	Rule     string
	Size     int
	settings []experiment.Assignment
	texts    experiment.Texts // has answered for all of the settings
}

// Name returns the cell in a word, "bars/poisson/16".
func (c Cell) Name() string { return fmt.Sprintf("%s/%s/%d", c.Task.Name, c.Rule, c.Size) }

// Asked returns all measures of the cell, that of success first.
func (c Cell) Asked() []string {
	var asked []string
	for _, name := range append([]string{c.Task.Success}, c.Task.Measures...) {
		if name != "" && !slices.Contains(asked, name) {
			asked = append(asked, name)
		}
	}
	return asked
}

// Cells returns the cells that are wanted, task by task.
func (s *Score) Cells() []Cell { return s.cells }

func (s *Score) fields() []config.Field {
	return []config.Field{
		config.Identifier("name", &s.Name, "name of the score and of its folder"),
		config.Integer("seeds", &s.Seeds, 1, 100_000, "number of runs of each task, rule and size, each with its own seed"),
		config.Integer("first-seed", &s.FirstSeed, 0, 1<<61, "seed of the first run; each further run has the next integer"),
		config.Names("only.tasks", &s.Only.Tasks, "tasks that are run; [] runs all"),
		config.Names("only.rules", &s.Only.Rules, "rules that are run; [] runs all"),
	}
}

func (t *Task) fields(prefix string) []config.Field {
	return []config.Field{
		config.Text(prefix+"title", &t.Title, "title of the task in tables and figures; \"\" uses its name"),
		config.Names(prefix+"rules", &t.Rules, "rules that learn the task; [] is all"),
		config.Integer(prefix+"seeds", &t.Seeds, 0, 100_000, "number of runs of each rule and size in this task; 0 uses that of the score"),
		config.Integers(prefix+"sizes", &t.Sizes, 1, 1_000_000, 100, true, "numbers of hidden neurons, each of which is learned by every rule"),
		config.Choice(prefix+"success", &t.Success, append([]string{""}, measure.Names()...), "measure that decides whether a run has solved the task; \"\" if none does"),
		config.Number(prefix+"of", &t.Of, 0, 1e300, "smallest value of the measure in success with which a run has solved the task"),
		config.Choices(prefix+"measures", &t.Measures, measure.Names(), "measures of the learned network, in addition to that in success"),
		config.Text(prefix+"axis", &t.Axis, "quantity that a series of tasks varies; tasks with the same axis share one table and one figure. \"\" if the task is not in a series"),
		config.Number(prefix+"at", &t.At, -1e300, 1e300, "value of that quantity in this task, its place on the axis"),
	}
}

// SeedsOf returns the seeds of the runs of a cell.
func (s *Score) SeedsOf(c Cell) (seeds []int64) {
	for k := range int64(c.Task.Seeds) {
		seeds = append(seeds, s.FirstSeed+k)
	}
	return seeds
}

// Experiment returns the experiment of the cell with a seed.
func (c Cell) Experiment(seed int64) (*experiment.Experiment, error) {
	x, err := experiment.Assign(c.settings, c.texts)
	if err != nil {
		return nil, err
	}
	x.Name, x.Seed, x.Hidden, x.Figures = strings.ReplaceAll(c.Name(), "/", "-"), seed, c.Size, []string{}
	x.Measures = c.Asked()
	if err := x.Complete(); err != nil {
		return nil, fmt.Errorf("cell %s: %w", c.Name(), err)
	}
	if x.Bootstrap.Repeats > 0 {
		return nil, fmt.Errorf("cell %s: bootstrap.repeats = %d; allowed in a score is 0, as its intervals are those over seeds", c.Name(), x.Bootstrap.Repeats)
	}
	if len(x.Choose.Among) > 0 {
		return nil, fmt.Errorf("cell %s: network.choose = %v; allowed in a score is [], as the sizes of a task are the numbers of hidden neurons", c.Name(), x.Choose.Among)
	}
	return x, nil
}
