package score

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"partsnet/sim/config"
	"partsnet/sim/experiment"
)

// Read returns the score of a TOML text, with settings ("key=value") that override it. It is
// as strict as [experiment.Read]: the error joins everything that is wrong, in the
// experiments of the cells too.
func Read(file string, text []byte, settings []string) (*Score, error) {
	return ReadContext(context.Background(), file, text, settings)
}

// ReadContext is [Read], which the context ends with its error while it looks whether archives hold
// texts.
func ReadContext(ctx context.Context, file string, text []byte, settings []string) (*Score, error) {
	s, err := read(file, text, settings, experiment.TextsIn(ctx))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return s, err
}

func read(file string, text []byte, settings []string, texts experiment.Texts) (*Score, error) {
	s := &Score{Name: "score", Seeds: 25, FirstSeed: 1, Source: string(text)}
	for _, over := range settings {
		s.Source += "\n" + comment(over)
	}
	d, err := config.Parse(file, text)
	if err != nil {
		return nil, err
	}
	r := reader{s: s, texts: texts, file: file, lines: d.Lines, given: map[string]experiment.Assignment{}}
	for key, value := range d.Values {
		r.given[key] = experiment.Assignment{Where: r.where(key), Key: key, Value: value}
	}
	for _, text := range settings {
		key, literal, ok := strings.Cut(text, "=")
		if !ok {
			r.wrong = append(r.wrong, fmt.Errorf("--set %s: expected key=value", text))
			continue
		}
		key = strings.TrimSpace(key)
		r.given[key] = experiment.Assignment{Where: "--set " + text, Key: key, Value: config.Bare(strings.TrimSpace(literal))}
	}
	r.names(d.Tables)
	r.read()
	if len(r.wrong) == 0 {
		r.makeCells()
	}
	return s, errors.Join(r.wrong...)
}

// comment returns a setting of the command line as one line of comment. A line break in it would
// begin a line that is not a comment, and TOML allows no control characters in comments: such a
// setting is written with escapes.
func comment(setting string) string {
	if strings.ContainsFunc(setting, unicode.IsControl) || !utf8.ValidString(setting) {
		return fmt.Sprintf("# --set %q", setting)
	}
	return fmt.Sprintf("# --set '%s'", setting)
}

// reader turns dotted keys into a score.
type reader struct {
	s     *Score
	texts experiment.Texts
	file  string
	lines map[string]int
	given map[string]experiment.Assignment
	wrong []error
}

