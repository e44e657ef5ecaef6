package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"partsnet/sim"
	"partsnet/sim/config"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
)

// newParts returns the command that chooses the number of hidden neurons.
func newParts() *cobra.Command {
	var (
		set       []string
		hidden    string
		starts    int
		folds     int
		criterion string
		where     place
		screen    screen
	)
	c := &cobra.Command{
		Use:   "parts EXPERIMENT --hidden FROM:TO",
		Short: "choose the number of hidden neurons",
		Long: "Learn with several numbers of hidden neurons, from several random starts each, and say how much of the stimuli is explained with each, how alike the parts of the starts are, with 95 % confidence intervals over the starts, and which number each criterion chooses. " +
			"The run directory is that of 'partsnet run' with the number that was chosen, with ranks.csv and the figure ranks beside it.\n\n" +
			"It is 'partsnet run' with the keys network.choose, restarts and network.criterion set; docs/synergies.md explains the criteria. After Ctrl-C the same command with --resume continues.",
		Example: "partsnet parts synergies --hidden 1:10\n" +
			"partsnet parts bars --hidden 8:24:2 --starts 5 --folds 5\n" +
			"partsnet parts table --hidden 2:8 --criterion threshold --set stimulus.path=V.csv",
		GroupID:           training,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeExperiments,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			given := func(key string) bool {
				return slices.ContainsFunc(set, func(s string) bool { return config.KeyOf(s) == key })
			}
			if hidden == "" {
				return refusef("--hidden says which numbers of hidden neurons are tried, such as 2:12 or 4,8,16")
			}
			among, err := config.List(hidden, 100)
			if err != nil {
				return refusef("--hidden %w", err)
			}
			all := append(slices.Clone(set), "network.choose="+config.Literal(among))
			if criterion != "" {
				all = append(all, "network.criterion="+criterion)
			}
			if c.Flags().Changed("starts") || !given("restarts") {
				all = append(all, fmt.Sprint("restarts=", starts))
			}
			if c.Flags().Changed("folds") {
				all = append(all, fmt.Sprint("network.folds=", folds))
			}
			x, err := readExperiment(c.Context(), args[0], all)
			if err != nil {
				return err
			}
			if !given("name") && len(x.Name)+len(partsName) <= config.MaxName {
				x.Name += partsName
			}
			return learn(c, args, x, where, &screen, screen.parts)
		},
	}
	settings(c, &set)
	c.Flags().StringVar(&hidden, "hidden", "", "`numbers` of hidden neurons that are tried: 2:12, by steps 2:12:2, or 4,8,16")
	c.Flags().IntVar(&starts, "starts", 10, "`number` of random starts with each of them")
	c.Flags().IntVar(&folds, "folds", 0, "`number` of times that each also learns while a random tenth of the entries is hidden, which are then predicted (default that of the experiment, 0)")
	c.Flags().StringVar(&criterion, "criterion", "", "`criterion` that chooses one: "+strings.Join(measure.Criteria, ", ")+" (default that of the experiment)")
	_ = c.RegisterFlagCompletionFunc("criterion", cobra.FixedCompletions(measure.Criteria, cobra.ShellCompDirectiveNoFileComp))
	places(c, &where.out, &where.resume, "run", "runs/NAME-parts-SEED")
	reports(c, &where.report)
	screen.add(c, "only the run directory")
	return c
}

// partsName is what the name of an experiment ends with where its number of hidden neurons is chosen.
const partsName = "-parts"

// parts prints the result of each number of hidden neurons, and which were chosen.
func (s *screen) parts(w io.Writer, r *sim.Report) error {
	switch {
	case s.json:
		return printJSON(w, ranOf(r))
	case s.quiet:
		_, err := fmt.Fprintln(w, r.Dir)
		return err
	}
	printRead(w, r.Stimuli.Read)
	if err := printRanks(w, r.Choice); err != nil {
		return err
	}
	fmt.Fprintln(w)
	first := r.Choice.Tried[0]
	for _, name := range measure.Criteria {
		if name == measure.Stable && len(first.Starts) < 2 || name == measure.HeldOut && first.HeldOut.Runs == 0 {
			continue // nothing was measured for it
		}
		labelled(w, name, "%s", chosenBy(r.Choice, name))
	}
	labelled(w, "chosen", "%s", r.Choice)
	labelled(w, "results", "%s; %s has the table%s", r.Dir, filepath.Join(r.Dir, rundir.RanksFile), ranksFigure(r))
	if s.verbose {
		fmt.Fprintln(w)
		printSummary(w, r)
		printDetails(w, r)
	}
	return nil
}

// printRanks prints the table of the numbers that were tried: means over the starts with their
// intervals.
func printRanks(w io.Writer, c *outcome.Choice) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	head := append([]string{"hidden"}, measure.ExplainedEnergy, measure.ExplainedDeviation)
	several := len(c.Tried[0].Starts) > 1
	if several {
		head = append(head, measure.OfStarts)
	}
	folds := c.Tried[0].HeldOut.Runs > 0
	if folds {
		head = append(head, "held_out")
	}
	fmt.Fprintln(t, strings.Join(head, "\t"))
	for _, k := range c.Tried {
		row := []string{fmt.Sprint(k.Hidden), k.Over(measure.ExplainedEnergy).Text(3), k.Over(measure.ExplainedDeviation).Text(3)}
		if several {
			row = append(row, k.Stability.Text(3))
		}
		if folds {
			row = append(row, k.HeldOut.Text(3))
		}
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	return t.Flush()
}

// chosenBy says which number a criterion chooses.
func chosenBy(c *outcome.Choice, criterion string) string {
	if k := c.By[criterion]; k >= 0 {
		return fmt.Sprint(c.Tried[k].Hidden)
	}
	return "none"
}

// ranksFigure names the figure of the numbers that were tried.
func ranksFigure(r *sim.Report) string {
	if !r.Figures {
		return ""
	}
	found, _ := filepath.Glob(filepath.Join(r.Dir, "figures", "ranks.*"))
	if len(found) == 0 {
		return ""
	}
	return ", " + found[0] + " the curves"
}
