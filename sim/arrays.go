package sim

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode"

	"partsnet/network"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
)

// arrayFile returns the file of a run that holds an array of its network: as its circuit
// describes it or else by the letters and digits of the name of the array.
func arrayFile(array string) string {
	name := strings.Join(strings.FieldsFunc(array, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), "-")
	switch array {
	case network.SynapsesArray:
		name = "W"
	case "visible→hidden":
		name = "W-up"
	}
	for _, c := range network.Circuits[float64]() {
		for _, a := range c.Describe().Arrays {
			if a.Name == array {
				name = a.File
			}
		}
	}
	return "arrays/" + name + ".npy"
}

// writeArrays writes all that learning has made of the network, and the rates.
func writeArrays(out *record.Dir, o *outcome.Outcome) error {
	for _, a := range o.Arrays {
		if err := writeMatrix(out, o, arrayFile(a.Name), a.Numbers, a.Rows); err != nil {
			return err
		}
	}
	return writeRates(out, o, rates, o.Rates)
}

// writeRates writes hidden rates (m×r) in the precision of the run.
func writeRates(out *record.Dir, o *outcome.Outcome, name string, h measure.Rates) error {
	row := make([]float64, h.Hidden)
	return writeRows(out, o.Experiment.Precision, name, h.Stimuli, h.Hidden, func(i int) []float64 {
		h.Stimulus(i, row)
		return row
	})
}

// writeMatrix writes numbers in the precision of the run.
func writeMatrix(out *record.Dir, o *outcome.Outcome, name string, x []float64, rows int) error {
	cols := len(x) / max(1, rows)
	return writeRows(out, o.Experiment.Precision, name, rows, cols, func(i int) []float64 { return x[i*cols : (i+1)*cols] })
}

// writeRows writes a matrix that is made row by row, in a precision.
func writeRows(out *record.Dir, precision, name string, rows, cols int, row func(i int) []float64) error {
	return out.Write(name, func(w io.Writer) error {
		if precision != "float32" {
			return record.WriteNPYRows(w, rows, cols, row)
		}
		narrow := make([]float32, cols)
		return record.WriteNPYRows(w, rows, cols, func(i int) []float32 {
			for j, x := range row(i) {
				narrow[j] = float32(x)
			}
			return narrow
		})
	})
}

// array reads an array of the run.
func (s *Saved) array(name string) (*stimulus.Set, error) {
	path, err := s.file(name)
	if err != nil {
		return nil, err
	}
	set, err := stimulus.Load(path)
	if set == nil { // it is read, but an error, where numbers are negative, as those of inhibition are
		return nil, err
	}
	return set, nil
}

// restore gives a network all that the run has learned.
func restore(s *Saved, net network.Trained) error {
	arrays := net.Arrays()
	for k, a := range arrays {
		name := arrayFile(a.Name)
		if s.Manifest.Files[name] == "" {
			return fmt.Errorf("%s has no %s, which holds the %q that its network has learned, without which it recognises otherwise: "+
				"the run was made by an earlier version, or with other settings than are asked for now; it has %s. Run it again",
				s.Dir, name, a.Name, strings.Join(s.arrays(), ", "))
		}
		set, err := s.array(name)
		if err != nil {
			return err
		}
		if set.Count != a.Rows || set.Count*set.Size != len(a.Numbers) {
			return fmt.Errorf("%s/%s is %d×%d; the network has %d×%d of them", s.Dir, name, set.Count, set.Size, a.Rows, len(a.Numbers)/a.Rows)
		}
		arrays[k].Numbers = set.Rates
	}
	if err := net.Restore(arrays); err != nil {
		return fmt.Errorf("%s: %w", s.Dir, err)
	}
	return nil
}

// arrays returns the names of the arrays that the run has.
func (s *Saved) arrays() (names []string) {
	for _, name := range slices.Sorted(maps.Keys(s.Manifest.Files)) {
		if strings.HasPrefix(name, "arrays/") {
			names = append(names, name)
		}
	}
	return names
}
