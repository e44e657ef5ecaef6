package npy

import (
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strconv"
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
	for i := range rows {
		if err := Elements(w, row(i)); err != nil {
			return err
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

// HeaderOf returns the header of an array of any number of axes, of at least that many bytes: so
// that the header of a shorter array fits the place of that of a longer one.
func HeaderOf[T float32 | float64](shape []int, least int) []byte {
	axes := make([]string, len(shape))
	for k, d := range shape {
		axes[k] = strconv.Itoa(d)
	}
	return header(DescrOf[T](), "("+strings.Join(axes, ", ")+",)", least)
}

// Elements writes elements of an array behind its header.
func Elements[T float32 | float64](w io.Writer, x []T) error {
	const chunk = 1 << 13 // binary.Write makes a copy of what it writes
	for part := range slices.Chunk(x, chunk) {
		if err := binary.Write(w, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}

// writeHeader writes a header.
func writeHeader(w io.Writer, descr, shape string) error {
	_, err := w.Write(header(descr, shape, 0))
	return err
}

// header returns a header of at least that many bytes, after which the elements begin at a multiple
// of 64 bytes.
func header(descr, shape string, least int) []byte {
	text := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': %s, }", descr, shape)
	const prefix = len(magic) + 4 // version and length
	size := prefix + len(text) + 1
	size = max(least, size+(64-size%64)%64)
	text += strings.Repeat(" ", size-prefix-len(text)-1) + "\n"
	start := append([]byte(magic), 1, 0, byte(len(text)), byte(len(text)>>8))
	return append(start, text...)
}
