package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"partsnet/sim/memory"
	"partsnet/sim/record"
	"partsnet/sim/sweep"
)

// newSweep returns the command that makes many runs of an experiment.
func newSweep() *cobra.Command {
	var (
		q       sweep.Request
		out     string
		workers int
		resume  bool
		dry     bool
		engine  string
		element int
		screen  screen
	)
	c := &cobra.Command{
		Use:   "sweep EXPERIMENT",
		Short: "run an experiment with many values of some keys",
		Long: "Run an experiment with every combination of the values of some keys, and with several seeds, and write tables and figures of what came out. " +
			"The values stand in the table [sweep] of the experiment, or are given by --sweep, --zip and --seeds. " +
			"records.csv has a row for each run and record, summary.csv the means of each cell with 95 % confidence intervals, runs.csv how every run ended.\n\n" +
			"Runs are made side by side, each by one processor. One that fails stops no other. After Ctrl-C the same command with --resume continues. --out DIR --resume with more values or seeds makes the runs that are new, in a finished directory too. Several such commands share the runs of one directory, on several machines too.\n\n" +
			"With --engine slurm the runs are the elements of a job array of a Slurm cluster, which the command submits by sbatch and follows until the tables are written; the table [sweep.slurm] has options of sbatch. Ctrl-C cancels the array.",
		Example: "partsnet sweep bars --sweep network.hidden=12:20:4 --seeds 5\n" +
			"partsnet sweep bars --sweep network.hidden=8,16 --sweep learning.relaxation=1.0,1.5 --seeds 3 --out runs/two\n" +
			"partsnet sweep bars --zip recognition.circuit=divisive-error,lateral-inhibition --zip learning.rule=poisson,gaussian\n" +
			"partsnet sweep mine.toml --best 'highest explained_variance' --dry-run\n" +
			"partsnet sweep mine.toml --engine slurm --out runs/mine",
		GroupID:           training,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeExperiments,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			if c.Flags().Changed("seeds") && q.Seeds < 1 {
				return refusef("--seeds %d; allowed is a number of runs from 1 to %d", q.Seeds, sweep.MostRuns)
			}
			if workers < 0 {
				return refusef("--workers %d; allowed is a number of runs at a time, 0 for one a processor", workers)
			}
			if engine != "local" && engine != "slurm" {
				return refusef("--engine %s; allowed is local or slurm", engine)
			}
			if engine == "slurm" && c.Flags().Changed("workers") {
				return refusef("--workers is for --engine local; throttle in [sweep.slurm] limits the elements at a time")
			}
			of := c.Flags().Changed("element")
			if of && (element < 0 || out == "") {
				return refusef("--element %d; allowed is the number of a run, from 0 on, with --out", element)
			}
			if of {
				q.Only = element + 1
			}
			text, err := sourceOf(c.Context(), args[0])
			if err != nil {
				return refusedUnless(c.Context(), err)
			}
			s, err := sweep.Read(c.Context(), args[0], text, q)
			if err != nil {
				return refusedUnless(c.Context(), err)
			}
			if of {
				return sweep.Element(c.Context(), s, out, element)
			}
			dir, note, err := placeOf(sweep.PlacesOf(s), out, filepath.Join("runs", s.Name+"-sweep"), resume)
			if err != nil {
				return err
			}
			if note != "" && !screen.quiet {
				fmt.Fprintf(c.ErrOrStderr(), "partsnet: %s\n", note)
			}
			if dry && (engine == "local" || screen.json) {
				return screen.planned(c.Context(), c.OutOrStdout(), s, dir, workers)
			}
			bar := newProgress(c.ErrOrStderr(), screen.quiet)
			o := sweep.Options{Workers: workers, Progress: bar.campaign, Resume: resume}
			if engine == "slurm" {
				slurm, err := slurmOf(c, args[0], s, dir, bar)
				if err != nil {
					return err
				}
				if dry {
					return screen.plannedSlurm(c.OutOrStdout(), s, slurm)
				}
				o.Engine = slurm
			}
			t, err := sweep.Run(c.Context(), s, dir, o)
			bar.end()
			if finished := new(record.ExistsError); resume && errors.As(err, &finished) {
				return screen.finished(c, "sweep", finished.Dir)
			}
			if err != nil && c.Context().Err() != nil {
				return fmt.Errorf("%w. Continue with:\n  %s", err, resumeLine(c, args, dir))
			}
			if err != nil {
				return err
			}
			return screen.swept(c.OutOrStdout(), s, t)
		},
	}
	settings(c, &q.Set)
	c.Flags().StringArrayVar(&q.Grid, "sweep", nil, "vary a key in all combinations with others: `key=v1,v2`, or 2:12 or 2:12:2 for integers; may be repeated")
	c.Flags().StringArrayVar(&q.Zip, "zip", nil, "vary a key together with the others of --zip: `key=v1,v2`; may be repeated")
	c.Flags().IntVar(&q.Seeds, "seeds", 0, "`number` of runs of each combination, with the seed of the experiment and those that follow (default 1)")
	c.Flags().StringVar(&q.Best, "best", "", "name the cell with the lowest or highest mean of a `measure`, such as 'highest explained_variance' (default lowest objective)")
	c.Flags().IntVar(&workers, "workers", 0, "`number` of runs at a time; 0 for one a processor, as far as there is memory")
	c.Flags().BoolVarP(&dry, "dry-run", "n", false, "list the cells with estimates of time, memory and disk; write nothing")
	c.Flags().StringVar(&engine, "engine", "local", "what makes the runs: `local`, this process, or slurm, a job array")
	c.Flags().IntVar(&element, "element", 0, "make run `N` alone, as an element of a job array does")
	_ = c.Flags().MarkHidden("element")
	_ = c.RegisterFlagCompletionFunc("engine", cobra.FixedCompletions([]string{"local", "slurm"}, cobra.ShellCompDirectiveNoFileComp))
	for _, flag := range []string{"sweep", "zip"} {
		_ = c.RegisterFlagCompletionFunc(flag, completeSetting)
	}
	places(c, &out, &resume, "sweep", "runs/NAME-sweep")
	screen.add(c, "only the directory of the sweep")
	return c
}

