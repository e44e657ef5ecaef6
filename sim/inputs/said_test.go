package inputs

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/simtest"
)

// npyOf writes an array of float64 for NumPy.
func npyOf(t *testing.T, rows, columns int, x ...float64) string {
	t.Helper()
	header := fmt.Sprintf("{'descr': '<f8', 'fortran_order': False, 'shape': (%d, %d), }", rows, columns)
	for (10+len(header))%64 != 0 {
		header += " "
	}
	b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(header)))
	b = append(b, header...)
	for _, y := range x {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(y))
	}
	return tempfile.Write(t, "V.npy", b)
}

// TestWhatIsSaidOfValues says the same of a file that is read and of one that is mapped: how much
// there is, from where to where, before it is scaled; and nothing of a generator.
func TestWhatIsSaidOfValues(t *testing.T) {
	t.Parallel()
	array := npyOf(t, 2, 3, 4, 0, 1, 8, 2, 3)
	for _, tt := range []struct {
		settings []string
		want     []string
	}{
		{[]string{"stimulus.path=" + array}, []string{"2 stimuli of 3 values", "values from 0 to 8, 16.7 % of them 0"}},
		{[]string{"stimulus.path=" + array, "stimulus.map=true"}, []string{"2 stimuli of 3 values", "values from 0 to 8, 16.7 % of them 0"}},
		{[]string{"stimulus.path=" + npyOf(t, 1, 1, 0.5), "stimulus.map=true"}, []string{"1 stimulus of 1 value", "values from 0.5 to 0.5, none of them 0"}},
		{[]string{"stimulus.path=" + array, "stimulus.transpose=true", "stimulus.scaling=unit-maximum"},
			[]string{"3 stimuli of 2 values", "transposed: each column is a stimulus", "values from 0 to 8, 16.7 % of them 0", `scaled by "unit-maximum"`}},
		{[]string{"stimulus.generator=bars", "stimulus.count=3", "stimulus.scaling=unit-maximum"}, nil},
	} {
		in, err := Prepare(context.Background(), simtest.Experiment(t, tt.settings...))
		if err != nil {
			t.Fatal(err)
		}
		if got := in.Shown().Read; !slices.Equal(got, tt.want) {
			t.Errorf("%q: said %q, want %q", tt.settings, got, tt.want)
		}
		if err := in.Release(); err != nil {
			t.Error(err)
		}
	}
	for share, want := range map[float64]string{1: "all of them 0", 0: "none of them 0", 0.0001: "less than 0.1 % of them 0", 0.9999: "more than 99.9 % of them 0", 0.25: "25.0 % of them 0"} {
		high := 1.0
		if share == 1 {
			high = 0
		}
		if got, want := between(0, high, share), fmt.Sprintf("values from 0 to %v, %s", high, want); got != want {
			t.Errorf("%v: %s, want %s", share, got, want)
		}
	}
}
