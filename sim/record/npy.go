package record

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"slices"
	"strings"
)

// WriteNPY writes a matrix (rows×len(x)/rows, row-major) in the NPY format,
// version 1.0, little-endian, which numpy.load opens.
func WriteNPY[T float32 | float64](w io.Writer, x []T, rows int) error {
	cols := len(x) / max(1, rows)
	return WriteNPYRows(w, rows, cols, func(i int) []T { return x[i*cols : (i+1)*cols] })
}

// WriteNPYRows is [WriteNPY] of a matrix that is made row by row.
func WriteNPYRows[T float32 | float64](w io.Writer, rows, cols int, row func(i int) []T) error {
	kind := "<f8"
	if _, ok := any([]T(nil)).([]float32); ok {
		kind = "<f4"
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }", kind, rows, cols)
	const prefix = 10 // magic, version and length
	header += strings.Repeat(" ", 63-(prefix+len(header))%64) + "\n"
	magic := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8))
	if _, err := w.Write(append(magic, header...)); err != nil {
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

type sum struct{ hash.Hash }

func newSum() sum { return sum{sha256.New()} }

func (s sum) hex() string { return hex.EncodeToString(s.Sum(nil)) }
