package main

import (
	"github.com/spf13/cobra"

	"partsnet/configs"
)

// newShow returns the command that prints the text of an experiment.
func newShow() *cobra.Command {
	return &cobra.Command{
		Use:               "show NAME",
		Short:             "print the text of an experiment, score or probe",
		Long:              "Print the text of an experiment, score or probe that ships, or of a file: what it shows, what to look for, and its keys. 'partsnet show reference' explains every key.",
		Example:           "partsnet show faces\npartsnet show paper/figure-4\npartsnet show reference\npartsnet show score/zeros > mine.toml",
		GroupID:           looking,
		Args:              takes(1, 1, "the name of one experiment, score or probe"),
		ValidArgsFunction: completeShipped,
		RunE: func(c *cobra.Command, args []string) error {
			text, err := configs.Scores.ReadFile(args[0] + ".toml")
			if err != nil {
				text, err = configs.Probes.ReadFile(args[0] + ".toml")
			}
			if err != nil {
				text, err = sourceOf(c.Context(), args[0])
			}
			if err != nil {
				return refused(err)
			}
			_, err = c.OutOrStdout().Write(text)
			return err
		},
	}
}