func (r *reader) where(key string) string {
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
func (r *reader) names(values map[string]any) {
	section := func(name string) []string {
		sub, ok := values[name].(map[string]any)
		if _, there := values[name]; there && !ok {
			r.wrong = append(r.wrong, fmt.Errorf("%s: %s is not a table", r.where(name), name))
		}
		found := slices.Collect(maps.Keys(sub))
		slices.SortFunc(found, func(a, b string) int {
			return cmp.Or(cmp.Compare(r.first(name+"."+a), r.first(name+"."+b)), strings.Compare(a, b))
		})
		for _, n := range found {
			var id string
			if !config.Identifier("", &id, "").Accept(n) || strings.Contains(n, ".") {
				r.wrong = append(r.wrong, fmt.Errorf("%s: %s.%q is not a name; allowed is 1 to 80 letters, digits, '-' and '_'", r.where(name+"."+n), name, n))
			}
		}
		return found
	}
	r.s.Rules = section("rules")
	for _, name := range section("tasks") {
		r.s.Tasks = append(r.s.Tasks, &Task{Name: name})
	}
	if len(r.wrong) == 0 && (len(r.s.Rules) == 0 || len(r.s.Tasks) == 0) {
		r.wrong = append(r.wrong, fmt.Errorf("%s: a score needs rules in [rules] and tasks in [tasks.NAME]; partsnet show score/reference explains all keys", r.file))
	}
}

// first returns the first line that is about a key or what is below it. A table that dotted
// keys imply has no line.
func (r *reader) first(key string) int {
	line := 1 << 30
	for k, l := range r.lines {
		if l > 0 && (k == key || strings.HasPrefix(k, key+".")) {
			line = min(line, l)
		}
	}
	return line
}

// read sets every key that is not a setting of an experiment.
func (r *reader) read() {
	table := r.s.fields()
	for _, t := range r.s.Tasks {
		table = append(table, t.fields("tasks."+t.Name+".")...)
	}
	for _, key := range slices.Sorted(maps.Keys(r.given)) {
		if _, _, ok := r.s.owner(key); ok {
			continue
		}
		if err := config.Set(table, key, r.given[key].Value); err != nil {
			r.wrong = append(r.wrong, fmt.Errorf("%s: %w", r.given[key].Where, err))
		}
	}
	known := func(key string, names, among []string) {
		for _, n := range names {
			if !slices.Contains(among, n) {
				r.wrong = append(r.wrong, fmt.Errorf("%s: %s has %q; there are %s%s", r.where(key), key, n, config.QuoteAll(among), config.DidYouMean(among, n)))
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
			r.wrong = append(r.wrong, fmt.Errorf("%s: tasks.%s has no sizes; it needs a list of numbers of hidden neurons, such as sizes = [16, 32]", r.where("tasks."+t.Name), t.Name))
		}
		if t.Success == "" && len(t.Measures) == 0 {
			r.wrong = append(r.wrong, fmt.Errorf("%s: tasks.%s measures nothing; it needs measures, or success and of", r.where("tasks."+t.Name), t.Name))
		}
	}
	known("only.rules", r.s.Only.Rules, r.s.Rules)
	known("only.tasks", r.s.Only.Tasks, tasks)
}

// owner splits a key that is a setting of experiments into the table that it stands in
// ("set", "tasks.T.set", "rules.R", "tasks.T.with.R" or "over") and the key of the
// experiment.
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

// once adds an error unless it was added before: one wrong setting is wrong in all cells.
func (r *reader) once(err error) {
	if !slices.ContainsFunc(r.wrong, func(e error) bool { return e.Error() == err.Error() }) {
		r.wrong = append(r.wrong, err)
	}
}

// makeCells makes the cells that only.tasks and only.rules leave, and checks the experiment
// of each.
func (r *reader) makeCells() {
	wanted := func(name string, only []string) bool { return len(only) == 0 || slices.Contains(only, name) }
	belongs := map[string][]experiment.Assignment{} // settings by the owner of their keys
	for _, key := range slices.Sorted(maps.Keys(r.given)) {
		if owner, rest, ok := r.s.owner(key); ok {
			given := r.given[key]
			belongs[owner] = append(belongs[owner], experiment.Assignment{Where: given.Where, Key: rest, Value: given.Value})
		}
	}
	for _, t := range r.s.Tasks {
		for _, rule := range r.s.Rules {
			if !wanted(t.Name, r.s.Only.Tasks) || !wanted(rule, r.s.Only.Rules) || !wanted(rule, t.Rules) {
				continue
			}
			var settings []experiment.Assignment
			for _, o := range []string{"set", "tasks." + t.Name + ".set", "rules." + rule, "tasks." + t.Name + ".with." + rule, "over"} {
				settings = append(settings, belongs[o]...)
			}
			for _, size := range t.Sizes {
				c := Cell{t, rule, size, settings, r.texts}
				if _, err := c.Experiment(r.s.FirstSeed); err != nil {
					r.once(err)
					break
				}
				r.s.cells = append(r.s.cells, c)
			}
		}
	}
	if len(r.wrong) == 0 && len(r.s.cells) == 0 {
		r.wrong = append(r.wrong, fmt.Errorf("%s: nothing to run: only.tasks and only.rules exclude every rule of every task", r.file))
	}
}
