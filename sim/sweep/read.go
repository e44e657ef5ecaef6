package sweep

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"partsnet/sim/campaign"
	"partsnet/sim/config"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
)

// MostRuns is the largest number of runs of a sweep.
const MostRuns = 100_000

// Request is what a command line adds to the [sweep] table of a file.
type Request struct {
	Set   []string // "key=value" for all runs
	Grid  []string // "key=v1,v2,v3", "key=2:12" or "key=2:12:2"
	Zip   []string // the same, taken together
	Seeds int      // 0 for what the file says
	Best  string   // "" for what the file says
	Only  int      // number of the one run that is wanted, counted from 1 in the order of [Sweep.jobs]; 0 for all
}

// Read returns the sweep of a TOML text. The error joins all that is wrong, in the experiments of the
// cells too.
func Read(ctx context.Context, file string, text []byte, q Request) (*Sweep, error) {
	d, err := experiment.Parse(ctx, file, text)
	if err != nil {
		return nil, err
	}
	r := &reader{file: file, only: q.Only, s: &Sweep{Seeds: 1, Best: Target{Of: measure.Objective}, Source: string(text)}}
	if table := d.Cut(experiment.SweepTable); table != nil {
		r.table(table)
	}
	r.request(q)
	if len(r.wrong) > 0 {
		return nil, errors.Join(r.wrong...)
	}
	if err := r.cells(ctx, d, q.Set); err != nil {
		return nil, err
	}
	return r.s, r.s.sums(ctx)
}

// reader turns a table and a command line into a sweep.
type reader struct {
	file  string
	s     *Sweep
	drop  []map[string]any
	only  int // see [Request]
	wrong []error
}

func (r *reader) refuse(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Errorf(format, args...))
}

// table reads the [sweep] table of the file.
func (r *reader) table(d *config.Document) {
	best := ""
	fields := []config.Field{
		config.Integer("seeds", &r.s.Seeds, 1, MostRuns, "number of runs of each cell, each with its own seed"),
		config.Text("best", &best, "which cell is named as the best"),
	}
	fields = append(fields, campaign.SlurmKeys("slurm.", &r.s.Slurm)...)
	keys := slices.SortedFunc(maps.Keys(d.Values), func(a, b string) int {
		return cmp.Or(cmp.Compare(d.Lines[a], d.Lines[b]), strings.Compare(a, b))
	})
	for _, key := range keys {
		where, value := fmt.Sprintf("%s:%d", r.file, d.Lines[key]), d.Values[key]
		grid, isGrid := strings.CutPrefix(key, "grid.")
		zip, isZip := strings.CutPrefix(key, "zip.")
		switch {
		case isGrid:
			r.axis(where, grid, value, false)
		case isZip:
			r.axis(where, zip, value, true)
		case key == "drop":
			r.drops(where, value)
		case key == "best":
			if err := config.Set(fields, key, value); err != nil {
				r.refuse("%s: %w", where, err)
			} else if r.s.Best, err = targetOf(best); err != nil {
				r.refuse("%s: sweep.%w", where, err)
			}
		default:
			if err := config.Set(fields, key, value); err != nil {
				r.refuse("%s: sweep: %w; there are the tables grid, zip, drop and slurm too", where, err)
			}
		}
	}
}

// axis adds a key and its values, or puts them in the place of those that it had.
func (r *reader) axis(where, key string, value any, zipped bool) {
	values, ok := value.([]any)
	switch {
	case !ok || len(values) == 0:
		r.refuse("%s: %s = %s; allowed is a list of the values that the key takes", where, key, config.Literal(value))
		return
	case slices.Contains([]string{"seed", "name", "figures"}, key):
		instead := map[string]string{"seed": "seeds = N makes runs with N seeds", "name": "all runs have the name of the sweep", "figures": "the runs of a sweep draw none"}
		r.refuse("%s: %s is not varied by a sweep: %s", where, key, instead[key])
		return
	}
	for i, v := range values {
		if !zipped && slices.ContainsFunc(values[:i], func(before any) bool { return reflect.DeepEqual(before, v) }) {
			r.refuse("%s: %s has the value %s twice", where, key, config.Literal(v))
			return
		}
	}
	a := Axis{key, values, zipped}
	if k := slices.IndexFunc(r.s.Axes, func(b Axis) bool { return b.Key == key }); k >= 0 {
		r.s.Axes[k] = a
		return
	}
	r.s.Axes = append(r.s.Axes, a)
}

