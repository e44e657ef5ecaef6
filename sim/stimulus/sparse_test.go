package stimulus

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partsnet/sim/npy"
)

// sparseNPZ packs a matrix of two rows and three columns as scipy.sparse.save_npz does.
func sparseNPZ(format string, data any, more map[string][]int32) string {
	vector := func(descr string, length int, x any) string {
		var b bytes.Buffer
		if err := npy.WriteVector(&b, descr, length, x); err != nil {
			panic(err)
		}
		return b.String()
	}
	var kind bytes.Buffer
	if err := npy.WriteText(&kind, format); err != nil {
		panic(err)
	}
	entries := []entry{{"format.npy", kind.String()}, {"shape.npy", vector("<i8", 2, []int64{2, 3})}}
	switch data := data.(type) {
	case []int64:
		entries = append(entries, entry{"data.npy", vector("<i8", len(data), data)})
	case []float32:
		entries = append(entries, entry{"data.npy", vector("<f4", len(data), data)})
	}
	for _, name := range []string{"indices", "indptr", "row", "col"} {
		if x, ok := more[name]; ok {
			entries = append(entries, entry{name + ".npy", vector("<i4", len(x), x)})
		}
	}
	return zipOf(entries...)
}

// sparseSeeds are one matrix in the three formats, with an entry in two pieces and a stored zero.
func sparseSeeds() map[string]string {
	return map[string]string{
		"csr": sparseNPZ("csr", []int64{1, 5, 4, 0, 7}, map[string][]int32{"indices": {2, 0, 2, 1, 1}, "indptr": {0, 4, 5}}),
		"csc": sparseNPZ("csc", []int64{5, 0, 7, 1, 4}, map[string][]int32{"indices": {0, 0, 1, 0, 0}, "indptr": {0, 1, 3, 5}}),
		"coo": sparseNPZ("coo", []int64{7, 1, 5, 0, 4}, map[string][]int32{"row": {1, 0, 0, 0, 0}, "col": {1, 2, 0, 1, 2}}),
	}
}

// TestSparseMatricesOfSciPy reads one matrix in each format, and what is wrong with others.
func TestSparseMatricesOfSciPy(t *testing.T) {
	t.Parallel()
	load := func(content string) (*Set, error) {
		return Load(context.Background(), filepath.Join(fill(t, entry{"M.npz", content}), "M.npz"))
	}
	for format, content := range sparseSeeds() {
		s, err := load(content)
		if err != nil {
			t.Errorf("%s: %v", format, err)
			continue
		}
		if d := cmp.Diff([][]float64{{5, 0, 5}, {0, 7, 0}}, dense(s)); d != "" || s.Counts == nil || s.Counts.Held().Small == nil {
			t.Errorf("%s: %s", format, d)
		}
		if d := cmp.Diff([]string{"1 stored zero dropped", "a sparse matrix (" + format + ") of counts", "1 value added to others of the same place"}, s.Read); d != "" {
			t.Errorf("%s: %s", format, d)
		}
	}
	s, err := load(sparseNPZ("coo", []float32{0.5, 2}, map[string][]int32{"row": {1, 0}, "col": {0, 0}}))
	if err != nil || s.Counts == nil {
		t.Fatalf("real values: %v", err)
	}
	if d := cmp.Diff([][]float64{{2, 0, 0}, {0.5, 0, 0}}, dense(s)); d != "" || s.Read[0] != "a sparse matrix (coo) of rates that are not all whole numbers" {
		t.Errorf("real values: %s, %q", d, s.Read)
	}
	one := []int64{1}
	for want, content := range map[string]string{
		`format "bsr"; allowed are csr, csc and coo: in SciPy, m.tocsr() converts`:               sparseNPZ("bsr", one, nil),
		"1 values in 0 rows and 0 columns":                                                       sparseNPZ("coo", one, nil),
		"value 0 stands in row 2 and column 0 of 2×3":                                            sparseNPZ("coo", one, map[string][]int32{"row": {2}, "col": {0}}),
		"value 0 stands in row -1 and column 0":                                                  sparseNPZ("coo", one, map[string][]int32{"row": {-1}, "col": {0}}),
		"value 0, in row 1 and column 2 (all counted from 0), is -4; rates are finite and never": sparseNPZ("coo", []int64{-4}, map[string][]int32{"row": {1}, "col": {2}}),
		"1 indices and 2 pointers for 1 values in 2×3 (csr)":                                     sparseNPZ("csr", one, map[string][]int32{"indices": {0}, "indptr": {0, 1}}),
		"line 0 begins at value 0 and ends at 9 of 1":                                            sparseNPZ("csr", one, map[string][]int32{"indices": {0}, "indptr": {0, 9, 1}}),
		"line 1 begins at value 1 and ends at 0 of 1":                                            sparseNPZ("csc", one, map[string][]int32{"indices": {0}, "indptr": {0, 1, 0, 1}}),
		"array data: no NPY header":                                                              zipOf(entry{"format.npy", ""}, entry{"shape.npy", ""}, entry{"data.npy", ""}),
	} {
		if _, err := load(content); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
