package rundir

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"partsnet/sim/experiment"
	"partsnet/sim/record"
)

// AmongStimuli returns an error if the directory of the run lies in the folder of its stimuli:
// the next run would read its figures as stimuli.
func AmongStimuli(x *experiment.Experiment, dir string) error {
	info, err := os.Stat(x.Stimulus.Path)
	if x.Stimulus.Path == "" || err != nil || !info.IsDir() {
		return nil
	}
	stimuli, err := filepath.Abs(x.Stimulus.Path)
	if err != nil {
		return err
	}
	out, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if inside, err := filepath.Rel(stimuli, out); err == nil && filepath.IsLocal(inside) {
		return &experiment.RequestError{Err: fmt.Errorf("%s lies in the folder of the stimuli, %s: its figures would be read as more of them; choose another place with --out", dir, x.Stimulus.Path)}
	}
	return nil
}

// InRun returns an error if a directory that is to be written lies in that of a finished run, whose
// manifest lists all its files: verify would report the others.
func InRun(dir string) error {
	path, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	if real, err := realPath(path); err == nil {
		path = real
	}
	for above := filepath.Dir(path); ; above = filepath.Dir(above) {
		if _, err := ReadManifest(above); err == nil {
			return &experiment.RequestError{Err: fmt.Errorf("%s lies in %s, the directory of a finished run, which stays as it is; choose another place with --out", dir, above)}
		}
		if above == filepath.Dir(above) {
			return nil
		}
	}
}

// realPath follows the links of what is there of a path.
func realPath(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) && path != filepath.Dir(path) {
		real, err = realPath(filepath.Dir(path))
		real = filepath.Join(real, filepath.Base(path))
	}
	return real, err
}

// FinishedAs returns the error for a run that is to be continued in a directory that exists: the
// [record.ExistsError] if it holds the finished run of the same experiment, and otherwise what
// it holds. It removes what a run leaves if it is killed right after its end.
func FinishedAs(x *experiment.Experiment, finished *record.ExistsError, disk record.Disk) error {
	if _, err := ReadManifest(finished.Dir); err != nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s is already there, and is not a finished run: %w; choose another place with --out", finished.Dir, err)}
	}
	config, err := os.ReadFile(filepath.Join(finished.Dir, ConfigFile))
	if err != nil {
		return err
	}
	was, err := experiment.ReadResolved(filepath.Join(finished.Dir, ConfigFile), config)
	if err != nil {
		return &experiment.RequestError{Err: err}
	}
	if d := experiment.Diff(was, x); d != nil {
		return &experiment.RequestError{Err: fmt.Errorf("%s is finished, with another config: %s; choose another place with --out", finished.Dir, strings.Join(d, "; "))}
	}
	if err := record.RemoveTransient(disk, finished.Dir); err != nil {
		return err
	}
	return finished
}
