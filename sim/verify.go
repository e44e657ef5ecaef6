package sim

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/stimulus"
)

// Verdict is how a run compares with itself, run again.
type Verdict int

// The verdicts.
const (
	Same           Verdict = iota // every file has the same bytes
	SameToRounding                // another instruction set; arrays agree to [Rounding]
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
// with what the manifest says: first those of the run itself, which tells whether it
// was changed since, then those of the repetition. It uses the kernel of the run where
// this machine has it, unless [kernel.Variable] names one.
func Verify(ctx context.Context, dir string, progress func(Progress)) (*Verification, error) {
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
	v := &Verification{Files: len(m.Files)}
	for _, name := range slices.Sorted(maps.Keys(m.Files)) {
		if sum, err := fileSum(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			v.differ("%s of the run cannot be read: %v", name, err)
		} else if sum != m.Files[name] {
			v.differ("%s was changed since the run wrote it", name)
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
	defer os.RemoveAll(temporary)
	again := filepath.Join(temporary, "run")
	if _, err := Run(ctx, x, again, Options{Progress: progress}); err != nil {
		return nil, err
	}
	repeated, err := ReadManifest(again)
	if err != nil {
		return nil, err
	}
	return v, v.compare(dir, again, m, repeated, x.Precision)
}

func (v *Verification) differ(format string, args ...any) {
	v.Verdict = Different
	v.Details = append(v.Details, fmt.Sprintf(format, args...))
}

// compare compares the files of the repetition with those of the run.
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
	if len(others) == 0 {
		return nil
	}
	sameKernel := m.Platform.Kernel == v.Kernel
	rounding := v.Verdict == Same && !sameKernel
	for _, name := range others {
		if !strings.HasSuffix(name, ".npy") {
			if sameKernel {
				line, err := firstLine(filepath.Join(dir, name), filepath.Join(again, name))
				if err != nil {
					return err
				}
				v.differ("%s differs%s", name, line)
			}
			continue // tables and figures show what the arrays hold
		}
		where, largest, err := compareArrays(filepath.Join(dir, name), filepath.Join(again, name))
		if err != nil {
			return err
		}
		v.Largest = max(v.Largest, largest)
		if sameKernel || !(largest <= Rounding(precision)) {
			v.differ("%s differs first at %s, by %.2g of the largest number at the most", name, where, largest)
		}
	}
	if rounding && v.Verdict == Same {
		v.Verdict = SameToRounding
		v.Details = append(v.Details, fmt.Sprintf("the run used the kernel %s, this is %s; arrays agree to %.2g of their largest number", m.Platform.Kernel, v.Kernel, v.Largest))
	}
	return nil
}

// compareArrays returns where two arrays differ first and by how much at the most, in
// the share of the largest number.
func compareArrays(a, b string) (where string, largest float64, err error) {
	x, err := stimulus.Load(a)
	if err != nil && x == nil {
		return "", 0, err
	}
	y, err := stimulus.Load(b)
	if err != nil && y == nil {
		return "", 0, err
	}
	if x.Count != y.Count || x.Size != y.Size {
		return "its shape", math.Inf(1), nil
	}
	top := 0.0
	for i, p := range x.Rates {
		top = max(top, math.Abs(p))
		if q := y.Rates[i]; p != q {
			if where == "" {
				where = fmt.Sprintf("row %d, column %d: %v and %v", i/x.Size, i%x.Size, p, q)
			}
			largest = max(largest, math.Abs(p-q))
		}
	}
	if top > 0 {
		largest /= top
	}
	return where, largest, nil
}

// firstLine says in which line two texts differ first.
func firstLine(a, b string) (string, error) {
	x, err := os.ReadFile(a)
	if err != nil {
		return "", err
	}
	y, err := os.ReadFile(b)
	if err != nil {
		return "", err
	}
	left, right := bytes.Split(x, []byte("\n")), bytes.Split(y, []byte("\n"))
	for k := range min(len(left), len(right)) {
		if !bytes.Equal(left[k], right[k]) && len(left[k]) < 200 && len(right[k]) < 200 {
			return fmt.Sprintf(" first in line %d: %q and %q", k+1, left[k], right[k]), nil
		}
	}
	return "", nil
}

func fileSum(path string) (string, error) {
	text, err := os.ReadFile(path)
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), err
}
