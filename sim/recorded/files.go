package recorded

import (
	"encoding/csv"
	"fmt"
	"io"

	"partsnet/sim/npy"
	"partsnet/sim/record"
)

// Files are the arrays of recorders, which grow while a run goes on.
type Files struct {
	out    *record.Dir
	single bool // whether numbers are written in float32
	files  []file
}

type file struct {
	*Array
	grown  *record.Growing
	header int // its length
	taken  int // frames
}

// Size returns the bytes that arrays will have at most, in a precision.
func Size(all []*Array, precision string) (bytes float64) {
	for _, a := range all {
		bytes += float64(float64(a.Clock.Len()) * float64(a.numbers()) * float64(width(precision == "float32")))
	}
	return bytes
}

const gigabyte = 1e9

// AffordableMatrix returns an error if a matrix that a key asks for is larger than a limit in GB.
func AffordableMatrix(key string, rows, columns int, precision string, limit float64) error {
	if size := float64(rows) * float64(columns) * float64(width(precision == "float32")); size > limit*gigabyte {
		return fmt.Errorf("%s would write %s, %d × %d numbers, and recorder-limit = %v allows %s; raise recorder-limit", key, inBytes(size), rows, columns, limit, inBytes(limit*gigabyte))
	}
	return nil
}

// width returns the bytes of a number.
func width(single bool) int {
	if single {
		return 4
	}
	return 8
}

// Affordable returns an error if arrays may become larger than a limit in GB.
func Affordable(all []*Array, precision string, limit float64) error {
	size := Size(all, precision)
	if size <= limit*gigabyte {
		return nil
	}
	largest, at := 0.0, 0
	for k := range all {
		if s := Size(all[k:k+1], precision); s > largest {
			largest, at = s, k
		}
	}
	a := all[at]
	what := fmt.Sprintf("%d frames", a.Clock.Len())
	for _, axis := range a.Frame {
		what += " × " + axis.things()
	}
	return fmt.Errorf("recorders would write %s, and recorder-limit = %v allows %s; the most is written by recorder[%d], %s: choose stimuli, neurons or a larger every, or raise recorder-limit",
		inBytes(size), limit, inBytes(limit*gigabyte), at+1, what)
}

func inBytes(bytes float64) string {
	switch {
	case bytes >= 1e9:
		return fmt.Sprintf("%.3g GB", bytes/1e9)
	case bytes >= 1e6:
		return fmt.Sprintf("%.3g MB", bytes/1e6)
	}
	return fmt.Sprintf("%.3g kB", bytes/1e3)
}

// Open opens the files of arrays in the directory of a run, which is new or continued: those frames
// are kept that were taken up to a time of the clock, and none where it is negative.
func Open(out *record.Dir, all []*Array, precision string, until int) (*Files, error) {
	f := &Files{out: out, single: precision == "float32"}
	if until < 0 || len(all) == 0 {
		if err := out.ForgetGrown(); err != nil {
			return nil, err
		}
	}
	for _, a := range all {
		head := f.head(a, a.Clock.Len(), 0)
		one := file{Array: a, header: len(head)}
		kept := int64(0)
		if until >= 0 {
			one.taken = a.frames(until)
			kept = int64(len(head)) + int64(one.taken)*int64(a.numbers())*int64(width(f.single))
		}
		var err error
		if one.grown, err = out.Grow(a.File, kept); err != nil {
			return nil, err
		}
		if kept == 0 {
			if _, err := one.grown.Write(head); err != nil {
				return nil, err
			}
		}
		f.files = append(f.files, one)
	}
	return f, nil
}

func (f *Files) head(a *Array, frames, least int) []byte {
	if f.single {
		return npy.HeaderOf[float32](a.shape(frames), least)
	}
	return npy.HeaderOf[float64](a.shape(frames), least)
}

// Due reports whether a frame is taken at a time of the clock, and whether any of what is recorded is
// of stimuli.
func (f *Files) Due(at int) (due, ofStimuli bool) {
	for _, a := range f.files {
		if at%a.Every == 0 {
			due = true
			ofStimuli = ofStimuli || a.Frame[0].Is == "stimulus"
		}
	}
	return due, ofStimuli
}

// Take writes the frames that are due at a time of the clock.
func (f *Files) Take(s Source, at int) error {
	for k := range f.files {
		a := &f.files[k]
		if at%a.Every != 0 {
			continue
		}
		a.taken++
		for row := range a.rows {
			if err := f.write(a.grown, a.row(s, row)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *Files) write(to io.Writer, x []float64) error {
	if !f.single {
		return npy.Elements(to, x)
	}
	narrow := make([]float32, len(x))
	for k, y := range x {
		narrow[k] = float32(y)
	}
	return npy.Elements(to, narrow)
}

// Finish ends the files, which say from then on how many frames were taken, and writes the table of
// their axes.
func (f *Files) Finish() error {
	if len(f.files) == 0 {
		return nil
	}
	var all []*Array
	for _, a := range f.files {
		if a.taken != a.Clock.Len() { // learning ended early
			if err := a.grown.Overwrite(f.head(a.Array, a.taken, a.header)); err != nil {
				return err
			}
			a.Clock.Numbers = a.Clock.Numbers[:a.taken]
			if a.Clock.At != nil {
				a.Clock.At = a.Clock.At[:a.taken]
			}
		}
		if err := a.grown.Finish(); err != nil {
			return err
		}
		all = append(all, a.Array)
	}
	return f.out.Write(AxesFile, func(w io.Writer) error { return csv.NewWriter(w).WriteAll(axes(all)) })
}
