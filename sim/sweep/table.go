package sweep

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"time"

	"partsnet/sim/campaign"
	"partsnet/sim/estimate"
	"partsnet/sim/figure"
	"partsnet/sim/figure/formats"
	"partsnet/sim/measure"
	"partsnet/sim/record"
)

// Files of a sweep.
const (
	manifestFile = "manifest.json"
	sweepFile    = "sweep.toml"
	recordsFile  = "records.csv" // a row a run and record
	summaryFile  = "summary.csv" // a row a cell and measure
	pairedFile   = "paired.csv"  // a row a cell but the best and measure
	runsFile     = "runs.csv"    // a row a run
)

// Table is the result of a sweep.
type Table struct {
	Dir      string
	Failed   int // runs
	Damaged  int // lines of the ledger whose runs were repeated
	Elapsed  time.Duration
	Measures []string // objective first, at the end of each run
	Rows     []Row    // one a cell
	Best     int      // row that the target of the sweep chooses, −1 where nothing can be chosen

	// Objectives are the symbols of the objectives of the runs. Of several, values are not comparable.
	Objectives []string

	// OtherStimuli tells that cells were shown different stimuli, over which sums are not comparable.
	OtherStimuli bool

	sweep *Sweep
	runs  []ended
}

// Row is a cell and the means over its runs.
type Row struct {
	Cell   Cell
	Failed int
	Error  string              // of the first run that failed
	Means  []estimate.Estimate // one a measure of the table
}

// ended is a run that has ended.
type ended struct {
	campaign.Entry
	key  string
	cell int
	seed int64
	kept
}

// newTable computes the table from the entries of the ledger.
func newTable(s *Sweep, entries map[string]campaign.Entry) (*Table, error) {
	t := &Table{sweep: s, Best: -1, Measures: []string{measure.Objective}}
	for c, cell := range s.Cells {
		for k := range s.Seeds {
			key := s.key(cell, k)
			r := ended{Entry: entries[key], key: key, cell: c, seed: s.First + int64(k)}
			if r.Error != "" {
				t.Failed++
			} else if err := json.Unmarshal(r.Result, &r.kept); err != nil {
				return nil, fmt.Errorf("the result of %s in the ledger cannot be read: %w", key, err)
			}
			t.runs = append(t.runs, r)
		}
		for _, name := range cell.Runs[0].Measures {
			if !slices.Contains(t.Measures, name) {
				t.Measures = append(t.Measures, name)
			}
		}
	}
	for c, cell := range s.Cells {
		t.Rows = append(t.Rows, t.row(cell, t.runs[c*s.Seeds:(c+1)*s.Seeds]))
	}
	t.Objectives = t.objectives()
	if t.OtherStimuli = slices.ContainsFunc(s.Axes, Axis.ofStimuli); s.Best.Of == measure.Objective && (len(t.Objectives) > 1 || t.OtherStimuli) {
		return t, nil // nothing tells which is the best
	}
	at := slices.Index(t.Measures, s.Best.Of)
	for k, r := range t.Rows {
		if e := r.Means[at]; e.Runs > 0 && (t.Best < 0 || s.Best.better(e.Mean, t.Rows[t.Best].Means[at].Mean)) {
			t.Best = k
		}
	}
	return t, nil
}

// objectives returns the symbols of the objectives of the runs.
func (t *Table) objectives() (symbols []string) {
	for _, r := range t.runs {
		if r.Error == "" && !slices.Contains(symbols, r.Symbol) {
			symbols = append(symbols, r.Symbol)
		}
	}
	return symbols
}

// row returns the means of a cell over its runs.
func (t *Table) row(cell Cell, runs []ended) Row {
	row := Row{Cell: cell}
	values := make([][]float64, len(t.Measures))
	largest := map[string]int{}
	sums := true // whether the objective is a sum of errors, which is never negative
	for _, r := range runs {
		if r.Error != "" {
			row.Failed++
			if row.Error == "" {
				row.Error = r.Error
			}
			continue
		}
		maps.Copy(largest, r.Largest)
		sums = sums && (r.Symbol == "D" || r.Symbol == "E")
		last := r.Records[len(r.Records)-1]
		for k, name := range t.Measures {
			if x, ok := last.of(name); ok {
				values[k] = append(values[k], x)
			}
		}
	}
	for k, name := range t.Measures {
		least, most := math.Inf(-1), math.Inf(1)
		if m, ok := measure.Named(name); ok {
			least, most = m.Low, m.High
		} else if sums {
			least = 0
		}
		if n, ok := largest[name]; ok {
			most = float64(n)
		}
		row.Means = append(row.Means, estimate.Mean(values[k]).Within(least, most))
	}
	return row
}

