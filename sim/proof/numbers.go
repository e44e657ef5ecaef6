package proof

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/npy"
)

// spread is the largest distance between two numbers at the same place of two arrays or
// columns, and the largest finite magnitude in them.
type spread struct{ distance, top float64 }

// add includes a pair of numbers. If only one of them is finite, or only one is NaN, the
// distance is infinite.
func (s *spread) add(p, q float64) {
	for _, x := range []float64{math.Abs(p), math.Abs(q)} {
		if x > s.top && !math.IsInf(x, 1) {
			s.top = x
		}
	}
	switch d := math.Abs(p - q); {
	case p == q || math.IsNaN(p) && math.IsNaN(q):
	case math.IsNaN(d):
		s.distance = math.Inf(1)
	default:
		s.distance = max(s.distance, d)
	}
}

// of returns the distance divided by top, the largest magnitude; 0 if there is no distance.
func (s *spread) of(top float64) float64 {
	if s.distance == 0 {
		return 0
	}
	return s.distance / top // top is not 0: the numbers differ
}

// compareArrays returns the index at which two arrays first differ, as NumPy counts it, and the
// largest difference relative to the largest number; infinite if their shapes differ. Zeros of
// different sign differ, by 0.
func compareArrays(a, b string) (where string, largest float64, err error) {
	x, err := npy.ReadFile(a)
	if err != nil {
		return "", 0, err
	}
	y, err := npy.ReadFile(b)
	if err != nil {
		return "", 0, err
	}
	if !slices.Equal(x.Shape, y.Shape) {
		return fmt.Sprintf("in its shape: %d×%d and %d×%d", x.Rows(), x.Cols(), y.Rows(), y.Cols()), math.Inf(1), nil
	}
	var s spread
	for i, p := range x.Values {
		q := y.Values[i]
		s.add(p, q)
		if where == "" && math.Float64bits(p) != math.Float64bits(q) {
			where = fmt.Sprintf("at index [%d, %d]: %v and %v", i/x.Cols(), i%x.Cols(), p, q)
		}
	}
	return where, s.of(s.top), nil
}

// aboveBest is the column of rundir.StartsFile that holds differences of objectives. Their
// rounding is that of the objectives, in the column objectiveOfStarts.
const (
	aboveBest         = "above_best"
	objectiveOfStarts = 2
)

// optimality is the prefix of columns that are already relative, to 1, and approach 0: their
// differences are not divided by their largest value.
const optimality = "optimality_"

// compareTables returns where two tables first differ, and the largest difference of two
// numbers relative to the largest number of their column, or to 1 for an optimality. The
// difference is infinite if the columns, the number of rows or the first entry of a row
// differ, or if only one of two entries is a number.
func compareTables(a, b string) (where string, largest float64, err error) {
	other := math.Inf(1) // the tables do not have one form
	left, err := rowsOf(a)
	if err != nil {
		return "", other, nil // the first difference of their bytes is known
	}
	right, err := rowsOf(b)
	if err != nil || len(left) != len(right) || len(left) == 0 || !slices.Equal(left[0], right[0]) {
		return "", other, nil
	}
	names := left[0]
	columns := make([]spread, len(names))
	for k, l := range left {
		r := right[k]
		if len(l) != len(r) || len(l) > len(names) {
			return where, other, nil
		}
		for c := range l {
			if l[c] != r[c] && where == "" {
				where = fmt.Sprintf("in line %d, column %s: %q and %q", k+1, names[c], l[c], r[c])
			}
			p, err1 := strconv.ParseFloat(l[c], 64)
			q, err2 := strconv.ParseFloat(r[c], 64)
			switch {
			case err1 == nil && err2 == nil && c > 0:
				columns[c].add(p, q)
			case l[c] != r[c]:
				return where, other, nil
			}
		}
	}
	for c, s := range columns {
		top := s.top
		switch {
		case names[c] == aboveBest:
			top = max(top, columns[objectiveOfStarts].top)
		case strings.HasPrefix(names[c], optimality):
			top = 1
		}
		largest = max(largest, s.of(top))
	}
	return where, largest, nil
}

// rowsOf reads a table. Rows may have different lengths.
func rowsOf(path string) ([][]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	return r.ReadAll()
}