// drops reads the combinations that are left out.
func (r *reader) drops(where string, value any) {
	tables, ok := value.([]map[string]any)
	if !ok {
		r.refuse("%s: sweep.drop = %s; allowed are tables [[sweep.drop]], each with the values of a combination that is left out", where, config.Literal(value))
		return
	}
	for _, t := range tables {
		flat := map[string]any{}
		flatten("", t, flat)
		if len(flat) == 0 {
			r.refuse("%s: [[sweep.drop]] is empty, and would leave out all cells", where)
		}
		r.drop = append(r.drop, flat)
	}
}

// flatten writes a nested table as dotted keys.
func flatten(prefix string, table, into map[string]any) {
	for name, v := range table {
		if below, ok := v.(map[string]any); ok {
			flatten(prefix+name+".", below, into)
		} else {
			into[prefix+name] = v
		}
	}
}

// request adds what the command line says.
func (r *reader) request(q Request) {
	seen := map[string]bool{}
	for _, given := range []struct {
		flag     string
		settings []string
	}{{"--sweep", q.Grid}, {"--zip", q.Zip}} {
		for _, text := range given.settings {
			where := given.flag + " " + text
			r.s.Source += fmt.Sprintf("\n# %s %q", given.flag, text)
			key, list, ok := strings.Cut(text, "=")
			key, list = strings.TrimSpace(key), strings.TrimSpace(list)
			if !ok || key == "" || list == "" {
				r.refuse("%s: expected key=v1,v2,v3 or key=2:12", where)
				continue
			}
			if seen[key] {
				r.refuse("%s: %s is varied twice; name all its values at once", where, key)
				continue
			}
			seen[key] = true
			values, err := config.List(list, MostRuns)
			if err != nil {
				r.refuse("%s: %w", where, err)
				continue
			}
			r.axis(where, key, values, given.flag == "--zip")
		}
	}
	for _, s := range q.Set {
		r.s.Source += fmt.Sprintf("\n# --set %q", s)
	}
	if q.Seeds < 0 || q.Seeds > MostRuns {
		r.refuse("--seeds %d; allowed is an integer from 1 to %d", q.Seeds, MostRuns)
	} else if q.Seeds > 0 {
		r.s.Seeds = q.Seeds
		r.s.Source += fmt.Sprintf("\n# --seeds %d", q.Seeds)
	}
	if q.Best != "" {
		var err error
		if r.s.Best, err = targetOf(q.Best); err != nil {
			r.refuse("--%w", err)
		}
		r.s.Source += fmt.Sprintf("\n# --best %q", q.Best)
	}
}