// of returns a measure of a record, if it is defined.
func (r row) of(name string) (float64, bool) {
	if name == measure.Objective {
		return r.Objective, true
	}
	x, ok := r.Measures[name]
	return x, ok
}

// shown returns the measures that a screen and a figure have room for: that of the target and the first
// of the others.
func (t *Table) shown() []int {
	shown := []int{slices.Index(t.Measures, t.sweep.Best.Of)}
	for k := range t.Measures {
		if k != shown[0] && len(shown) < 3 {
			shown = append(shown, k)
		}
	}
	return shown
}

// Chosen returns the mean of the measure of the target in the best row.
func (t *Table) Chosen() (e estimate.Estimate, ok bool) {
	if t.Best < 0 {
		return e, false
	}
	return t.Rows[t.Best].Means[slices.Index(t.Measures, t.sweep.Best.Of)], true
}

// write writes the directory of the sweep, the manifest last.
func (t *Table) write(out *record.Dir) error {
	files := []struct {
		name  string
		write func(w io.Writer) error
	}{
		{sweepFile, func(w io.Writer) error { _, err := io.WriteString(w, t.sweep.Source+"\n"); return err }},
		{recordsFile, t.records}, {summaryFile, t.summary}, {pairedFile, t.paired}, {runsFile, t.runsTable},
	}
	for _, f := range files {
		if err := out.Write(f.name, f.write); err != nil {
			return err
		}
	}
	if err := figure.WriteAll(t.figures(), formats.Names, out.Write); err != nil {
		return err
	}
	manifest, err := json.MarshalIndent(map[string]any{
		"name": t.sweep.Name, "cells": len(t.Rows), "seeds": t.sweep.Seeds, "first_seed": t.sweep.First, "failed": t.Failed,
		"platform": platform(), "seconds": t.Elapsed.Seconds(), "files": out.Sums(), "sweep": t.sweep.configs,
	}, "", "  ")
	if err != nil {
		return err
	}
	return out.Write(manifestFile, func(w io.Writer) error { _, err := w.Write(append(manifest, '\n')); return err })
}

// head returns the columns that say which cell a row is about.
func (t *Table) head() (head []string) {
	for _, a := range t.sweep.Axes {
		head = append(head, a.Key)
	}
	return head
}

// values returns what stands in these columns.
func (c Cell) values() (row []string) {
	for _, v := range c.Values {
		row = append(row, Text(v))
	}
	return row
}

// records writes every record of every run as a row.
func (t *Table) records(w io.Writer) error {
	rows := [][]string{append(append(t.head(), "seed", "epoch"), t.Measures...)}
	for _, r := range t.runs {
		for _, rec := range r.Records {
			row := append(t.Rows[r.cell].Cell.values(), fmt.Sprint(r.seed), fmt.Sprint(rec.Epoch))
			for _, name := range t.Measures {
				text := ""
				if x, ok := rec.of(name); ok {
					text = estimate.Number(x)
				}
				row = append(row, text)
			}
			rows = append(rows, row)
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// summary writes every measure of every cell as a row, at the end of the runs.
func (t *Table) summary(w io.Writer) error {
	rows := [][]string{append(append(t.head(), "measure", "runs", "failed"), estimate.Columns...)}
	for _, r := range t.Rows {
		for k, name := range t.Measures {
			e := r.Means[k]
			rows = append(rows, append(append(r.Cell.values(), name, fmt.Sprint(e.Runs), fmt.Sprint(r.Failed)), e.Row()...))
		}
	}
	return csv.NewWriter(w).WriteAll(rows)
}

// runsTable writes how every run ended.
func (t *Table) runsTable(w io.Writer) error {
	rows := [][]string{append(t.head(), "seed", "state", "epochs", "stopped", "seconds", "error")}
	for _, r := range t.runs {
		state, epochs := "done", ""
		if r.Error != "" {
			state = "failed"
		} else {
			epochs = fmt.Sprint(r.Records[len(r.Records)-1].Epoch)
		}
		rows = append(rows, append(t.Rows[r.cell].Cell.values(), fmt.Sprint(r.seed), state, epochs, r.Stopped, fmt.Sprintf("%.3f", r.Seconds), r.Error))
	}
	return csv.NewWriter(w).WriteAll(rows)
}
