package stimulus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"partsnet/sim/archive"
	"partsnet/sim/npy"
)

// sparse is a matrix as scipy.sparse.save_npz stores one: arrays of an NPZ by their names.
type sparse struct {
	kind    string // the array "format": csr, csc or coo
	shape   []float64
	data    []float64
	indices []float64 // of csr and csc
	indptr  []float64
	row     []float64 // of coo
	col     []float64
}

// isSparse reports whether the arrays of an NPZ are those of a sparse matrix.
func isSparse(names []string) bool {
	for _, name := range []string{"format", "shape", "data"} {
		if !slices.Contains(names, name) {
			return false
		}
	}
	return true
}

// readSparse reads a sparse matrix of an NPZ as counts, a row a stimulus. Values of one place are
// added, as SciPy does, and zeros are dropped.
//
// Source: SciPy 1.16, scipy/sparse/_matrix_io.py.
func readSparse(ctx context.Context, file string) (*Set, error) {
	var s sparse
	arrays := map[string]*[]float64{
		"shape": &s.shape, "data": &s.data, "indices": &s.indices, "indptr": &s.indptr, "row": &s.row, "col": &s.col,
	}
	files := archive.Files{
		What: "arrays", Bytes: 3 * 9 * maxValues,
		Want: func(name string) bool { return arrayOf(name) == "format" || arrays[arrayOf(name)] != nil },
	}
	err := archive.Walk(ctx, file, files, func(name string, r io.Reader) (err error) {
		array := arrayOf(name)
		if array == "format" {
			s.kind, err = readWord(r)
		} else {
			*arrays[array], err = readVector(r)
		}
		if err != nil {
			err = fmt.Errorf("array %s: %w", array, err)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	set, err := s.set()
	if err != nil {
		return nil, fmt.Errorf("a sparse matrix: %w", err)
	}
	return set, nil
}

// set returns the matrix as counts.
func (s *sparse) set() (*Set, error) {
	if len(s.shape) != 2 {
		return nil, fmt.Errorf("an array shape of %d numbers; allowed are two, stimuli and neurons", len(s.shape))
	}
	var size [2]int
	for k, x := range s.shape {
		if !(x >= 1 && x <= MaxStimuli) || x != math.Trunc(x) {
			return nil, fmt.Errorf("a shape of %v; allowed are integers from 1 to %d", s.shape, MaxStimuli)
		}
		size[k] = int(x)
	}
	if len(s.data) > maxValues {
		return nil, fmt.Errorf("%d values; allowed are %d", len(s.data), maxValues)
	}
	row, col, err := s.places(size)
	if err != nil {
		return nil, err
	}
	if len(row) != len(s.data) || len(col) != len(s.data) {
		return nil, fmt.Errorf("%d values in %d rows and %d columns; there must be as many of each", len(s.data), len(row), len(col))
	}
	zeros, whole := 0, true
	order := make([]int, 0, len(s.data))
	for k, x := range s.data {
		if !(row[k] >= 0 && row[k] < float64(size[0]) && col[k] >= 0 && col[k] < float64(size[1])) || row[k] != math.Trunc(row[k]) || col[k] != math.Trunc(col[k]) {
			return nil, fmt.Errorf("value %d stands in row %v and column %v of %d×%d (all counted from 0)", k, row[k], col[k], size[0], size[1])
		}
		if !(x >= 0) || math.IsInf(x, 1) {
			return nil, fmt.Errorf("value %d, in row %v and column %v (all counted from 0), is %v; rates are finite and never negative", k, row[k], col[k], x)
		}
		whole = whole && x == math.Trunc(x)
		if x == 0 {
			zeros++
			continue
		}
		order = append(order, k)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if row[a] != row[b] {
			return int(row[a] - row[b])
		}
		return int(col[a] - col[b])
	})
	var e entries
	added := 0
	for n := 0; n < len(order); {
		k, x := order[n], 0.0
		for first := n; n < len(order) && row[order[n]] == row[k] && col[order[n]] == col[k]; n++ {
			x += s.data[order[n]]
			if n > first {
				added++
			}
		}
		e.add(int(row[k]), int(col[k]), x)
	}
	set, err := e.withZeros(zeros, size[0], size[1])
	if err != nil {
		return nil, err
	}
	kind := "counts"
	if !whole {
		kind = "rates that are not all whole numbers"
	}
	set.Read = append(set.Read, fmt.Sprintf("a sparse matrix (%s) of %s", s.kind, kind))
	if added > 0 {
		set.Read = append(set.Read, number(added, "value", "values")+" added to others of the same place")
	}
	return set, nil
}

// places returns the row and the column of each value.
func (s *sparse) places(size [2]int) (row, col []float64, err error) {
	switch s.kind {
	case "coo":
		return s.row, s.col, nil
	case "csr", "csc":
	default:
		return nil, nil, fmt.Errorf("format %q; allowed are csr, csc and coo: in SciPy, m.tocsr() converts", s.kind)
	}
	lines := size[0]
	if s.kind == "csc" {
		lines = size[1]
	}
	if len(s.indptr) != lines+1 || s.indptr[0] != 0 || s.indptr[lines] != float64(len(s.data)) || len(s.indices) != len(s.data) {
		return nil, nil, fmt.Errorf("%d indices and %d pointers for %d values in %d×%d (%s); pointers begin with 0 and end with the number of values, one more than there are lines",
			len(s.indices), len(s.indptr), len(s.data), size[0], size[1], s.kind)
	}
	line := make([]float64, 0, len(s.data))
	for i := range lines {
		if !(s.indptr[i+1] >= s.indptr[i] && s.indptr[i+1] <= float64(len(s.data))) || s.indptr[i+1] != math.Trunc(s.indptr[i+1]) {
			return nil, nil, fmt.Errorf("line %d begins at value %v and ends at %v of %d", i, s.indptr[i], s.indptr[i+1], len(s.data))
		}
		for range int(s.indptr[i+1] - s.indptr[i]) {
			line = append(line, float64(i))
		}
	}
	if s.kind == "csc" {
		return s.indices, line, nil
	}
	return line, s.indices, nil
}

// readVector reads an array of one dimension, which may be empty.
func readVector(r io.Reader) ([]float64, error) {
	h, err := npy.ReadHeader(r)
	if err != nil {
		return nil, err
	}
	if len(h.Shape) != 1 {
		return nil, fmt.Errorf("an array of %d dimensions; allowed is one in a sparse matrix", len(h.Shape))
	}
	if h.Shape[0] == 0 {
		return nil, nil
	}
	return h.Values(r)
}

// readWord reads an array of one word, in ASCII of one byte a letter or of four.
func readWord(r io.Reader) (string, error) {
	h, err := npy.ReadHeader(r)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(r, 64))
	if err != nil {
		return "", err
	}
	if len(h.Shape) != 0 || len(h.Descr) < 3 || !strings.ContainsRune("SU", rune(h.Descr[1])) {
		return "", errors.New("it is no word")
	}
	return strings.ReplaceAll(string(b), "\x00", ""), nil
}
