package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/page"
	"partsnet/sim/record"
)

// newRun returns the command that trains a network.
func newRun() *cobra.Command {
	var (
		set    []string
		out    string
		resume bool
		report bool
		screen screen
	)
	c := &cobra.Command{
		Use:   "run EXPERIMENT",
		Short: "train a network as an experiment says",
		Long: "Train a network as an experiment says and write a run directory: the resolved config, metrics, arrays, figures, and a manifest with checksums. " +
			"EXPERIMENT is a TOML file or the name of one that ships ('partsnet list').\n\n" +
			"Ctrl-C ends the epoch, writes a checkpoint and prints the command that resumes the run.",
		Example: "partsnet run faces\n" +
			"partsnet run bars --set seed=7 --set network.hidden=20\n" +
			"partsnet run faces --set name=mine --set stimulus.path=V.csv --set network.hidden=5\n" +
			"partsnet run mine.toml --out runs/first\n" +
			"partsnet run mine.toml --out runs/first --resume",
		GroupID:           training,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeExperiments,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			x, err := readExperiment(c.Context(), args[0], set)
			if err != nil {
				return err
			}
			return learn(c, args, x, place{out, resume, report}, &screen, screen.run)
		},
	}
	settings(c, &set)
	places(c, &out, &resume, "run", "runs/NAME-SEED")
	reports(c, &report)
	screen.add(c, "only the run directory")
	return c
}

// place is where --out and --resume want a run, and whether its report is written beside it.
type place struct {
	out    string
	resume bool
	report bool
}

// reports adds --report.
func reports(c *cobra.Command, report *bool) {
	c.Flags().BoolVar(report, "report", true, "write what was learned as one HTML file beside the run, RUN-report.html; --report=false writes none")
}

// learn runs an experiment for a command, and shows what came out.
func learn(c *cobra.Command, args []string, x *experiment.Experiment, where place, screen *screen, show func(w io.Writer, r *sim.Report) error) error {
	dir, note, err := runPlace(x, where.out, where.resume)
	if err != nil {
		return err
	}
	if note != "" && !screen.quiet {
		fmt.Fprintf(c.ErrOrStderr(), "partsnet: %s\n", note)
	}
	bar := newProgress(c.ErrOrStderr(), screen.quiet)
	bar.starts = x.Restarts > 1
	how := sim.Options{Progress: bar.show, Stage: bar.stage, Resume: where.resume,
		Note: func(s string) { fmt.Fprintf(c.ErrOrStderr(), "partsnet: %s\n", s) }}
	// The run is complete without its report: where that fails it is told, and can be written again.
	written := false
	write := func(content func(w io.Writer) error) {
		bar.stage("writing the report")
		if err := record.WriteFile(record.OS, reportOf(dir), content); err != nil {
			how.Note(fmt.Sprintf("there is no report: %v; %s writes it", err, commandLine("report", dir)))
			return
		}
		written = true
	}
	var report *sim.Report
	var groups *sim.GroupsReport
	if x.Apart() {
		groups, err = sim.RunGroups(c.Context(), x, dir, how)
		if err == nil && where.report {
			write(func(w io.Writer) error { return page.WriteCampaign(dir, w) })
		}
	} else {
		if where.report {
			how.Finished = func(in *inputs.Inputs) {
				write(func(w io.Writer) error { return page.WriteOf(c.Context(), dir, in, w) })
			}
		}
		report, err = sim.Run(c.Context(), x, dir, how)
	}
	bar.end()
	if finished := new(record.ExistsError); where.resume && errors.As(err, &finished) {
		return screen.finished(c, c.Name(), finished.Dir)
	}
	if stopped := new(outcome.Interrupted); errors.As(err, &stopped) && stopped.Dir != "" {
		return interruptedRun(stopped, resumeLine(c, args, dir))
	}
	if err != nil {
		return err
	}
	if groups != nil {
		err = screen.groups(c.OutOrStdout(), groups)
	} else {
		err = show(c.OutOrStdout(), report)
	}
	if err == nil && written && !screen.quiet && !screen.json {
		labelled(c.OutOrStdout(), "report", "%s", reportOf(dir))
	}
	return err
}

// finished says that a run or score that was to be resumed is complete.
func (s *screen) finished(c *cobra.Command, what, dir string) error {
	w := c.OutOrStdout()
	switch {
	case s.json:
		return printJSON(w, map[string]any{"command": what, "dir": dir, "finished_before": true})
	case s.quiet:
		fmt.Fprintln(w, dir)
	default:
		labelled(w, what, "%s is finished already", dir)
	}
	return nil
}

// interruptedRun says how to continue a run that was interrupted.
func interruptedRun(e *outcome.Interrupted, line string) error {
	when := "after epoch " + strconv.Itoa(e.Epoch)
	switch {
	case e.Groups:
		return fmt.Errorf("interrupted; %s holds what groups have learned. Continue with:\n  %s", e.Dir, line)
	case e.Starts > 0:
		when = "after " + counted(e.Starts, "start", "starts")
	case e.Epoch == 0:
		when = "while the stimuli were read"
	}
	return fmt.Errorf("interrupted %s; %s holds a checkpoint. Continue with:\n  %s", when, e.Dir, line)
}