// cells makes all combinations that are not left out, and the experiments of each.
func (r *reader) cells(ctx context.Context, d *experiment.Document, set []string) error {
	s := r.s
	base, err := d.Experiment(ctx, set)
	if err != nil {
		return err
	}
	s.Name, s.First = base.Name, base.Seed
	combinations, err := s.combinations()
	if err != nil {
		return err
	}
	if n := len(combinations) * s.Seeds; n > MostRuns {
		return fmt.Errorf("%d cells with %d seeds are %d runs; allowed are %d", len(combinations), s.Seeds, n, MostRuns)
	}
	dropped := make([]bool, len(r.drop))
	var kept [][]any
	for _, values := range combinations {
		if r.leavesOut(values, dropped) {
			s.Dropped++
		} else {
			kept = append(kept, values)
		}
	}
	if r.only > len(kept)*s.Seeds {
		return fmt.Errorf("run %d is wanted of %d", r.only, len(kept)*s.Seeds)
	}
	for at, values := range kept {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if r.only > 0 && (r.only-1)%len(kept) != at {
			s.Cells = append(s.Cells, Cell{Values: values})
			continue
		}
		settings := slices.Clone(set)
		for k, a := range s.Axes {
			settings = append(settings, a.Key+"="+config.Literal(values[k]))
		}
		settings = append(settings, "figures=[]")
		c := Cell{Values: values}
		x, err := d.Experiment(ctx, settings)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			return fmt.Errorf("the cell %s: %w", s.Title(c), err)
		}
		if err := together(x); err != nil {
			return err
		}
		if s.Best.Of != measure.Objective && !slices.Contains(x.Measures, s.Best.Of) {
			return fmt.Errorf("best = %q, but the runs do not take that measure; allowed are %q and %s", s.Best, measure.Objective, config.QuoteAll(x.Measures))
		}
		for k := range s.Seeds {
			run := *x
			run.Seed = s.First + int64(k)
			c.Runs = append(c.Runs, &run)
		}
		s.Cells = append(s.Cells, c)
	}
	for k, did := range dropped {
		if !did {
			return fmt.Errorf("%s: [[sweep.drop]] %s leaves out no cell; allowed are keys that are varied, with values that they take", r.file, config.Literal(r.drop[k]))
		}
	}
	if len(s.Cells) == 0 {
		return fmt.Errorf("%s: [[sweep.drop]] leaves out all %d cells", r.file, s.Dropped)
	}
	return nil
}

// combinations returns the values of all cells: of axes that are zipped the values with the same
// number, of others all.
func (s *Sweep) combinations() (all [][]any, err error) {
	together := 0 // values of a zipped axis
	for _, a := range s.Axes {
		if !a.zipped {
			continue
		}
		if together > 0 && len(a.Values) != together {
			return nil, fmt.Errorf("the keys of a zip have different numbers of values: %s has %d, another one %d", a.Key, len(a.Values), together)
		}
		together = len(a.Values)
	}
	numbers := [][]int{{}} // of the values
	first := slices.IndexFunc(s.Axes, func(a Axis) bool { return a.zipped })
	for k, a := range s.Axes {
		var next [][]int
		for _, before := range numbers {
			if a.zipped && k != first {
				next = append(next, append(slices.Clone(before), before[first]))
				continue
			}
			for i := range a.Values {
				next = append(next, append(slices.Clone(before), i))
			}
		}
		if numbers = next; len(numbers) > MostRuns {
			return nil, fmt.Errorf("more than %d cells; allowed are %d runs", MostRuns, MostRuns)
		}
	}
	seen := map[string]bool{}
	for _, n := range numbers {
		values := make([]any, len(n))
		for k, i := range n {
			values[k] = s.Axes[k].Values[i]
		}
		title := s.Title(Cell{Values: values})
		if seen[title] {
			return nil, fmt.Errorf("the cell %s is there twice", title)
		}
		seen[title], all = true, append(all, values)
	}
	return all, nil
}

// leavesOut reports whether a combination is left out, and notes by which table.
func (r *reader) leavesOut(values []any, by []bool) (left bool) {
	for i, drop := range r.drop {
		fits := true
		for key, want := range drop {
			k := slices.IndexFunc(r.s.Axes, func(a Axis) bool { return a.Key == key })
			fits = fits && k >= 0 && reflect.DeepEqual(values[k], want)
		}
		by[i] = by[i] || fits
		left = left || fits
	}
	return left
}

// together returns an error for an experiment of several networks, such as groups that learn alone, and
// for one that asks for files that only a run directory has.
func together(x *experiment.Experiment) error {
	if x.Apart() {
		return fmt.Errorf("groups.learn = %q makes a network for each group, and a run of a sweep is one network; allowed is another groups.learn, or groups.only, which names one group", x.Groups.Learn)
	}
	if len(x.Recorders) > 0 || x.Stimulus.Save {
		return errors.New("recorder or stimulus.save in a sweep, whose runs write no directories; allowed is neither: run the cell that is to be recorded alone")
	}
	return nil
}
