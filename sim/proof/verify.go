// Package proof verifies a finished run: it repeats the run and compares every file and every
// entry of the manifest.
package proof

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
)

// Verdict is the result of comparing a run with its repetition.
type Verdict int

// The verdicts.
const (
	Same           Verdict = iota // every file has the same bytes
	SameNumbers                   // another build; arrays and tables have the same bytes, figures do not
	SameToRounding                // another instruction set or build; numbers agree to [Rounding]
	Different
)

// String returns the verdict as a phrase.
func (v Verdict) String() string {
	return [...]string{"the same", "the same numbers", "the same to rounding", "different"}[v]
}

// Verification is the result of [Verify].
type Verification struct {
	Verdict Verdict
	Files   int      // compared
	Kernel  string   // instruction set of the repetition
	Largest float64  // largest difference between two numbers, relative to the largest number of their array or column
	Details []string // what differs, and where it first does
}

// Rounding returns the largest difference, relative to the largest number of an array, that
// another instruction set can explain: it adds in another order, and some hundred epochs
// amplify the rounding.
func Rounding(precision string) float64 {
	if precision == "float32" {
		return 1e-2
	}
	return 1e-8
}

// Repeat runs an experiment and writes its directory, as sim.Run does.
type Repeat func(ctx context.Context, x *experiment.Experiment, dir string) error

// Verify repeats a finished run from its resolved config and compares every file and every
// entry of the manifest with the repetition. First it compares the files of the run, and those
// that its config names, with the checksums in the manifest, and looks for files that the
// manifest does not list. It uses the kernel of the run if this machine has it, unless
// [kernel.Variable] names one. It returns an error if the run or an input cannot be read, or if
// the context ends the repetition; differences are no error, but part of the result.
func Verify(ctx context.Context, dir string, again Repeat) (v *Verification, err error) {
	m, err := rundir.ReadManifest(dir)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	config, err := os.ReadFile(filepath.Join(dir, rundir.ConfigFile))
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	x, err := experiment.ReadResolved(filepath.Join(dir, rundir.ConfigFile), config)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	v = &Verification{Files: len(m.Files)}
	var changed []string // since the run wrote them
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		sum, err := record.FileSumContext(ctx, filepath.Join(dir, filepath.FromSlash(name)))
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
		if err != nil {
			v.differ("%s of the run cannot be read: %v", name, err)
		} else if sum != m.Files[name] {
			changed = append(changed, name)
		}
	}
	more, err := unlisted(dir, m)
	if err != nil {
		return nil, &experiment.RequestError{Err: err}
	}
	for _, name := range more {
		v.differ("%s is a file that the run did not write: its manifest does not list it; move it out of the folder of the run", name)
	}
	for _, path := range slices.Sorted(maps.Keys(m.Inputs)) {
		sum, err := inputs.FileSum(ctx, path)
		if ctx.Err() != nil {
			return nil, errInterrupted
		}
		if err != nil {
			return nil, &experiment.RequestError{Err: fmt.Errorf("an input of the run cannot be read: %w; relative paths start at the folder in which the run was started: name it with --in", err)}
		} else if sum != m.Inputs[path] {
			v.differ("%s, an input of the run, was changed since", path)
		}
	}
	if _, err := os.Stat(inputs.FileOf(x.Stimulus.Path)); x.Stimulus.Path != "" && err != nil { // a folder has no checksum
		return nil, &experiment.RequestError{Err: fmt.Errorf("an input of the run cannot be read: %w; relative paths start at the folder in which the run was started: name it with --in", err)}
	}
	if os.Getenv(kernel.Variable) == "" && slices.Contains(kernel.Levels(), m.Platform.Kernel) {
		defer func(was string) { err = errors.Join(err, kernel.Force(was)) }(kernel.Level())
		if err := kernel.Force(m.Platform.Kernel); err != nil {
			return nil, err
		}
	}
	v.Kernel = kernel.Level()
	temporary, err := os.MkdirTemp("", "partsnet-verify")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(temporary)) }()
	repetition := filepath.Join(temporary, "run")
	err = again(ctx, x, repetition)
	var interrupted *outcome.Interrupted
	if errors.As(err, &interrupted) {
		return nil, fmt.Errorf("interrupted after epoch %d, before anything was compared", interrupted.Epoch)
	}
	if err != nil {
		return nil, err
	}
	repeated, err := rundir.ReadManifest(repetition)
	if err != nil {
		return nil, err
	}
	for _, name := range changed {
		where := ""
		// If the repetition writes what the run once wrote, it shows what was changed.
		if repeated.Files[name] == m.Files[name] {
			if d, err := compareFiles(name, filepath.Join(dir, filepath.FromSlash(name)), filepath.Join(repetition, filepath.FromSlash(name))); err == nil {
				where = ", first " + d.where
			}
		}
		v.differ("%s was changed since the run wrote it%s", name, where)
	}
	return v, v.compare(dir, repetition, m, repeated, x.Precision)
}