// sweptRun is what sweep says, as JSON.
type sweptRun struct {
	Dir     string      `json:"dir" doc:"directory of the sweep"`
	Runs    int         `json:"runs" doc:"number of runs"`
	Failed  int         `json:"failed" doc:"number of runs that failed; runs.csv says why"`
	Seconds float64     `json:"seconds" doc:"time that it took"`
	Target  string      `json:"target" doc:"what makes a cell the best"`
	Best    *sweptCell  `json:"best" doc:"the best cell; null where no run has the measure"`
	Cells   []sweptCell `json:"cells" doc:"one object for each combination of values, with the means of its runs"`
}

// sweptCell is a cell of a sweep.
type sweptCell struct {
	Values   map[string]string       `json:"values"`
	Measures map[string]*scoredValue `json:"measures"`
	Failed   int                     `json:"failed"`
	Error    string                  `json:"error,omitempty"`
}

func sweptOf(s *sweep.Sweep, t *sweep.Table) sweptRun {
	run := sweptRun{Dir: t.Dir, Runs: len(s.Cells) * s.Seeds, Failed: t.Failed, Seconds: t.Elapsed.Seconds(), Target: s.Best.String()}
	for _, r := range t.Rows {
		cell := sweptCell{Values: map[string]string{}, Measures: map[string]*scoredValue{}, Failed: r.Failed, Error: r.Error}
		for k, a := range s.Axes {
			cell.Values[a.Key] = sweep.Text(r.Cell.Values[k])
		}
		for k, name := range t.Measures {
			cell.Measures[name] = scoredValueOf(r.Means[k])
		}
		run.Cells = append(run.Cells, cell)
	}
	if t.Best >= 0 {
		run.Best = &run.Cells[t.Best]
	}
	return run
}

// swept prints what came out of a sweep.
func (s *screen) swept(w io.Writer, of *sweep.Sweep, t *sweep.Table) error {
	const most = 40 // cells; summary.csv has all
	switch {
	case s.json:
		if err := printJSON(w, sweptOf(of, t)); err != nil {
			return err
		}
	case s.quiet:
		fmt.Fprintln(w, t.Dir)
	default:
		if err := t.Text(w, most); err != nil {
			return err
		}
		fmt.Fprintln(w)
		if best, ok := t.Chosen(); ok {
			with := of.Title(t.Rows[t.Best].Cell)
			if with != "" {
				with = " with " + with
			}
			labelled(w, "best", "%s: %s%s%s", of.Best, best.Text(4), with, overlap(t))
		} else if t.OtherStimuli && len(t.Objectives) == 1 {
			labelled(w, "best", "not chosen: the cells were shown different stimuli, and the objective is a sum over them; name a measure with --best")
		} else if len(t.Objectives) > 1 {
			labelled(w, "best", "not chosen: the objectives %s of the cells are different functions; name a measure with --best", strings.Join(t.Objectives, " and "))
		}
		labelled(w, "sweep", "%s, %s of %s", t.Dir, counted(len(of.Cells)*of.Seeds, "run", "runs"), counted(len(of.Cells), "cell", "cells"))
		labelled(w, "time", "%v", t.Elapsed.Round(time.Second/10))
		if t.Failed > 0 {
			labelled(w, "failed", "%s; %s says why, and the same command with --resume runs what failed again", counted(t.Failed, "run", "runs"), filepath.Join(t.Dir, "runs.csv"))
		}
	}
	if t.Failed > 0 {
		return errReported
	}
	return nil
}

