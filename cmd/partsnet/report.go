package main

import (
	"context"
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
				out = filepath.Clean(args[0]) + "-report.html"
			}
			size, err := report(c.Context(), args[0], out)
			if err != nil {
				return refused(err)
			}
			labelled(c.OutOrStdout(), "report", "%s, %s", out, bytesOf(size))
			return nil
		},
	}
	c.Flags().StringVar(&out, "out", "", "`FILE` that is written (default RUN-report.html); one that is there is replaced")
	return c
}

// report writes the page of a run into a file, which is whole or stays as it was.
func report(ctx context.Context, dir, file string) (size int64, err error) {
	if err := rundir.InRun(file); err != nil {
		return 0, err
	}
	err = record.WriteFile(record.OS, file, func(w io.Writer) error {
		if page.Campaign(dir) {
			return page.WriteCampaign(dir, w)
		}
		return page.Write(ctx, dir, w)
	})
	if err != nil {
		return 0, err
	}
	info, err := os.Stat(file)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// bytesOf writes a number of bytes.
func bytesOf(n int64) string {
	if n < 1_000_000 {
		return fmt.Sprintf("%.0f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
