package proof

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/npy"
)

// TestCompareArrays compares arrays with equal and different numbers, NaN, infinities, signs of
// zero and shapes.
func TestCompareArrays(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, x []float64, rows int) string {
		f, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if err := npy.Write(f, x, rows); err != nil {
			t.Fatal(err)
		}
		return f.Name()
	}
	was := write("a.npy", []float64{0, 1, 2, -4}, 2)
	for _, c := range []struct {
		is      []float64
		rows    int
		where   string
		largest float64
	}{
		{[]float64{0, 1, 2, -4}, 2, "", 0},
		{[]float64{math.Copysign(0, -1), 1, 2, -4}, 2, "at index [0, 0]: 0 and -0", 0},
		{[]float64{0, 1, 2.5, -4}, 2, "at index [1, 0]: 2 and 2.5", 0.125},
		{[]float64{0, 1, 2, math.NaN()}, 2, "at index [1, 1]: -4 and NaN", math.Inf(1)},
		{[]float64{0, math.Inf(1), 2, -4}, 2, "at index [0, 1]: 1 and +Inf", math.Inf(1)},
		{[]float64{0, 1, 2, -4}, 1, "in its shape: 2×2 and 1×4", math.Inf(1)},
	} {
		d, err := compareFiles("arrays/b.npy", was, write("b.npy", c.is, c.rows))
		if err != nil || d != (difference{c.where, numbers, c.largest}) {
			t.Errorf("%v: %+v, %v; want %q and %v", c.is, d, err, c.where, c.largest)
		}
	}
}

// TestCompareTables measures differences relative to the column: the first entry of a row and
// entries that are not numbers must be equal, and above_best is relative to the objectives.
func TestCompareTables(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	const table = "start,epochs,D,rises,above_best,optimality_rates\n0,20,1000,0,0,0.5\n1,20,1000.5,2,0.5,\n2,10,1000,0,1e-12,1e-15\n"
	was := write("was.csv", table)
	inf := math.Inf(1)
	for _, c := range []struct {
		from, to string
		largest  float64
	}{
		{"1,20", "1,77", 57. / 77},
		{"0,20", "0,20.0", 0},
		{"2,10", "2.0,10", inf},
		{"1000.5", "1000.25", 0.25 / 1000.5},
		{"1e-12", "2e-12", 1e-12 / 1000.5},
		{"1e-15", "3e-15", 2e-15},
		{"1e-15", "NaN", inf},
		{"1e-15", "", inf},
		{"1000.5", "+Inf", inf},
		{"D", "E", inf},
		{"1,20,1000.5,2,0.5,\n", "", inf},
		{",1e-15", "", inf},
	} {
		d, err := compareFiles("starts.csv", was, write("is.csv", strings.Replace(table, c.from, c.to, 1)))
		if err != nil || d.where == "" || d.kind != numbers || !(math.Abs(d.largest-c.largest) <= 1e-9*c.largest || d.largest == c.largest) {
			t.Errorf("%q for %q: %+v, %v; want %v", c.to, c.from, d, err, c.largest)
		}
	}
	if d, err := compareFiles("starts.csv", was, was); err != nil || d.where != "" {
		t.Errorf("a table and itself: %+v, %v", d, err)
	}
	for name, want := range map[string]kind{"features.csv": drawn, "figures/a.csv": drawn, "words.txt": prose, "config.toml": prose, "stack.csv": numbers} {
		if got := kindOf(name); got != want {
			t.Errorf("%s is of kind %v, want %v", name, got, want)
		}
	}
}
