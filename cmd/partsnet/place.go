package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// places adds the flags --out and --resume.
func places(c *cobra.Command, out *string, resume *bool, what, usual string) {
	c.Flags().StringVarP(out, "out", "o", "", fmt.Sprintf("write the %s into `DIR` (default %s, with a number behind it where that is taken)", what, usual))
	c.Flags().BoolVarP(resume, "resume", "r", false, fmt.Sprintf("continue a %s that was interrupted; one that is finished is left as it is", what))
	_ = c.MarkFlagDirname("out")
}

// runPlace returns the directory of a run: that of --out, or else the default of its
// experiment; see [sim.NewPlace] and [sim.ResumePlace]. The note is for the user, or "".
func runPlace(x *experiment.Experiment, out string, resume bool) (dir, note string, err error) {
	usual := filepath.Join("runs", fmt.Sprintf("%s-%d", x.Name, x.Seed))
	switch {
	case out != "":
		return out, "", nil
	case resume:
		return sim.ResumePlace(x, usual)
	}
	dir, note = sim.NewPlace(x, usual)
	return dir, note, nil
}

// placeOf returns the directory of a score: that of --out, or else the default, followed by
// a number if it exists. With --resume and without --out it finds the interrupted score in
// the default directory or one with a number; if there are several, the error names them.
func placeOf(out, usual string, resume bool) (string, error) {
	switch {
	case out != "":
		return out, nil
	case !resume:
		return record.NextFree(usual), nil
	}
	var interrupted []string
	for _, pattern := range []string{usual + ".partial", usual + "-[0-9]*.partial"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return "", err
		}
		for _, dir := range found {
			dir = strings.TrimSuffix(dir, ".partial")
			if strings.Trim(strings.TrimPrefix(dir, usual), "-0123456789") == "" {
				interrupted = append(interrupted, dir)
			}
		}
	}
	switch len(interrupted) {
	case 0:
		return usual, nil
	case 1:
		return interrupted[0], nil
	}
	return "", refusef("several runs were interrupted; choose one with --out: %s", quoted(interrupted))
}

// resumeLine returns the command that continues what a command line began, in a
// directory.
func resumeLine(c *cobra.Command, args []string, dir string) string {
	line := append([]string{c.Name()}, args...)
	c.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == "out" || f.Name == "resume" {
			return
		}
		if list, ok := f.Value.(pflag.SliceValue); ok {
			for _, v := range list.GetSlice() {
				line = append(line, "--"+f.Name, v)
			}
			return
		}
		if f.NoOptDefVal != "" { // a switch
			line = append(line, "--"+f.Name)
			return
		}
		line = append(line, "--"+f.Name, f.Value.String())
	})
	return commandLine(append(line, "--out", dir, "--resume")...)
}
