package sim

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim/checkpoint"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// NewPlace returns the directory of a new run: the usual one, or with a number behind it
// where that is taken. The note says then what is in the usual one, and how it differs; it
// is "" otherwise.
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
		if was, what = checkpoint.Config(dir+".partial"), "an interrupted run"; was == nil {
			return "another run"
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

// ResumePlace returns the directory of the run of an experiment that is to be continued, of
// those at the usual place and with a number behind it: the interrupted one of the same
// experiment, the newest where there are several, which the note says; else the finished
// one of the same experiment; else one that was interrupted before its first checkpoint,
// which nothing is known of; and where there is none, that of a new run.
func ResumePlace(x *experiment.Experiment, usual string) (dir, note string, err error) {
	var interrupted, finished, unknown []string
	for _, pattern := range []string{usual, usual + "-[0-9]*", usual + ".partial", usual + "-[0-9]*.partial"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			return "", "", err
		}
		for _, place := range found {
			dir, partial := strings.CutSuffix(place, ".partial")
			if strings.Trim(strings.TrimPrefix(dir, usual), "-0123456789") != "" {
				continue
			}
			was := configOf(place)
			if partial {
				was = checkpoint.Config(place)
			}
			switch same := was != nil && experiment.Diff(was, x) == nil; {
			case partial && was == nil:
				unknown = append(unknown, dir)
			case partial && same:
				interrupted = append(interrupted, dir)
			case same:
				finished = append(finished, dir)
			}
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
	case len(unknown) > 0:
		return unknown[0], "", nil
	}
	dir, note = NewPlace(x, usual)
	return dir, note, nil
}

// changed returns when the checkpoints of an interrupted run last changed.
func changed(dir string) int64 {
	info, err := os.Stat(filepath.Join(dir+".partial", "checkpoint"))
	if err != nil {
		return 0
	}
	return info.ModTime().UnixNano()
}
