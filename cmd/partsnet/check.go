package main

import (
	"context"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/configs"
	"partsnet/sim/experiment"
	"partsnet/sim/sweep"
)

// newCheck returns the command that validates an experiment.
func newCheck() *cobra.Command {
	var (
		set     []string
		changed bool
	)
	c := &cobra.Command{
		Use:   "check EXPERIMENT",
		Short: "validate an experiment, score or sweep and print what it asks for",
		Long:  "Validate an experiment and print it with every default written out, and what each key means; --changed prints only what differs from the defaults. Of a score it prints the tasks, rules and number of runs, of a sweep its cells. Nothing is run and no data are read; 'partsnet look' reads them.",
		Example: "partsnet check faces\n" +
			"partsnet check bars --changed\n" +
			"partsnet check mine.toml --set seed=7 --changed > seven.toml",
		GroupID:           looking,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeChecked,
		RunE: func(c *cobra.Command, args []string) error {
			if text, err := textOf(args[0], configs.Scores, "score"); err == nil && tasks.Match(text) {
				return checkScore(c.Context(), c.OutOrStdout(), args[0], set, changed)
			}
			if text, err := textOf(args[0], experiment.Shipped(), "experiment"); err == nil && experiment.Varies(args[0], text) {
				return checkSweep(c.Context(), c.OutOrStdout(), args[0], text, set, changed)
			}
			x, err := readExperiment(c.Context(), args[0], set)
			if err != nil {
				return err
			}
			text := x.TOML()
			if changed {
				text = x.Changed()
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
	settings(c, &set)
	c.Flags().BoolVar(&changed, "changed", false, "print only the keys that have not their default; a file of them is the same experiment")
	return c
}

// checkSweep validates a sweep and lists its cells.
func checkSweep(ctx context.Context, w io.Writer, name string, text []byte, set []string, changed bool) error {
	if changed {
		return refusef("--changed is for single experiments, and %s is a sweep", name)
	}
	s, err := sweep.Read(ctx, name, text, sweep.Request{Set: set})
	if err != nil {
		return refusedUnless(ctx, err)
	}
	new(screen).cells(w, s)
	return nil
}

// checkScore validates a score and says how much it asks for.
func checkScore(ctx context.Context, w io.Writer, name string, set []string, changed bool) error {
	if changed {
		return refusef("--changed is for experiments, and %s is a score", name)
	}
	s, err := readScore(ctx, name, set)
	if err != nil {
		return err
	}
	runs, sizes := 0, map[string][]string{}
	var names []string
	for _, cell := range s.Cells() {
		runs += cell.Task.Seeds
		if sizes[cell.Task.Name] == nil {
			names = append(names, cell.Task.Name)
		}
		if size := strconv.Itoa(cell.Size); !slices.Contains(sizes[cell.Task.Name], size) {
			sizes[cell.Task.Name] = append(sizes[cell.Task.Name], size)
		}
	}
	labelled(w, "score", "%s: %s", s.Name, counted(runs, "run", "runs"))
	labelled(w, "rules", "%s", strings.Join(s.Rules, ", "))
	for _, task := range names {
		labelled(w, "task", "%s, %s hidden neurons", task, strings.Join(sizes[task], ", "))
	}
	return nil
}
