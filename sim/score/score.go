package score

import (
	"fmt"
	"slices"
	"strings"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
)

// Score is a complete description of a comparison: every rule before every task, in
// every size, over seeds.
//
//	name = "score"
//	seeds = 25
//	[set]                     # settings of every run, as in an experiment
//	figures = []
//	[rules]                   # a line a rule: its settings
//	poisson = { recognition.circuit = "divisive-error", learning.rule = "poisson" }
//	[tasks.bars]              # what is learned, and what is measured
//	sizes = [16, 32]          # hidden neurons
//	success = "bars_found"    # a run has solved the task if this reaches ...
//	of = 16                   # ... that
//	measures = ["mean_cosine"]
//	set = { stimulus.generator = "bars" }
//	with.poisson = { learning.epochs = 500 }   # settings of a rule in this task alone
//
//	[over]                    # settings that go over all others, for a quick look
//
// Later settings go over earlier ones: set, tasks.T.set, rules.R, tasks.T.with.R, over.
type Score struct {
	Name      string
	Seeds     int   // runs of each cell
	FirstSeed int64 // their seeds are FirstSeed, FirstSeed + 1, ...
	Only      struct{ Tasks, Rules []string }
	Tasks     []*Task
	Rules     []string
	Source    string // the text that was read, with the settings over it as comments

	cells []Cell
}

// Task is one problem that rules are put to.
type Task struct {
	Name     string
	Title    string
	Rules    []string // that are put to it; empty for all
	Sizes    []int    // hidden neurons
	Seeds    int      // runs of each of its cells
	Measures []string // beside that of success
	Success  string   // the measure that decides whether a run has solved the task; ""
	Of       float64  // what it has to reach
	At       float64  // place on the axis of the figure, of a task in a series
	Axis     string   // what the axis is; "" where tasks are no series
}

// Cell is one task, one rule and one size.
type Cell struct {
	Task     *Task
	Rule     string
	Size     int
	settings []experiment.Assignment
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
		config.Integer("seeds", &s.Seeds, 1, 100_000, "runs of each cell"),
		config.Integer("first-seed", &s.FirstSeed, 0, 1<<61, "seed of the first of them; the next has the next"),
		config.Names("only.tasks", &s.Only.Tasks, "the tasks that are run; [] for all"),
		config.Names("only.rules", &s.Only.Rules, "the rules that are put to them; [] for all"),
	}
}

func (t *Task) fields(prefix string) []config.Field {
	return []config.Field{
		config.Text(prefix+"title", &t.Title, "the task in words"),
		config.Names(prefix+"rules", &t.Rules, "the rules that are put to the task; [] for all"),
		config.Integer(prefix+"seeds", &t.Seeds, 0, 100_000, "runs of each cell of the task; 0 for those of the score"),
		config.Integers(prefix+"sizes", &t.Sizes, 1, 1_000_000, 100, true, "numbers of hidden neurons"),
		config.Choices(prefix+"measures", &t.Measures, measure.Names(), "what is measured"),
		config.Choice(prefix+"success", &t.Success, append([]string{""}, measure.Names()...), "the measure that decides whether a run has solved the task"),
		config.Number(prefix+"of", &t.Of, 0, 1e300, "what it has to reach"),
		config.Number(prefix+"at", &t.At, -1e300, 1e300, "place of the task in a series"),
		config.Text(prefix+"axis", &t.Axis, "what the place in the series means"),
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
	x, err := experiment.Assign(c.settings)
	if err != nil {
		return nil, err
	}
	x.Name, x.Seed, x.Hidden, x.Figures = strings.ReplaceAll(c.Name(), "/", "-"), seed, c.Size, []string{}
	x.Measures = c.Asked()
	if err := x.Complete(); err != nil {
		return nil, fmt.Errorf("cell %s: %w", c.Name(), err)
	}
	return x, nil
}
