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

// Places finds the directory of something that is run: an experiment or a score.
type Places struct {
	What string // "run" or "score"
	Same string // what two of the same have in common: "of the same experiment"

	// Finished and Interrupted say how what a finished directory or DIR.partial holds differs from
	// what is run; known is false where that cannot be told.
	Finished, Interrupted func(dir string) (differences []string, known bool)
}

// PlacesOf finds the directories of runs of an experiment.
func PlacesOf(x *experiment.Experiment) Places {
	of := func(was *experiment.Experiment) ([]string, bool) {
		if was == nil {
			return nil, false
		}
		return experiment.Diff(was, x), true
	}
	return Places{
		"run", "of the same experiment",
		func(dir string) ([]string, bool) { return of(configOf(dir)) },
		func(partial string) ([]string, bool) { return of(checkpoint.Config(partial)) },
	}
}

// New returns the directory of a new run: the usual one or, if that is taken, the first
// free one with a number behind it. The note then says what is in the usual one and how it
// differs; it is "" otherwise.
func (p Places) New(usual string) (dir, note string) {
	if dir = record.NextFree(usual); dir == usual {
		return dir, ""
	}
	return dir, fmt.Sprintf("%s is taken by %s; this %s goes to %s", usual, p.occupant(usual), p.What, dir)
}

// occupant says what is in a place that is taken.
func (p Places) occupant(dir string) string {
	what := "a " + p.What
	d, known := p.Finished(dir)
	if !known {
		if _, err := os.Lstat(dir); err == nil {
			return "something that is not a finished " + p.What
		}
		what = "an interrupted " + p.What
		if d, known = p.Interrupted(dir + ".partial"); !known {
			return what + " that is not known"
		}
	}
	if d == nil {
		return what + " " + p.Same
	}
	return what + " with other settings: " + Some(d)
}

// Some returns the first of many differences in words.
func Some(differences []string) string {
	const told = 3
	if len(differences) > told {
		return fmt.Sprintf("%s, and %d more", strings.Join(differences[:told], "; "), len(differences)-told)
	}
	return strings.Join(differences, "; ")
}

// configOf returns the experiment of a finished run, nil where there is none.
func configOf(dir string) *experiment.Experiment {
	x, err := rundir.ExperimentOf(dir)
	if err != nil {
		return nil
	}
	return x
}

// Resume returns the directory in which a run is continued. It looks at the usual directory and
// those with a number behind it, and decides by what is in them, not by their names:
//
//  1. the same, interrupted: the newest if there are several, which the note says;
//  2. the same, finished;
//  3. otherwise a new directory, as [Places.New] returns it.
//
// Others are never returned and never an error.
func (p Places) Resume(usual string) (dir, note string, err error) {
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
		differs := p.Finished
		if partial {
			differs = p.Interrupted
		}
		d, known := differs(place)
		switch {
		case !known || d != nil:
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
		return newest, fmt.Sprintf("%d %ss %s were interrupted; the newest is continued, %s. Choose another one with --out", len(interrupted), p.What, p.Same, newest), nil
	case len(finished) > 0:
		return finished[0], "", nil
	}
	dir, note = p.New(usual)
	return dir, note, nil
}

// numbered reports whether a directory is the usual one or has a number behind it, as
// [record.NextFree] appends them.
func numbered(dir, usual string) bool {
	dir, usual = filepath.Clean(dir), filepath.Clean(usual)
	number, ok := strings.CutPrefix(dir, usual+"-")
	return dir == usual || ok && number != "" && strings.Trim(number, "0123456789") == ""
}

// changed returns when an interrupted run last wrote a checkpoint or to its log or, if it has
// neither, when it began, in ns.
func changed(dir string) (latest int64) {
	paths := append(record.CheckpointsIn(dir+".partial"), record.LogsIn(dir+".partial")...)
	for _, path := range append(paths, filepath.Join(dir+".partial", record.ConfigFile)) {
		if info, err := os.Stat(path); err == nil {
			latest = max(latest, info.ModTime().UnixNano())
		}
	}
	return latest
}
