package score

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"runtime"
	"slices"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim/figure"
	"partsnet/sim/figure/formats"
	"partsnet/sim/measure"
	"partsnet/sim/program"
	"partsnet/sim/record"
)

// write writes the directory of the score, the manifest last.
func (c *Card) write(out *record.Dir) error {
	files := []struct {
		name  string
		write func(w io.Writer) error
	}{
		{"score.toml", func(w io.Writer) error { _, err := io.WriteString(w, c.score.Source); return err }},
		{"score.csv", c.CSV}, {"score.md", c.Markdown}, {"runs.csv", c.runsCSV},
	}
	for _, f := range files {
		if err := out.Write(f.name, f.write); err != nil {
			return err
		}
	}
	if err := figure.WriteAll(c.figures(), formats.Names, out.Write); err != nil {
		return err
	}
	id, err := c.score.identity()
	if err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(map[string]any{
		"version": program.Version(), "name": c.Name, "seeds": c.Seeds, "first_seed": c.First, "runs": len(c.runs), "failed": c.Failed,
		"platform": map[string]any{"go": runtime.Version(), "os": runtime.GOOS, "arch": runtime.GOARCH, "kernel": kernel.Level(), "processors": runtime.GOMAXPROCS(0)},
		"seconds":  c.Elapsed.Seconds(), "files": out.Sums(), "score": id,
	}, "", "  ")
	if err != nil {
		return err
	}
	return out.Write("manifest.json", func(w io.Writer) error { _, err := w.Write(append(manifest, '\n')); return err })
}

// solved is the name in tables of the share of runs that have solved a task.
const solved = "solved"

// columns of the table as CSV. Tables of earlier versions lack "at".
var columns = []string{"task", "at", "rule", "size", "constraint", "measure", "runs", "failed", "mean", "low", "high", "deviation", "least", "most"}

// CSV writes the table with a row for each measure of each cell: for a task in a series its
// value on the axis (at), the number of runs, the mean or share, its 95 % interval, and the
// standard deviation and range of the runs.
func (c *Card) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	if err := out.Write(columns); err != nil {
		return err
	}
	for _, r := range c.Rows {
		values := r.Values
		if r.Solved != nil {
			values = append([]Value{{solved, *r.Solved}}, values...)
		}
		values = append(values, Value{measure.Objective, r.Objective}, Value{"seconds", r.Seconds})
		for _, v := range values {
			at := ""
			if r.Cell.Task.Axis != "" {
				at = fmt.Sprint(r.Cell.Task.At)
			}
			row := []string{r.Cell.Task.Name, at, r.Cell.Rule, fmt.Sprint(r.Cell.Size), r.Constraint, v.Name, fmt.Sprint(v.Runs), fmt.Sprint(r.Failed)}
			for _, x := range []float64{v.Mean, v.Low, v.High, v.SD, v.Min, v.Max} {
				if math.IsNaN(x) || math.IsInf(x, 0) {
					row = append(row, "")
				} else {
					row = append(row, fmt.Sprint(x))
				}
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// runsCSV writes every run as a row.
func (c *Card) runsCSV(w io.Writer) error {
	names := map[string]bool{}
	for _, r := range c.runs {
		for _, m := range r.Measures {
			for name := range m {
				names[name] = true
			}
		}
	}
	measures := slices.Sorted(maps.Keys(names))
	out := csv.NewWriter(w)
	if err := out.Write(append([]string{"cell", "seed", "constraint", "seconds", "error"}, measures...)); err != nil {
		return err
	}
	for _, r := range c.runs {
		constraints := slices.Sorted(maps.Keys(r.Measures))
		if r.Error != "" {
			constraints = []string{""}
		}
		for _, constraint := range constraints {
			row := []string{r.cell, fmt.Sprint(r.seed), constraint, fmt.Sprintf("%.3f", r.Seconds), r.Error}
			for _, name := range measures {
				text := ""
				if x, ok := r.Measures[constraint][name]; ok {
					text = fmt.Sprint(x)
				}
				row = append(row, text)
			}
			if err := out.Write(row); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// block is the table of one task or one series.
type block struct {
	title string
	keys  int // number of the first columns, which name the row
	head  []string
	rows  [][]string
	notes []string
}

// blocks returns the table of every task or series as text.
func (c *Card) blocks() []block {
	var blocks []block
	for at := 0; at < len(c.Rows); {
		task := c.Rows[at].Cell.Task
		b := block{title: title(task), keys: 2, head: []string{"rule", "hidden"}}
		if task.Axis != "" {
			b.keys = 3
			b.title, b.head = "Series: "+task.Axis, append([]string{task.Axis}, b.head...)
		}
		if task.Success != "" {
			b.head = append(b.head, fmt.Sprintf("solved (%s ≥ %v)", task.Success, task.Of))
		}
		b.head = append(append(b.head, c.Rows[at].Cell.Asked()...), "runs", "s/run")
		for ; at < len(c.Rows) && together(c.Rows[at].Cell.Task, task); at++ {
			r := c.Rows[at]
			row := []string{r.Rule(), fmt.Sprint(r.Cell.Size)}
			if task.Axis != "" {
				row = append([]string{fmt.Sprint(r.Cell.Task.At)}, row...)
			}
			if r.Solved != nil {
				row = append(row, r.Solved.Text(2))
			}
			for _, v := range r.Values {
				row = append(row, v.Text(3))
			}
			b.rows = append(b.rows, append(row, fmt.Sprint(r.Seconds.Runs), r.Seconds.MeanText()))
			if r.Failed > 0 {
				b.notes = append(b.notes, fmt.Sprintf("%s, %d hidden neurons: %d runs failed: %s", r.Rule(), r.Cell.Size, r.Failed, r.Error))
			}
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// together reports whether two tasks share a table: those of one series with the same
// measures do.
func together(a, b *Task) bool {
	return a == b || a.Axis != "" && a.Axis == b.Axis && a.Success == b.Success && slices.Equal(a.Measures, b.Measures)
}

// intervals explains the brackets.
const intervals = "Brackets are 95 % confidence intervals over seeds: Wilson's for shares; Student's t for means, cut off at the ends of the possible range."

// Markdown writes the table with the command, version and machine that made it.
func (c *Card) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%d seeds per cell, from %d. Version %s, %s %s/%s, %s kernel, %d processors, %s; %v.\n", c.Name, c.Seeds, c.First,
		program.Version(), runtime.Version(), runtime.GOOS, runtime.GOARCH, kernel.Level(), runtime.GOMAXPROCS(0), time.Now().UTC().Format("2 January 2006"), c.Elapsed.Round(time.Second))
	if c.Command != "" {
		fmt.Fprintf(&b, "\n```\n%s\n```\n", c.Command)
	}
	fmt.Fprintf(&b, "\n%s\n", intervals)
	for _, t := range c.blocks() {
		fmt.Fprintf(&b, "\n## %s\n\n| %s |\n|%s\n", t.title, strings.Join(t.head, " | "), strings.Repeat("---|", len(t.head)))
		for _, row := range t.rows {
			fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
		}
		for _, n := range t.notes {
			fmt.Fprintf(&b, "\nFailed: %s\n", n)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}
