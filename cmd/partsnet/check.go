package main

import (
	"io"

	"github.com/spf13/cobra"
)

// newCheck returns the command that validates an experiment.
func newCheck() *cobra.Command {
	var (
		set     []string
		changed bool
	)
	c := &cobra.Command{
		Use:   "check EXPERIMENT",
		Short: "validate an experiment and print its resolved config",
		Long:  "Validate an experiment and print it with every default written out, and what each key means; --changed prints only what differs from the defaults. Nothing is run and no data are read.",
		Example: "partsnet check faces\n" +
			"partsnet check bars --changed\n" +
			"partsnet check mine.toml --set seed=7 --changed > seven.toml",
		GroupID:           looking,
		Args:              takes(1, 1, "one experiment"),
		ValidArgsFunction: completeExperiments,
		RunE: func(c *cobra.Command, args []string) error {
			x, err := readExperiment(args[0], set)
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
