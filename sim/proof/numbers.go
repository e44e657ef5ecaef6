package proof

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/npy"
)

// spread is the largest distance of two numbers of an array or a column, and the largest
// finite number there.
type spread struct{ distance, top float64 }

// add takes two numbers in. Where only one is finite, or a number, the distance is
// infinite.
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

// of returns the distance in the share of the largest number there.
func (s *spread) of(top float64) float64 {
	if s.distance == 0 {
		return 0
	}
	return s.distance / top // which is not 0, or both were
}

// compareArrays returns where two arrays differ first, if in a number, and by how much at
// the most, in the share of the largest number; infinite where they have other shapes.
// Zeros of different signs differ, by 0.
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
			where = fmt.Sprintf("at row %d, column %d: %v and %v", i/x.Cols(), i%x.Cols(), p, q)
		}
	}
	return where, s.of(s.top), nil
}

// aboveBest is the column of startsFile that is a difference of objectives, which are in
// the column objectiveOfStarts; it is rounded as they are.
const (
	aboveBest         = "above_best"
	objectiveOfStarts = 2
)

// optimality is how the names of numbers begin that are shares of 1, and come to nothing
// in the end.
const optimality = "optimality_"

// compareTables returns where two tables differ first, if in a number, and by how much at
// the most, in the share of the largest number of a column, or of 1 for an optimality. It
// is infinite where they have other columns, another number of rows, rows that begin
// otherwise, or in one a text or nothing in place of a number.
func compareTables(a, b string) (where string, largest float64, err error) {
	left, right, err := bothLines(a, b)
	if err != nil {
		return "", 0, err
	}
	other := math.Inf(1)
	if len(left) != len(right) || left[0] != right[0] {
		return "", other, nil
	}
	names := strings.Split(left[0], ",")
	columns := make([]spread, len(names))
	for k := range left {
		l, r := strings.Split(left[k], ","), strings.Split(right[k], ",")
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