// overlap says of how many other cells the interval meets that of the best one.
func overlap(t *sweep.Table) string {
	if n := t.Alike(); n > 0 {
		return fmt.Sprintf("; the intervals of %s overlap with it", counted(n, "other cell", "other cells"))
	}
	return ""
}

// plannedSweep is what sweep --dry-run says, as JSON.
type plannedSweep struct {
	Runs      int      `json:"runs" doc:"number of runs"`
	Done      int      `json:"done" doc:"number of runs that have ended in the directory already"`
	Seeds     int      `json:"seeds" doc:"number of runs of each cell"`
	Dropped   int      `json:"dropped" doc:"number of combinations that are left out"`
	Together  int      `json:"together" doc:"number of runs at a time"`
	Seconds   *float64 `json:"seconds" doc:"estimated time of the runs that are left"`
	Source    string   `json:"source" doc:"what the time is estimated from"`
	OfRun     *float64 `json:"memory_of_a_run" doc:"bytes of memory that the largest run takes at most; null where that is known only after its stimuli are read"`
	Disk      float64  `json:"disk" doc:"estimated bytes of the finished directory"`
	Meanwhile *float64 `json:"disk_meanwhile" doc:"estimated bytes of the checkpoints of the runs that are on their way"`
	Cells     []string `json:"cells" doc:"the combinations of values"`
}

// planned prints what a sweep would run, and what it would take.
func (s *screen) planned(ctx context.Context, w io.Writer, of *sweep.Sweep, dir string, workers int) error {
	p, err := of.Plan(ctx, dir, workers)
	if err != nil {
		return err
	}
	if s.json {
		j := plannedSweep{
			Runs: p.Runs, Done: p.Done, Seeds: of.Seeds, Dropped: of.Dropped, Together: p.Together, Seconds: finite(p.Seconds),
			Source: p.Source, OfRun: finite(p.OfRun), Disk: p.Disk, Meanwhile: finite(p.Meanwhile), Cells: []string{},
		}
		for _, c := range of.Cells {
			j.Cells = append(j.Cells, of.Title(c))
		}
		return printJSON(w, j)
	}
	s.cells(w, of)
	if p.Done > 0 {
		labelled(w, "done", "%s", counted(p.Done, "run", "runs"))
	}
	if !math.IsNaN(p.Seconds) {
		labelled(w, "time", "about %v, %s at a time; from %s", time.Duration(p.Seconds*float64(time.Second)).Round(time.Second), counted(p.Together, "run", "runs"), p.Source)
	}
	if !math.IsNaN(p.OfRun) {
		labelled(w, "memory", "at most about %s a run", memory.InBytes(p.OfRun))
	}
	disk := "less than 1 MiB"
	if p.Disk > 1<<20 {
		disk = "about " + memory.InBytes(p.Disk)
	}
	if !math.IsNaN(p.Meanwhile) {
		disk += fmt.Sprintf(", and meanwhile up to %s of checkpoints", memory.InBytes(p.Meanwhile))
	}
	labelled(w, "disk", "%s", disk)
	return nil
}

// cells lists the cells of a sweep.
func (s *screen) cells(w io.Writer, of *sweep.Sweep) {
	for k, c := range of.Cells {
		title := of.Title(c)
		if title == "" {
			title = "the experiment as it is"
		}
		if s.quiet {
			break
		}
		fmt.Fprintf(w, "%d  %s\n", k+1, title)
	}
	text := fmt.Sprintf("%s of %s", counted(len(of.Cells)*of.Seeds, "run", "runs"), counted(len(of.Cells), "cell", "cells"))
	if of.Dropped > 0 {
		text += fmt.Sprintf(", %s left out", counted(of.Dropped, "combination", "combinations"))
	}
	labelled(w, "sweep", "%s; nothing was run", text)
}
