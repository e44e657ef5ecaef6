package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/recall"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// newRecognise returns the command that shows new stimuli to a trained network.
func newRecognise() *cobra.Command {
	var (
		set    []string
		out    string
		steps  int
		screen screen
	)
	c := &cobra.Command{
		Use:     "recognise RUN DATA",
		Aliases: []string{"recognize"},
		Short:   "show new stimuli to a trained network",
		Long: "Show the stimuli of DATA to the network of a finished run, whose synapses stand still, and write what it answers: the hidden rates of every stimulus, " +
			"how well each is explained, and a figure. DATA is a file or folder of stimuli as the run learned from, or \"\" for stimuli of the run's own generator.",
		Example: "partsnet recognise runs/faces-cbcl-1999 new-faces.zip\n" +
			"partsnet recognise runs/topics new.jsonl --steps 200\n" +
			"partsnet recognise runs/faces-1999 \"\" --set seed=5 --set stimulus.count=100",
		GroupID:           trained,
		Args:              takes(2, 2, "the directory of a run and data"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			if c.Flags().Changed("steps") && (steps < 1 || steps > 100_000_000) {
				return refusef("--steps %d; allowed is 1 to 100,000,000", steps)
			}
			run, data := filepath.Clean(args[0]), args[1]
			if data != "" {
				if err := hasData(data, ", or \"\" for stimuli of the run's own generator"); err != nil {
					return err
				}
			}
			if out == "" {
				out = record.NextFree(besideOf(run, "answer"))
			}
			rec, err := recall.Recognise(c.Context(), run, append([]string{experiment.Setting("stimulus.path", data)}, set...), out, steps)
			if err != nil {
				return err
			}
			return screen.recognition(c.OutOrStdout(), rec)
		},
	}
	settings(c, &set)
	c.Flags().StringVarP(&out, "out", "o", "", "write the answer into `DIR` (default RUN-answer, or ALL-GROUP-answer of ALL/groups/GROUP, with a number behind it where that is taken)")
	_ = c.MarkFlagDirname("out")
	c.Flags().IntVar(&steps, "steps", 0, "run `N` steps of recognition (default: until the objective has settled)")
	screen.add(c, "only the directory of the answer")
	return c
}

// hasData returns an error if a file of stimuli does not exist; or says what else is allowed.
func hasData(data, or string) error {
	if _, err := os.Stat(inputs.FileOf(data)); errors.Is(err, fs.ErrNotExist) {
		return refusef("cannot find %s; allowed is the path of a file or folder of stimuli%s", inputs.FileOf(data), or)
	}
	return nil
}

// besideOf returns the usual directory of something that is made from a run: RUN-NAME or, of the run
// of a group, which lies in that of all groups, ALL-GROUP-NAME beside that.
func besideOf(run, name string) string {
	above := filepath.Dir(run)
	if all := filepath.Dir(above); filepath.Base(above) == record.MembersFolder && exists(filepath.Join(all, rundir.ManifestFile)) {
		return all + "-" + filepath.Base(run) + "-" + name
	}
	return run + "-" + name
}
