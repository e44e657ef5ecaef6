package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"partsnet/sim/page"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// newReport returns the command that writes a run as a page.
func newReport() *cobra.Command {
	out := ""
	c := &cobra.Command{
		Use:   "report RUN",
		Short: "write what a run has learned as one HTML file",
		Long: "Write a finished run as one HTML file that needs no network and no server: what was done, in words, the parts, curves, checks, and the manifest. " +
			"In a browser the parts can be put together, a stimulus can be changed and covered, and learning and recognition played step by step. " +
			"It is made from the directory of the run and, where they are still there, its stimuli. " +
			"Of a score, a sweep or groups that learned alone it holds tables and figures.",
		Example:           "partsnet report runs/faces-1999\npartsnet report runs/faces-1999 --out faces.html",
		GroupID:           trained,
		Args:              takes(1, 1, "the directory of a run, a score or a sweep"),
		ValidArgsFunction: completeRuns,
		RunE: func(c *cobra.Command, args []string) error {
			if out == "" {
				out = reportOf(args[0])
			}
			if err := rundir.InRun(out); err != nil {
				return refused(err)
			}
			write := func(w io.Writer) error { return page.Write(c.Context(), args[0], w) }
			if page.Campaign(args[0]) {
				write = func(w io.Writer) error { return page.WriteCampaign(args[0], w) }
			}
			if err := record.WriteFile(record.OS, out, write); err != nil {
				return refused(err)
			}
			info, err := os.Stat(out)
			if err != nil {
				return err
			}
			labelled(c.OutOrStdout(), "report", "%s, %s", out, bytesOf(info.Size()))
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "`FILE` that is written (default RUN-report.html); one that is there is replaced")
	return c
}

// reportOf returns the file of the report of a directory.
func reportOf(dir string) string { return filepath.Clean(dir) + "-report.html" }

// bytesOf writes a number of bytes.
func bytesOf(n int64) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
