package sim

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/record"
	"partsnet/sim/stimulus"
)

// arrayNames are the names of files that hold what learning has made of a network, by what
// the network calls it.
var arrayNames = map[string]string{
	network.SynapsesArray:      "W",
	synapsesUp:                 "W-up",
	"hidden→hidden":            "M",
	"thresholds":               "thresholds",
	"upper→hidden":             "W-upper",
	"upper→hidden, modulating": "U-upper",
}

// arrayFile returns the file of a run that holds an array of its network. One that has no
// name of its own here has the letters and digits of that of the array.
func arrayFile(array string) string {
	name, ok := arrayNames[array]
	if !ok {
		name = strings.Join(strings.FieldsFunc(array, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), "-")
	}
	return "arrays/" + name + ".npy"
}

// writeArrays writes all that learning has made of the network, and the rates.
func (r *run[T]) writeArrays(out *record.Dir) error {
	for _, a := range r.net.Arrays() {
		if err := writeNPY(out, arrayFile(a.Name), a.Numbers, a.Rows); err != nil {
			return err
		}
	}
	return writeNPY(out, rates, r.learner.Rates().Rows(0, r.set.Count), r.set.Count)
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
func restore[T kernel.Float](s *Saved, net *network.Network[T]) error {
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
		arrays[k].Numbers = narrow[T](set.Rates)
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
