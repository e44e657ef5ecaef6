package main

import (
	"io"

	"partsnet/sim/citation"

	"github.com/spf13/cobra"
)

// newCite returns the command that writes the methods of a run.
func newCite() *cobra.Command {
	return &cobra.Command{
		Use:               "cite RUN",
		Short:             "print a Methods paragraph of a run, with references",
		Long:              "Print a Methods paragraph of a finished run: its network, circuit, rule and data with their parameters, and the references.",
		Example:           "partsnet cite runs/faces-1999",
		GroupID:           trained,
		Args:              takes(1, 1, "the directory of a run"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			text, err := citation.Cite(args[0])
			if err != nil {
				return refused(err)
			}
			_, err = io.WriteString(c.OutOrStdout(), text)
			return err
		},
	}
}
