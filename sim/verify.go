package sim

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
)

// Verdict is how a run compares with itself, run again.
type Verdict int

// The verdicts.
const (
	Same           Verdict = iota // every file has the same bytes
	SameToRounding                // another instruction set or build; numbers agree to [Rounding]
	Different
)

// String returns the verdict in words.
func (v Verdict) String() string {
	return [...]string{"the same", "the same to rounding", "different"}[v]
}

// Verification is what came out of running a run again.
type Verification struct {
	Verdict Verdict
	Files   int      // compared
	Kernel  string   // with which it was run again
	Largest float64  // difference between two numbers of an array, in the share of the largest of the array
	Details []string // what differs, and where first
}

// Rounding is the largest difference, in the share of the largest number of an array,
// that another instruction set can explain: sums are rounded in another order, and
// some hundred epochs carry that on.
func Rounding(precision string) float64 {
	if precision == "float32" {
		return 1e-2
	}
	return 1e-8
}

// Verify runs a finished run again, from its resolved config, and compares every file
// and every number of the manifest with what comes out. First it compares the files of the
// run itself, and those that the config names, with the checksums of the manifest, which
// tells whether they were changed since. It uses the kernel of the run where this machine
// has it, unless [kernel.Variable] names one.
func Verify(ctx context.Context, dir string, progress func(Progress)) (v *Verification, err error) {
	m, err := ReadManifest(dir)
	if err != nil {
		return nil, &RequestError{err}
	}
	config, err := os.ReadFile(filepath.Join(dir, configFile))
	if err != nil {
		return nil, &RequestError{err}
	}
	x, err := experiment.Read(filepath.Join(dir, configFile), config, nil)
	if err != nil {
		return nil, &RequestError{err}
	}
	v = &Verification{Files: len(m.Files)}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if sum, err := fileSum(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			v.differ("%s of the run cannot be read: %v", name, err)
		} else if sum != m.Files[name] {
			v.differ("%s was changed since the run wrote it", name)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(m.Inputs)) {
		if sum, err := inputSum(path); err != nil {
			return nil, &RequestError{fmt.Errorf("what the run read is not there: %w; a path is meant from the folder in which the run was started, which --in names", err)}
		} else if sum != m.Inputs[path] {
			v.differ("%s, which the run read, was changed since", path)
		}
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
	again := filepath.Join(temporary, "run")
	_, err = Run(ctx, x, again, Options{Progress: progress})
	var interrupted *Interrupted
	if errors.As(err, &interrupted) {
		return nil, fmt.Errorf("interrupted after epoch %d: nothing is proved", interrupted.Epoch)
	}
	if err != nil {
		return nil, err
	}
	repeated, err := ReadManifest(again)
	if err != nil {
		return nil, err
	}
	return v, v.compare(dir, again, m, repeated, x.Precision)
}

// differ adds what makes the verdict [Different].
func (v *Verification) differ(format string, args ...any) {
	v.Verdict = Different
	v.Details = append(v.Details, fmt.Sprintf(format, args...))
}

// compare compares the files and the manifest of the repetition with those of the run.
func (v *Verification) compare(dir, again string, m, repeated *Manifest, precision string) error {
	if m.Stimuli.SHA256 != repeated.Stimuli.SHA256 {
		v.differ("the stimuli are others: their checksum was %s and is %s", m.Stimuli.SHA256, repeated.Stimuli.SHA256)
	}
	var others []string
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		switch sum, there := repeated.Files[name]; {
		case !there:
			v.differ("%s was not written again", name)
		case sum != m.Files[name]:
			others = append(others, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(repeated.Files)) {
		if _, there := m.Files[name]; !there {
			v.differ("%s was not there before", name)
		}
	}
	tolerance := 0.0
	build, now := m.build(), repeated.build()
	if build != now {
		tolerance = Rounding(precision)
	}
	drawn := 0
	for _, name := range others {
		where, largest, err := compareFiles(filepath.Join(dir, filepath.FromSlash(name)), filepath.Join(again, filepath.FromSlash(name)))
		if err != nil {
			return err
		}
		v.Largest = max(v.Largest, largest)
		switch {
		case tolerance > 0 && math.IsNaN(largest):
			drawn++ // it shows what arrays and tables hold
		case math.IsNaN(largest) || tolerance == 0 && math.IsInf(largest, 1):
			v.differ("%s differs first %s", name, where)
		case !(largest <= tolerance):
			v.differ("%s differs first %s, by %.2g of the largest number at the most", name, where, largest)
		}
	}
	for _, d := range m.differences(repeated, tolerance) {
		v.differ("manifest.json: %s", d)
	}
	if build == now {
		return nil
	}
	if v.Verdict == Same && len(others) > 0 {
		v.Verdict = SameToRounding
		detail := fmt.Sprintf("arrays and tables agree to %.2g of their largest number", v.Largest)
		if drawn > 0 {
			detail += fmt.Sprintf("; %d figures and lists of words that show them were not compared", drawn)
		}
		v.Details = append(v.Details, detail)
	}
	v.Details = append(v.Details, fmt.Sprintf("the run: %s; this program: %s", build, now))
	return nil
}
