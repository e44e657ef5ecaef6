package proof

import (
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"partsnet/sim/rundir"
)

// difference is how two files of one name differ.
type difference struct {
	where   string // the first difference; "" if all bytes are the same
	kind    kind
	largest float64 // largest difference of two numbers, relative to the largest number of their array or column; infinite if shapes or columns differ
}

// kind says how two files of a name are compared.
type kind int

const (
	numbers kind = iota // may differ by rounding
	prose               // must be equal
	drawn               // is made from the arrays: figures, and words in the order of their weights
)

// kindOf returns the kind of a file of a run by its name. All tables hold numbers except
// rundir.FeaturesFile, in which two words of nearly equal weight may change places.
func kindOf(name string) kind {
	switch {
	case name == rundir.FeaturesFile || strings.HasPrefix(name, "figures/"):
		return drawn
	case strings.HasSuffix(name, ".npy"), strings.HasSuffix(name, ".csv"):
		return numbers
	}
	return prose
}

// compareFiles returns how two files with that name in a run differ. It returns an error if one
// of them cannot be read.
func compareFiles(name, a, b string) (d difference, err error) {
	d.kind = kindOf(name)
	if d.where, err = firstDifference(a, b); err != nil || d.where == "" || d.kind != numbers {
		return d, err
	}
	compare := compareTables
	if strings.HasSuffix(name, ".npy") {
		compare = compareArrays
	}
	where, largest, err := compare(a, b)
	if where != "" {
		d.where = where
	}
	d.largest = largest
	return d, err
}

func bothLines(a, b string) (left, right []string, err error) {
	x, err := os.ReadFile(a)
	if err != nil {
		return nil, nil, err
	}
	y, err := os.ReadFile(b)
	return strings.Split(string(x), "\n"), strings.Split(string(y), "\n"), err
}

// firstDifference says where two files first differ: the line of a text, the byte of any other
// file; "" if they are the same.
func firstDifference(a, b string) (string, error) {
	left, right, err := bothLines(a, b)
	if err != nil {
		return "", err
	}
	at := 0
	for k := range min(len(left), len(right)) {
		l, r := left[k], right[k]
		if l == r {
			at += len(l) + 1
			continue
		}
		if utf8.ValidString(l+r) && len(l) < 200 && len(r) < 200 && !strings.Contains(l+r, "\x00") {
			return fmt.Sprintf("in line %d: %q and %q", k+1, l, r), nil
		}
		for i := range min(len(l), len(r)) {
			if l[i] != r[i] {
				return fmt.Sprintf("at byte %d", at+i), nil
			}
		}
		return fmt.Sprintf("at byte %d", at+min(len(l), len(r))), nil
	}
	if len(left) == len(right) {
		return "", nil
	}
	return fmt.Sprintf("in length: %d and %d lines", len(left), len(right)), nil
}
