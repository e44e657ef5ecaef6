package experiment

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

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
	settings []setting
}

type setting struct {
	where, key string
	value      any
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

func (s *Score) fields() []field {
	return []field{
		identifier("name", &s.Name, "name of the score and of its folder"),
		integer("seeds", &s.Seeds, 1, 100_000, "runs of each cell"),
		integer("first-seed", &s.FirstSeed, 0, 1<<61, "seed of the first of them; the next has the next"),
		words("only.tasks", &s.Only.Tasks, "the tasks that are run; [] for all"),
		words("only.rules", &s.Only.Rules, "the rules that are put to them; [] for all"),
	}
}

func (t *Task) fields(prefix string) []field {
	return []field{
		anyText(prefix+"title", &t.Title, "the task in words"),
		words(prefix+"rules", &t.Rules, "the rules that are put to the task; [] for all"),
		integer(prefix+"seeds", &t.Seeds, 0, 100_000, "runs of each cell of the task; 0 for those of the score"),
		integers(prefix+"sizes", &t.Sizes, 1, 1_000_000, 100, "numbers of hidden neurons"),
		choices(prefix+"measures", &t.Measures, measure.Names(), "what is measured"),
		choice(prefix+"success", &t.Success, append([]string{""}, measure.Names()...), "the measure that decides whether a run has solved the task"),
		number(prefix+"of", &t.Of, 0, 1e300, "what it has to reach"),
		number(prefix+"at", &t.At, -1e300, 1e300, "place of the task in a series"),
		anyText(prefix+"axis", &t.Axis, "what the place in the series means"),
	}
}

// ReadScore returns the score that the TOML text asks for, with the settings over it,
// read as strictly as an experiment by [Read]: the error joins everything that is
// wrong, also with the experiments of the cells.
func ReadScore(file string, text []byte, settings []string) (*Score, error) {
	s := &Score{Name: "score", Seeds: 25, FirstSeed: 1, Source: string(text)}
	for _, over := range settings {
		s.Source += fmt.Sprintf("\n# --set '%s'", over)
	}
	values, err := parse(file, text)
	if err != nil {
		return nil, err
	}
	r := scoreReader{s: s, file: file, lines: keyLines(text), given: map[string]setting{}}
	flatten("", values, func(key string, value any) {
		r.given[key] = setting{r.where(key), key, value}
	})
	for _, text := range settings {
		key, literal, ok := strings.Cut(text, "=")
		if !ok {
			r.wrong = append(r.wrong, fmt.Errorf("--set %s: expected key=value", text))
			continue
		}
		key = strings.TrimSpace(key)
		r.given[key] = setting{"--set " + text, key, bareOrTOML(strings.TrimSpace(literal))}
	}
	r.names(values)
	r.read()
	if len(r.wrong) == 0 {
		r.makeCells()
	}
	return s, errors.Join(r.wrong...)
}

// scoreReader turns dotted keys into a score.
type scoreReader struct {
	s     *Score
	file  string
	lines map[string]int
	given map[string]setting
	wrong []error
}

func (r *scoreReader) where(key string) string {
	for ; key != ""; key, _ = cutLast(key) {
		if line := r.lines[key]; line > 0 {
			return fmt.Sprintf("%s:%d", r.file, line)
		}
	}
	return r.file
}

func cutLast(key string) (before, last string) {
	i := strings.LastIndex(key, ".")
	return key[:max(i, 0)], key[i+1:]
}

// names finds the rules and tasks, in the order of the file.
func (r *scoreReader) names(values map[string]any) {
	section := func(name string) []string {
		sub, ok := values[name].(map[string]any)
		if _, there := values[name]; there && !ok {
			r.wrong = append(r.wrong, fmt.Errorf("%s: %s is no table", r.where(name), name))
		}
		found := slices.Collect(maps.Keys(sub))
		slices.SortFunc(found, func(a, b string) int {
			return cmp.Or(cmp.Compare(r.first(name+"."+a), r.first(name+"."+b)), strings.Compare(a, b))
		})
		for _, n := range found {
			var id string
			if !identifier("", &id, "").set(n) || strings.Contains(n, ".") {
				r.wrong = append(r.wrong, fmt.Errorf("%s: %s.%q is no name; allowed is 1 to 80 letters, digits, '-' and '_'", r.where(name+"."+n), name, n))
			}
		}
		return found
	}
	r.s.Rules = section("rules")
	for _, name := range section("tasks") {
		r.s.Tasks = append(r.s.Tasks, &Task{Name: name})
	}
	if len(r.wrong) == 0 && (len(r.s.Rules) == 0 || len(r.s.Tasks) == 0) {
		r.wrong = append(r.wrong, fmt.Errorf("%s: a score needs rules in [rules] and tasks in [tasks.NAME]; partsnet show score is an example", r.file))
	}
}

// first returns the first line that is about a key or what is below it.
func (r *scoreReader) first(key string) int {
	line := 1 << 30
	for k, l := range r.lines {
		if k == key || strings.HasPrefix(k, key+".") {
			line = min(line, l)
		}
	}
	return line
}

// read gives every key that is no setting of an experiment its value.
func (r *scoreReader) read() {
	table := r.s.fields()
	for _, t := range r.s.Tasks {
		table = append(table, t.fields("tasks."+t.Name+".")...)
	}
	for _, key := range slices.Sorted(maps.Keys(r.given)) {
		if _, _, ok := r.s.owner(key); ok {
			continue
		}
		if err := set(table, key, r.given[key].value); err != nil {
			r.wrong = append(r.wrong, fmt.Errorf("%s: %w", r.given[key].where, err))
		}
	}
	known := func(key string, names, among []string) {
		for _, n := range names {
			if !slices.Contains(among, n) {
				r.wrong = append(r.wrong, fmt.Errorf("%s: %s has %q; there are %s", r.where(key), key, n, quoted(among)))
			}
		}
	}
	var tasks []string
	for _, t := range r.s.Tasks {
		tasks = append(tasks, t.Name)
		if t.Seeds == 0 {
			t.Seeds = r.s.Seeds
		}
		known("tasks."+t.Name+".rules", t.Rules, r.s.Rules)
		if len(t.Sizes) == 0 {
			r.wrong = append(r.wrong, fmt.Errorf("%s: tasks.%s has no sizes; allowed is a list of numbers of hidden neurons", r.where("tasks."+t.Name), t.Name))
		}
		if t.Success == "" && len(t.Measures) == 0 {
			r.wrong = append(r.wrong, fmt.Errorf("%s: tasks.%s measures nothing; it needs success and of, or measures", r.where("tasks."+t.Name), t.Name))
		}
	}
	known("only.rules", r.s.Only.Rules, r.s.Rules)
	known("only.tasks", r.s.Only.Tasks, tasks)
}

// owner tells of a key that is a setting of experiments to whom it belongs: "set",
// "tasks.T.set", "rules.R", "tasks.T.with.R" or "over", and the key that is left.
func (s *Score) owner(key string) (owner, rest string, ok bool) {
	owners := []string{"set", "over"}
	for _, rule := range s.Rules {
		owners = append(owners, "rules."+rule)
	}
	for _, t := range s.Tasks {
		owners = append(owners, "tasks."+t.Name+".set")
		for _, rule := range s.Rules {
			owners = append(owners, "tasks."+t.Name+".with."+rule)
		}
	}
	for _, o := range owners {
		if rest, ok := strings.CutPrefix(key, o+"."); ok {
			return o, rest, true
		}
	}
	return "", "", false
}

// makeCells makes the cells that are wanted and an experiment of each, to see whether it
// can be.
func (r *scoreReader) makeCells() {
	wanted := func(name string, only []string) bool { return len(only) == 0 || slices.Contains(only, name) }
	for _, t := range r.s.Tasks {
		for _, rule := range r.s.Rules {
			if !wanted(t.Name, r.s.Only.Tasks) || !wanted(rule, r.s.Only.Rules) || !wanted(rule, t.Rules) {
				continue
			}
			var settings []setting
			for _, o := range []string{"set", "tasks." + t.Name + ".set", "rules." + rule, "tasks." + t.Name + ".with." + rule, "over"} {
				for _, key := range slices.Sorted(maps.Keys(r.given)) {
					if owner, rest, _ := r.s.owner(key); owner == o {
						given := r.given[key]
						settings = append(settings, setting{given.where, rest, given.value})
					}
				}
			}
			for _, size := range t.Sizes {
				c := Cell{t, rule, size, settings}
				if _, err := c.Experiment(r.s.FirstSeed); err != nil {
					r.wrong = append(r.wrong, err)
					break
				}
				r.s.cells = append(r.s.cells, c)
			}
		}
	}
	if len(r.wrong) == 0 && len(r.s.cells) == 0 {
		r.wrong = append(r.wrong, fmt.Errorf("%s: nothing is left to run: only.tasks and only.rules leave no rule before any task", r.file))
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
func (c Cell) Experiment(seed int64) (*Experiment, error) {
	x := Default()
	x.leaveUnsaid()
	table := x.fields(true)
	var wrong []error
	for _, s := range c.settings {
		if err := set(table, s.key, s.value); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", s.where, err))
		}
	}
	for _, s := range c.settings {
		if err := x.wrongParameter(s.key); err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", s.where, err))
		}
	}
	x.Name, x.Seed, x.Hidden, x.Figures = strings.ReplaceAll(c.Name(), "/", "-"), seed, c.Size, []string{}
	x.Measures = c.Asked()
	if len(wrong) == 0 {
		err := x.resolve()
		if err == nil {
			err = x.check()
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("cell %s: %w", c.Name(), err))
		}
	}
	return x, errors.Join(wrong...)
}

// bareOrTOML returns the value of a text that is TOML, or the text itself.
func bareOrTOML(text string) any {
	var v map[string]any
	if err := toml.Unmarshal([]byte("v = "+text), &v); err != nil || len(v) != 1 {
		return text
	}
	return v["v"]
}
