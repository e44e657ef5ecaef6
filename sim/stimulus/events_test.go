package stimulus

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestEventsAreBinned bins lists of events in several layouts, with events on edges, before 0
// and out of order.
func TestEventsAreBinned(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text    string
		how     Table
		counts  [][]float64
		neurons []string
		axis    []float64
		name    string
		read    []string
	}{
		{"unit,time\nu2,0.05\nu10,0.3\nu2,0.07\nu2,0.39\n", Table{Bin: 0.1},
			[][]float64{{2, 0}, {0, 0}, {0, 0}, {1, 1}}, []string{"u2", "u10"}, []float64{0, 0.1, 0.2, 0.3}, "time",
			[]string{"names of columns from line 1", "4 events of 2 units: units from column 1 (unit), times from column 2 (time)",
				"4 bins of 0.1 from 0 to 0.4, each with its first edge and without its last; 2 bins without an event", "separated by commas"}},
		{"3 -5\n1 5\n3 0\n3 4.999\n", Table{Bin: 5},
			[][]float64{{0, 1}, {0, 2}, {1, 0}}, []string{"1", "3"}, []float64{-5, 0, 5}, "time",
			[]string{"no header: line 1 was read as an event", "4 events of 2 units: units from column 1, times from column 2",
				"3 bins of 5 from -5 to 10, each with its first edge and without its last; 0 bins without an event", "separated by spaces"}},
		{"depth;spike times (ms);cluster_id\n7;12,5;a\n8;10,0;b\n;;\n", Table{Bin: 2},
			[][]float64{{0, 1}, {1, 0}}, []string{"a", "b"}, []float64{10, 12}, "spike times (ms)",
			[]string{"names of columns from line 1", "2 events of 2 units: units from column 3 (cluster_id), times from column 2 (spike times (ms))",
				"2 bins of 2 from 10 to 14, each with its first edge and without its last; 0 bins without an event",
				"left out: column 1 (depth)", "left out at the end: 1 line without a value", "separated by semicolons, decimal commas"}},
		{"when,who,what\n1,a,x\n2,b,y\n", Table{Bin: 1, Time: "when", Columns: []string{"who"}},
			[][]float64{{1, 0}, {0, 1}}, []string{"a", "b"}, []float64{1, 2}, "when", nil},
	} {
		s, err := readEvents(strings.NewReader(c.text), c.how)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		if d := cmp.Diff(c.counts, dense(s)); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
		if d := cmp.Diff(c.neurons, s.Neurons); d != "" {
			t.Errorf("%q: %s", c.text, d)
		}
		if d := cmp.Diff(c.axis, s.Axis, cmpopts.EquateApprox(0, 1e-12)); d != "" || s.AxisName != c.name {
			t.Errorf("%q: %s, %q", c.text, d, s.AxisName)
		}
		if d := cmp.Diff(c.read, s.Read); d != "" && c.read != nil {
			t.Errorf("%q: %s", c.text, d)
		}
	}
	for text, want := range map[string]string{
		"unit,time\n":               "there is no event behind the header in line 1",
		"unit,time\na,x\n":          `line 2, column 2 (time), which is the time: "x" is not a number`,
		"unit,time\na,NA\n":         `line 2, column 2 (time), which is the time: the time is missing ("NA")`,
		"unit,time\n,1\n":           "line 2, column 1 (unit): the name of the unit is missing",
		"unit,time\na,1\n,\nb,2\n":  "line 3: there is no event, and there are some below",
		"unit,time\na,1e12\n":       "line 2, column 2 (time): 1e+12 is too many bins of 0.1 from 0",
		"unit,time\na,0\na,1e7\n":   "100000001 bins of 0.1 between the times 0 and 1e+07; allowed are 16777216, with a larger stimulus.bin",
		"a,b,c\n1,2,3\n":            "which of columns 1 (a), 2 (b), 3 (c) these are is not clear; name the times with stimulus.time",
		"unit,neuron,time\n1,2,3\n": "which of columns 1 (unit), 2 (neuron) these are is not clear",
		"time\n1\n":                 "a list of events has a column of units and one of times",
	} {
		if _, err := readEvents(strings.NewReader(text), Table{Bin: 0.1}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
	if _, err := readEvents(strings.NewReader("unit,time\na,1\n"), Table{Bin: 1, Names: "unit"}); err == nil || !strings.Contains(err.Error(), `stimulus.names = "unit" with stimulus.bin`) {
		t.Errorf("names of bins: %v", err)
	}
	file := filepath.Join(fill(t, entry{"e.zip", zipOf(entry{"E.TSV", "unit\ttime\na\t1\nb\t2\n"})}), "e.zip")
	if s, err := LoadRaw(context.Background(), file, Options{Table: Table{Bin: 1}}); err != nil || s.Counts == nil || s.Count != 2 {
		t.Errorf("a list in an archive: %+v, %v", s, err)
	}
}

// TestTimesOnEdges takes times in decimals, each the product of a bin and a whole number, for
// the beginning of that bin, and what lies visibly before for the bin before.
func TestTimesOnEdges(t *testing.T) {
	t.Parallel()
	for _, width := range []string{"0.1", "0.001", "0.05", "0.03", "2.5", "1e-6"} {
		var w float64
		fmt.Sscan(width, &w)
		for k := int64(-2000); k < 100_000; k += 1 + k*k/3000 {
			var at float64
			fmt.Sscanf(fmt.Sprintf("%.12g", float64(k)*w), "%g", &at)
			if bin, ok := binOf(at, w); !ok || bin != k {
				t.Fatalf("%v is in bin %d of %v, not in %d", at, bin, w, k)
			}
			if bin, ok := binOf((float64(k)-1e-6)*w, w); !ok || bin != k-1 {
				t.Fatalf("just before %v is in bin %d of %v, not in %d", at, bin, w, k-1)
			}
		}
	}
	for _, at := range []float64{math.Inf(1), math.Inf(-1), math.NaN(), 1e300} {
		if _, ok := binOf(at, 1); ok {
			t.Errorf("%v is in a bin", at)
		}
	}
}
