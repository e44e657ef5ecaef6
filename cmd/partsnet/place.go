package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/score"
)

// places adds the flags --out and --resume.
func places(c *cobra.Command, out *string, resume *bool, what, usual string) {
	c.Flags().StringVarP(out, "out", "o", "", fmt.Sprintf("write the %s into `DIR` (default %s, with a number behind it where that is taken)", what, usual))
	c.Flags().BoolVarP(resume, "resume", "r", false, fmt.Sprintf("continue a %s that was interrupted; one that is finished is left as it is", what))
	_ = c.MarkFlagDirname("out")
}

// runPlace returns the directory of a run: that of --out, or else the default of its
// experiment; see [sim.Places]. The note is for the user, or "".
func runPlace(x *experiment.Experiment, out string, resume bool) (dir, note string, err error) {
	return placeOf(sim.PlacesOf(x), out, filepath.Join("runs", fmt.Sprintf("%s-%d", x.Name, x.Seed)), resume)
}

// scorePlace returns the directory of a score as [runPlace] that of a run.
func scorePlace(s *score.Score, out string, resume bool) (dir, note string, err error) {
	places, err := score.PlacesOf(s)
	if err != nil {
		return "", "", err
	}
	return placeOf(places, out, filepath.Join("runs", s.Name), resume)
}

func placeOf(places sim.Places, out, usual string, resume bool) (dir, note string, err error) {
	switch {
	case out != "":
		return out, "", nil
	case resume:
		return places.Resume(usual)
	}
	dir, note = places.New(usual)
	return dir, note, nil
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
