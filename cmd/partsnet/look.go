package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
)

// newLook returns the command that reads stimuli and shows them.
func newLook() *cobra.Command {
	var (
		set    []string
		screen screen
	)
	c := &cobra.Command{
		Use:   "look DATA",
		Short: "read stimuli and show what was read",
		Long: "Read stimuli as a run would, and print what was found, converted and left out, the first names, and a picture of the values in characters. Nothing is run or written. " +
			"DATA is a file or folder of stimuli, or an experiment, whose own stimuli are shown; keys that say how stimuli are read are set with --set.",
		Example: "partsnet look examples/walking.csv\n" +
			"partsnet look V.csv --set stimulus.header=yes --set 'stimulus.columns=[\"-time\"]'\n" +
			"partsnet look bars --set seed=3",
		GroupID:           looking,
		Args:              takes(1, 1, "data or an experiment"),
		ValidArgsFunction: completeLooked,
		RunE: func(c *cobra.Command, args []string) error {
			x, err := lookedAt(c.Context(), args[0], set)
			if err != nil {
				return err
			}
			in, err := inputs.Show(c.Context(), x, nil)
			if err != nil {
				return err
			}
			w := c.OutOrStdout()
			if screen.json {
				err = printJSON(w, lookedOf(in))
			} else {
				printLooked(w, in)
			}
			return errors.Join(err, in.Release())
		},
	}
	settings(c, &set)
	screen.addJSON(c)
	return c
}

// completeLooked leaves the argument to the shell, as a file.
func completeLooked(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveDefault
}

// lookedAt returns the experiment that learns from data, or the one of a name.
func lookedAt(ctx context.Context, name string, set []string) (*experiment.Experiment, error) {
	info, err := os.Stat(inputs.FileOf(name))
	if slices.Contains(experiment.Shipped().Names(), name) && err != nil || strings.EqualFold(filepath.Ext(name), ".toml") {
		return readExperiment(ctx, name, set)
	}
	recipe, path := recipeFor(ctx, name, err == nil && info.IsDir())
	if recipe == "" {
		return readExperiment(ctx, name, set) // says what is allowed
	}
	if err := hasData(name, ""); err != nil {
		return nil, err
	}
	return readExperiment(ctx, recipe, append([]string{experiment.Setting("stimulus.path", path)}, set...))
}

// mostNames is the number of names that are listed.
const mostNames = 10

// looked is what look says, as JSON.
type looked struct {
	Source  string   `json:"source" doc:"where the stimuli came from"`
	Read    []string `json:"read" doc:"what was found, converted and left out while stimuli from a file were read, a phrase each"`
	Stimuli int      `json:"stimuli" doc:"number of stimuli"`
	Values  int      `json:"values" doc:"number of values of a stimulus, one a visible neuron"`
	Names   []string `json:"names" doc:"names of the stimuli; empty where they have none"`
	Neurons []string `json:"neurons" doc:"names of the visible neurons; empty where they have none"`
	Axis    string   `json:"axis" doc:"name of the axis of the stimuli, such as time; empty where they have none"`

	Recordings []recordingSaid `json:"recordings" doc:"recordings of which the stimuli are made: name, subject, condition, trial, and the numbers of the first stimulus and of the one behind the last; empty where they are not known"`
}

// recordingSaid is a recording, as JSON.
type recordingSaid struct {
	Name      string `json:"name"`
	Subject   string `json:"subject"`
	Condition string `json:"condition"`
	Trial     string `json:"trial"`
	From      int    `json:"from"`
	To        int    `json:"to"`
}

func lookedOf(in *inputs.Inputs) looked {
	s := in.Shown()
	recordings := []recordingSaid{}
	for _, r := range s.Recordings {
		recordings = append(recordings, recordingSaid(r))
	}
	return looked{s.Source, append([]string{}, s.Read...), s.Count, s.Size, append([]string{}, s.Names...), append([]string{}, s.Neurons...), s.AxisName, recordings}
}

// printLooked says what was read, and shows it.
func printLooked(w io.Writer, in *inputs.Inputs) {
	s := in.Shown()
	printRead(w, s.Read)
	if s.Read == nil {
		labelled(w, "made", "%s of %s by %s", counted(s.Count, "stimulus", "stimuli"), counted(s.Size, "value", "values"), s.Source)
	}
	printRecordings(w, s.Recordings)
	if s.Names != nil {
		labelled(w, "stimuli", "%s", firstNames(s.Names))
	}
	if s.Neurons != nil {
		labelled(w, "neurons", "%s", firstNames(s.Neurons))
	}
	fmt.Fprint(w, "\n", pictureOf(in))
}

// firstNames lists the first of some names.
func firstNames(names []string) string {
	text := strings.Join(names[:min(len(names), mostNames)], ", ")
	if len(names) > mostNames {
		text += fmt.Sprintf(", ... (%d)", len(names))
	}
	return text
}
