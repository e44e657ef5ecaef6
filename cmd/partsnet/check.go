package main

import (
	"io"

	"github.com/spf13/cobra"
)

// newCheck returns the command that validates an experiment.
func newCheck() *cobra.Command {
	var set []string
	c := &cobra.Command{
		Use:   "check EXPERIMENT",
		Short: "validate an experiment and print its resolved config",
		Long:  "Validate an experiment and print it with every default written out, and what each key means. Nothing is run and no data are read.",
		Example: "partsnet check faces\n" +
			"partsnet check mine.toml --set learning.rule=gaussian",
		GroupID:           looking,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeExperiments,
		RunE: func(c *cobra.Command, args []string) error {
			x, err := readExperiment(args[0], set)
			if err != nil {
				return err
			}
			_, err = io.WriteString(c.OutOrStdout(), x.TOML())
			return err
		},
	}
	settings(c, &set)
	return c
}