// compareGroup compares the manifests of a group, whose files are among those of the run.
func (v *Verification) compareGroup(folder, dir, repetition string, tolerance float64) error {
	repeated, err := rundir.ReadManifest(rundir.MemberDir(repetition, folder))
	if err != nil {
		return err
	}
	m, err := rundir.ReadManifest(rundir.MemberDir(dir, folder))
	if err != nil {
		v.differ("%v", err)
		return nil
	}
	for _, name := range slices.Sorted(maps.Keys(repeated.Files)) {
		if _, there := m.Files[name]; !there {
			v.differ("%s/manifest.json does not list %s", rundir.MemberDir("", folder), name)
		}
	}
	for _, d := range m.Differences(repeated, tolerance) {
		v.differ("%s/manifest.json: %s", rundir.MemberDir("", folder), d)
	}
	return nil
}

// errInterrupted is the error where the context ends while the files of the run are read.
var errInterrupted = errors.New("interrupted while the files of the run were read, before anything was compared")

// differ adds a difference, which makes the verdict [Different].
func (v *Verification) differ(format string, args ...any) {
	v.Verdict = Different
	v.Details = append(v.Details, fmt.Sprintf(format, args...))
}

// unlisted returns the files in the folder of a run that its manifest does not list. It ignores
// names that begin with a dot, which belong to the system, and the files of
// [record.Transient], which a run leaves if it is killed right after the rename.
func unlisted(dir string, m *rundir.Manifest) (names []string, err error) {
	manifests := map[string]bool{rundir.ManifestFile: true}
	for _, folder := range m.Groups {
		manifests[filepath.ToSlash(filepath.Join(rundir.MemberDir("", folder), rundir.ManifestFile))] = true
	}
	err = fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		_, listed := m.Files[name]
		switch hidden := name != "." && strings.HasPrefix(d.Name(), "."); {
		case err != nil:
			return err
		case d.IsDir() && (hidden || slices.Contains(record.Transient, name)):
			return fs.SkipDir
		case d.IsDir() || hidden || listed || manifests[name] || slices.Contains(record.Transient, name):
		default:
			names = append(names, name)
		}
		return nil
	})
	return names, err
}

// compare compares the files and the manifest of the repetition with those of the run.
func (v *Verification) compare(dir, repetition string, m, repeated *rundir.Manifest, precision string) error {
	if m.Stimuli.SHA256 != repeated.Stimuli.SHA256 {
		v.differ("the stimuli differ: their checksum was %s and is %s", m.Stimuli.SHA256, repeated.Stimuli.SHA256)
	}
	var others []string
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		switch sum, there := repeated.Files[name]; {
		case !there:
			v.differ("the repetition did not write %s", name)
		case sum != m.Files[name]:
			others = append(others, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(repeated.Files)) {
		if _, there := m.Files[name]; !there && m.Version == repeated.Version { // a later version may add to them
			v.differ("%s is written by the repetition, and the run does not have it", name)
		}
	}
	tolerance := 0.0
	build, now := m.Build(), repeated.Build()
	if build != now {
		tolerance = Rounding(precision)
	}
	compared, shown := 0, 0
	for _, name := range others {
		d, err := compareFiles(name, filepath.Join(dir, filepath.FromSlash(name)), filepath.Join(repetition, filepath.FromSlash(name)))
		switch {
		case err != nil:
			v.differ("%s cannot be compared: %v", name, err)
		case d.where == "": // only its checksum in the manifest differs, which is reported above
		case build != now && d.kind == drawn:
			shown++ // it is made from the arrays
		case m.Version != repeated.Version && name == rundir.ConfigFile: // each version writes the config in its own form
		case build != now && d.kind == numbers && d.largest <= tolerance:
			compared++
			v.Largest = max(v.Largest, d.largest)
		case d.kind == numbers && d.largest > 0 && !math.IsInf(d.largest, 1):
			v.differ("%s differs first %s; the largest difference is %.2g of the largest number", name, d.where, d.largest)
		default:
			v.differ("%s differs first %s", name, d.where)
		}
	}
	for _, d := range m.Differences(repeated, tolerance) {
		v.differ("manifest.json: %s", d)
	}
	for _, group := range slices.Sorted(maps.Keys(m.Groups)) {
		if err := v.compareGroup(m.Groups[group], dir, repetition, tolerance); err != nil {
			return err
		}
	}
	if build == now {
		return nil
	}
	if v.Verdict == Same && compared > 0 {
		v.Verdict = SameToRounding
		v.Details = append(v.Details, fmt.Sprintf("arrays and tables agree to %.2g of their largest number", v.Largest))
	}
	if v.Verdict == Same && shown > 0 {
		v.Verdict = SameNumbers
		v.Details = append(v.Details, "all arrays and tables of numbers have the same bytes")
	}
	if v.Verdict != Different && shown > 0 {
		v.Details = append(v.Details, fmt.Sprintf("not compared: figures and lists of words, which are made from the arrays (%d of them differ)", shown))
	}
	v.Details = append(v.Details, fmt.Sprintf("the run: %s; this program: %s", build, now))
	return nil
}
