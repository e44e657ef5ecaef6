package rundir

import (
	"bytes"
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"testing"

	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// awkward are names that a table must quote.
var awkward = []string{"biceps, long head", `so-called "TA"`, " blank at both ends ", "two\nlines", "Göğüs", "", "3"}

// TestLabelledTablesReadBack writes synapses and rates with awkward names and numbers, and reads
// them back with encoding/csv: the names are the same, and the numbers have the same bits.
func TestLabelledTablesReadBack(t *testing.T) {
	n := len(awkward)
	numbers := []float64{0, 1.0 / 3, math.SmallestNonzeroFloat64, 1e300, float64(float32(0.1)), 7, math.Nextafter(1, 2)}
	w := append(slices.Clone(numbers), numbers...)
	slices.Reverse(w[:n])
	o := &outcome.Outcome{
		Arrays: []outcome.Array{{Name: "synapses", Rows: 2, Numbers: w}}, Rates: measure.RatesOf(w, 2),
		Stimuli: outcome.Stimuli{Neurons: awkward, Names: awkward, Size: n, Count: n},
	}
	var b bytes.Buffer
	if err := writeSynapses(&b, o); err != nil {
		t.Fatal(err)
	}
	rows := readBack(t, &b, 3)
	if !slices.Equal(rows[0][1:], awkward) || rows[0][0] != "hidden neuron" {
		t.Errorf("the columns are %q", rows[0])
	}
	for a, row := range rows[1:] {
		if row[0] != strconv.Itoa(a) {
			t.Errorf("hidden neuron %d is called %q", a, row[0])
		}
		same(t, row[1:], w[a*n:(a+1)*n])
	}
	b.Reset()
	if err := writeRates(&b, o.Stimuli, o.Rates); err != nil {
		t.Fatal(err)
	}
	rows = readBack(t, &b, n+1)
	if !slices.Equal(rows[0], []string{"stimulus", "hidden neuron 0", "hidden neuron 1"}) {
		t.Errorf("the columns are %q", rows[0])
	}
	for i, row := range rows[1:] {
		if row[0] != awkward[i] {
			t.Errorf("stimulus %d is called %q", i, row[0])
		}
		same(t, row[1:], w[2*i:2*i+2])
	}

	b.Reset()
	o.Stimuli.Axis, o.Stimuli.AxisName = numbers, "time, s"
	if err := writeRates(&b, o.Stimuli, o.Rates); err != nil {
		t.Fatal(err)
	}
	for i, row := range readBack(t, &b, n+1) {
		if i == 0 {
			if row[0] != "stimulus" || row[1] != "time, s" || row[2] != "hidden neuron 0" {
				t.Errorf("the columns are %q", row)
			}
			continue
		}
		same(t, row[1:], append([]float64{numbers[i-1]}, w[2*i-2:2*i]...))
	}

	b.Reset()
	if err := featuresTable(o).Write(&b); err != nil {
		t.Fatal(err)
	}
	rows = readBack(t, &b, 3)
	if want := []string{"neuron", "share", "neuron_1", "weight_1"}; !slices.Equal(rows[0][:4], want) || len(rows[0]) != 2+2*n {
		t.Errorf("the columns of features are %q", rows[0])
	}
	strongest := rows[slices.IndexFunc(rows, func(row []string) bool { return row[0] == "1" })]
	if strongest[2] != awkward[3] || strongest[3] != "1e+300" || strongest[4] != "" {
		t.Errorf("the second hidden neuron stands for %q", strongest)
	}
}

// readBack reads a table with rows of one length.
func readBack(t *testing.T, b *bytes.Buffer, rows int) [][]string {
	t.Helper()
	all, err := csv.NewReader(b).ReadAll()
	if err != nil || len(all) != rows {
		t.Fatalf("%d rows, %v", len(all), err)
	}
	return all
}

func same(t *testing.T, fields []string, want []float64) {
	t.Helper()
	if len(fields) != len(want) {
		t.Errorf("%q are not %v", fields, want)
		return
	}
	for k, field := range fields {
		if x, err := strconv.ParseFloat(field, 64); err != nil || math.Float64bits(x) != math.Float64bits(want[k]) {
			t.Errorf("%s reads back as %v, not as %v", field, x, want[k])
		}
	}
}

// TestLabelledTablesAreWritten decides which tables are written: on request, or where there are
// names and the table is not large.
func TestLabelledTablesAreWritten(t *testing.T) {
	for _, tt := range []struct {
		tables  string
		numbers int
		names   []string
		want    bool
	}{
		{"auto", 1_000_000, awkward, true}, {"auto", 1_000_001, awkward, false}, {"auto", 10, nil, false},
		{"always", 1_000_001, nil, true}, {"never", 10, awkward, false},
	} {
		if got := labelled(tt.tables, tt.numbers, nil, tt.names); got != tt.want {
			t.Errorf("%+v: %v", tt, got)
		}
	}
}
