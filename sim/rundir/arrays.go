package rundir

import (
	"io"
	"strings"
	"unicode"

	"partsnet/network"
	"partsnet/sim/measure"
	"partsnet/sim/npy"
	"partsnet/sim/record"
)

// ArrayFile returns the file that holds an array of the network: the name that its circuit
// declares, or else the letters and digits of the name of the array.
func ArrayFile(array string) string {
	name := strings.Join(strings.FieldsFunc(array, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), "-")
	switch array {
	case network.SynapsesArray:
		name = "W"
	case "visible→hidden":
		name = "W-up"
	}
	for _, c := range network.Circuits[float64]() {
		for _, a := range c.Describe().Arrays {
			if a.Name == array {
				name = a.File
			}
		}
	}
	return "arrays/" + name + ".npy"
}

// WriteRows writes a rows×cols matrix as NPY in a precision, one row at a time, so that it need
// not be in memory.
func WriteRows(out *record.Dir, precision, name string, rows, cols int, row func(i int) []float64) error {
	return out.Write(name, func(w io.Writer) error {
		if precision != "float32" {
			return npy.WriteRows(w, rows, cols, row)
		}
		narrow := make([]float32, cols)
		return npy.WriteRows(w, rows, cols, func(i int) []float32 {
			for j, x := range row(i) {
				narrow[j] = float32(x)
			}
			return narrow
		})
	})
}

// matrix writes numbers (rows×len(x)/rows) in the precision of the run.
func (w *writer) matrix(name string, x []float64, rows int) {
	cols := len(x) / max(1, rows)
	w.rows(name, rows, cols, func(i int) []float64 { return x[i*cols : (i+1)*cols] })
}

// rates writes hidden rates (m×r) in the precision of the run.
func (w *writer) rates(name string, h measure.Rates) {
	row := make([]float64, h.Hidden)
	w.rows(name, h.Stimuli, h.Hidden, func(i int) []float64 {
		h.Stimulus(i, row)
		return row
	})
}

func (w *writer) rows(name string, rows, cols int, row func(i int) []float64) {
	if w.err == nil {
		w.err = WriteRows(w.out, w.precision, name, rows, cols, row)
	}
}
