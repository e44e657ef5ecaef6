package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"partsnet/internal/shell"
	"partsnet/sim/campaign"
	"partsnet/sim/sweep"
)

// slurmOf returns the engine that makes the runs of a sweep by Slurm. Its elements call this program in
// this folder, with the arguments that say what the sweep is.
func slurmOf(c *cobra.Command, name string, s *sweep.Sweep, dir string, bar *progress) (*campaign.Slurm, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("cannot find the program for the elements of the array: %w", err)
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	line := []string{program, c.Name(), name}
	for _, flag := range []string{"set", "sweep", "zip", "seeds", "best"} {
		f := c.Flags().Lookup(flag)
		if !f.Changed {
			continue
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, v := range values {
			line = append(line, "--"+flag, v)
		}
	}
	return &campaign.Slurm{
		SlurmOptions: s.Slurm, Name: s.Name, Dir: dir, Need: s.Need(), Say: bar.say,
		Command: shell.Quoted(append(line, "--out", dir, "--element")...),
	}, nil
}

// plannedSlurm prints what --engine slurm would submit.
func (s *screen) plannedSlurm(w io.Writer, of *sweep.Sweep, engine *campaign.Slurm) error {
	all := make([]int, len(of.Cells)*of.Seeds)
	for k := range all {
		all[k] = k
	}
	fmt.Fprintf(w, "%s\n", engine.Script())
	fmt.Fprintf(w, "%s\n\n", shell.Quoted(append([]string{"sbatch"}, engine.Submission(0, all)...)...))
	s.cells(w, of)
	return nil
}
