package npy

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
)

const magic = "\x93NUMPY"

// Write writes a matrix (rows×len(x)/rows, row-major) in the NPY format, version 1.0,
// little-endian.
func Write[T float32 | float64](w io.Writer, x []T, rows int) error {
	cols := len(x) / max(1, rows)
	return WriteRows(w, rows, cols, func(i int) []T { return x[i*cols : (i+1)*cols] })
}

// WriteRows writes a matrix like [Write], row by row, so that it is never held as a whole.
func WriteRows[T float32 | float64](w io.Writer, rows, cols int, row func(i int) []T) error {
	if err := writeHeader(w, DescrOf[T](), fmt.Sprintf("(%d, %d)", rows, cols)); err != nil {
		return err
	}
	const chunk = 1 << 13 // binary.Write makes a copy of what it writes
	for i := range rows {
		for part := range slices.Chunk(row(i), chunk) {
			if err := binary.Write(w, binary.LittleEndian, part); err != nil {
				return err
			}
		}
	}
	return nil
}

// WriteVector writes a vector of length elements whose type NumPy calls descr, as the arrays
// of scipy.sparse.save_npz are.
func WriteVector(w io.Writer, descr string, length int, x any) error {
	if err := writeHeader(w, descr, fmt.Sprintf("(%d,)", length)); err != nil {
		return err
	}
	return binary.Write(w, binary.LittleEndian, x)
}

// WriteText writes a single text of ASCII characters.
func WriteText(w io.Writer, text string) error {
	if err := writeHeader(w, fmt.Sprintf("|S%d", len(text)), "()"); err != nil {
		return err
	}
	_, err := io.WriteString(w, text)
	return err
}

// DescrOf returns what NumPy calls the type T, little-endian.
func DescrOf[T float32 | float64]() string {
	if _, ok := any(T(0)).(float32); ok {
		return "<f4"
	}
	return "<f8"
}

// writeHeader writes a header after which the elements begin at a multiple of 64 bytes.
func writeHeader(w io.Writer, descr, shape string) error {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
	const prefix = len(magic) + 4 // version and length
	header += strings.Repeat(" ", 63-(prefix+len(header))%64) + "\n"
	start := append([]byte(magic), 1, 0, byte(len(header)), byte(len(header)>>8))
	_, err := w.Write(append(start, header...))
	return err
}
