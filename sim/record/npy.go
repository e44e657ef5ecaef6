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
	kind := "<f8"
	if _, ok := any(x).([]float32); ok {
		kind = "<f4"
	}
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }", kind, rows, len(x)/max(1, rows))
	const prefix = 10 // magic, version and length
	header += strings.Repeat(" ", 63-(prefix+len(header))%64) + "\n"
	magic := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8))
	if _, err := w.Write(append(magic, header...)); err != nil {
		return err
	}
	const chunk = 1 << 13 // binary.Write makes a copy of what it writes
	for part := range slices.Chunk(x, chunk) {
		if err := binary.Write(w, binary.LittleEndian, part); err != nil {
			return err
		}
	}
	return nil
}

type sum struct{ hash.Hash }

func newSum() sum { return sum{sha256.New()} }

func (s sum) hex() string { return hex.EncodeToString(s.Sum(nil)) }
