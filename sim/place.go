package sim

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim/checkpoint"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// NewPlace returns the directory of a new run: the usual one or, if that is taken, the first
// free one with a number behind it. The note then says what is in the usual one and how its
// experiment differs; it is "" otherwise.
func NewPlace(x *experiment.Experiment, usual string) (dir, note string) {
	if dir = record.NextFree(usual); dir == usual {
		return dir, ""
	}
	return dir, fmt.Sprintf("%s is taken by %s; this run goes to %s", usual, occupant(x, usual), dir)
}

// occupant says what is in a place that is taken.
func occupant(x *experiment.Experiment, dir string) string {
	was, what := configOf(dir), "a run"
	if was == nil {
		if _, err := os.Lstat(dir); err == nil {
			return "something that is not a finished run"
		}
		if was, what = checkpoint.Config(dir+".partial"), "an interrupted run"; was == nil {
			return "an interrupted run of an experiment that is not known"
		}
	}
	switch d := experiment.Diff(was, x); {
	case d == nil:
		return what + " of the same experiment"
	case len(d) > 3:
		return fmt.Sprintf("%s with other settings: %s, and %d more", what, strings.Join(d[:3], "; "), len(d)-3)
	default:
		return fmt.Sprintf("%s with other settings: %s", what, strings.Join(d, "; "))
	}
}

// configOf returns the experiment of a finished run, nil where there is none.
func configOf(dir string) *experiment.Experiment {
	s, err := rundir.Open(dir)
	if err != nil {
		return nil
	}
	return s.Experiment
}

// ResumePlace returns the directory in which the run of an experiment is continued. It looks at
// the usual directory and those with a number behind it, and decides by the experiment in
// them, not by their names:
//
//  1. an interrupted run of this experiment: the newest if there are several, which the note
//     says;
//  2. a finished run of this experiment;
//  3. otherwise a new directory, as [NewPlace] returns it.
//
// Runs of other experiments are never returned and never an error.
func ResumePlace(x *experiment.Experiment, usual string) (dir, note string, err error) {
	entries, err := os.ReadDir(filepath.Dir(usual))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", "", fmt.Errorf("cannot look for runs to continue: %w", err)
	}
	var interrupted, finished []string
	for _, e := range entries {
		place := filepath.Join(filepath.Dir(usual), e.Name())
		dir, partial := strings.CutSuffix(place, ".partial")
		if !numbered(dir, usual) {
			continue
		}
		var found *experiment.Experiment
		if partial {
			found = checkpoint.Config(place)
		} else {
			found = configOf(place)
		}
		switch {
		case found == nil || experiment.Diff(found, x) != nil:
		case partial:
			interrupted = append(interrupted, dir)
		default:
			finished = append(finished, dir)
		}
	}
	switch {
	case len(interrupted) == 1:
		return interrupted[0], "", nil
	case len(interrupted) > 1:
		newest := slices.MaxFunc(interrupted, func(a, b string) int { return cmp.Compare(changed(a), changed(b)) })
		return newest, fmt.Sprintf("%d runs of this experiment were interrupted; the newest is continued, %s. Choose another one with --out", len(interrupted), newest), nil
	case len(finished) > 0:
		return finished[0], "", nil
	}
	dir, note = NewPlace(x, usual)
	return dir, note, nil
}

// numbered reports whether a directory is the usual one or has a number behind it, as
// [record.NextFree] appends them.
func numbered(dir, usual string) bool {
	dir, usual = filepath.Clean(dir), filepath.Clean(usual)
	number, ok := strings.CutPrefix(dir, usual+"-")
	return dir == usual || ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// changed returns when an interrupted run last wrote a checkpoint or, if it has none, when it
// began, in ns.
func changed(dir string) (latest int64) {
	for _, path := range append(record.CheckpointsIn(dir+".partial"), filepath.Join(dir+".partial", record.ConfigFile)) {
		if info, err := os.Stat(path); err == nil {
			latest = max(latest, info.ModTime().UnixNano())
		}
	}
	return latest
}
