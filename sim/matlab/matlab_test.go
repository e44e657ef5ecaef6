package matlab_test

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/matlab"
)

// TestRead reads files that SciPy wrote with savemat, with and without compression:
//
//	V 2×3 double, U 2×2 uint8, F 1×2×2 single, S 3×4 sparse with three entries,
//	and a text, which is passed over
func TestRead(t *testing.T) {
	for _, file := range []string{"testdata/packed.mat", "testdata/plain.mat"} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all, err := matlab.Read(bytes.NewReader(data), "")
		if err != nil {
			t.Fatal(err)
		}
		byName := map[string]*matlab.Array{}
		for _, a := range all {
			byName[a.Name] = a
		}
		v, f, s := byName["V"], byName["F"], byName["S"]
		if len(all) != 4 || v == nil || f == nil || s == nil || byName["text"] != nil {
			t.Fatalf("%s holds %d arrays", file, len(all))
		}
		if !slices.Equal(v.Dims, []int64{2, 3}) || !slices.Equal(v.Values, []float64{1, 2, 3, 4, 5.5, 6}) {
			t.Errorf("%s: V is %v", file, v)
		}
		if !slices.Equal(f.Dims, []int64{1, 2, 2}) || !slices.Equal(f.Values, []float64{1, 2, 3, 4}) {
			t.Errorf("%s: F is %v", file, f)
		}
		found := map[[2]int]float64{}
		s.Sparse.Each(func(row, col int, value float64) { found[[2]int{row, col}] = value })
		if len(found) != 3 || found[[2]int{0, 1}] != 2 || found[[2]int{2, 0}] != 7 || found[[2]int{2, 3}] != 1 || s.Values != nil {
			t.Errorf("%s: S is %v", file, found)
		}
		one, err := matlab.Read(bytes.NewReader(data), "U")
		if err != nil || len(one) != 4 {
			t.Fatalf("%s: %d arrays, %v", file, len(one), err)
		}
		for _, a := range one {
			if (a.Values != nil) != (a.Name == "U") || a.Sparse != nil {
				t.Errorf("%s: where U is wanted, %s is %+v", file, a.Name, a)
			}
		}
	}
	if _, err := matlab.Read(strings.NewReader(strings.Repeat("x", 200)), ""); err == nil || !strings.Contains(err.Error(), "not a MATLAB file") {
		t.Errorf("a text: %v", err)
	}
}
