package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"partsnet/sim"
	"partsnet/sim/proof"
)

// newVerify returns the command that runs a finished run again and compares.
func newVerify() *cobra.Command {
	var (
		in     string
		screen screen
	)
	c := &cobra.Command{
		Use:   "verify RUN",
		Short: "run a finished run again and compare every file",
		Long: "Run a finished run again from its config and compare every file and every number. It uses the instruction set of the run where this machine has it. " +
			"Exits with 0 where everything is the same, or the same up to rounding on another instruction set or build, and with 1 where something differs.",
		Example:           "partsnet verify runs/faces-1999\npartsnet verify runs/mine-1 --in ~/data      # relative paths of the config are meant from there",
		GroupID:           trained,
		Args:              takes(1, 1, "the directory of a run"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if err := screen.check(); err != nil {
				return err
			}
			dir := args[0]
			if in != "" {
				absolute, err := filepath.Abs(dir)
				if err == nil {
					err = os.Chdir(in) // the paths of the config are meant from there
				}
				if err != nil {
					return refused(err)
				}
				dir = absolute
			}
			bar := newProgress(c.ErrOrStderr(), screen.quiet)
			v, err := sim.Verify(c.Context(), dir, bar.show)
			bar.end()
			if err != nil {
				return err
			}
			return screen.verification(c, args[0], v)
		},
	}
	c.Flags().StringVar(&in, "in", "", "`DIR` in which the run was started, from which relative paths of its config are meant")
	_ = c.MarkFlagDirname("in")
	screen.add(c, "nothing: the exit code tells")
	return c
}

// verified is what verify says, as JSON.
type verified struct {
	Dir     string   `json:"dir" doc:"directory of the run"`
	Verdict string   `json:"verdict" doc:"the same, the same numbers, the same to rounding, or different"`
	Same    bool     `json:"same" doc:"whether nothing differs beyond rounding"`
	Files   int      `json:"files" doc:"number of files compared"`
	Kernel  string   `json:"kernel" doc:"instruction set with which it was run again"`
	Details []string `json:"details" doc:"what differs, and where first"`
}

// verification prints what verify has found.
func (s *screen) verification(c *cobra.Command, dir string, v *proof.Verification) error {
	w, same := c.OutOrStdout(), v.Verdict != proof.Different
	switch {
	case s.json:
		if err := printJSON(w, verified{dir, v.Verdict.String(), same, v.Files, v.Kernel, append([]string{}, v.Details...)}); err != nil {
			return err
		}
	case !s.quiet:
		fmt.Fprintf(w, "%s: %v; %d files compared, kernel %s\n", dir, v.Verdict, v.Files, v.Kernel)
		for _, d := range v.Details {
			fmt.Fprintf(w, "  %s\n", d)
		}
	}
	if !same {
		return errReported
	}
	return nil
}
