// Package matlab reads the arrays of numbers of MATLAB files of version 5 to 7, dense and
// sparse, packed or not. Texts, structures, cells and complex numbers are passed over.
//
// Files are not trusted: memory is allocated for the bytes that are present, and what is
// packed may not unpack out of proportion.
package matlab

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"

	"partsnet/sim/archive"
	"partsnet/sim/elements"
)

// maxSparse bounds the rows and the columns of a sparse array.
const maxSparse = 1 << 24

// Array is an array of real numbers of two or three dimensions.
type Array struct {
	Name   string
	Dims   []int64
	Values []float64 // row-major; nil for a sparse array, or one that was not wanted
	Sparse *Sparse   // or nil
}

// Sparse holds the entries of a sparse array column by column.
type Sparse struct {
	rows, values []float64
	starts       []float64 // where each column begins, and the number of entries
}

// Each visits the entries that are not 0, both indices from 0.
func (s *Sparse) Each(visit func(row, col int, value float64)) {
	for j := range len(s.starts) - 1 {
		for k := int(s.starts[j]); k < int(s.starts[j+1]); k++ {
			if s.values[k] != 0 {
				visit(int(s.rows[k]), j, s.values[k])
			}
		}
	}
}

// The types of elements that matter here.
const (
	typeMatrix     = 14
	typeCompressed = 15
)

// numberTypes reads numbers of each type: the bytes of one and its value.
var numberTypes = map[uint32]struct {
	size  int
	value func(o binary.ByteOrder, b []byte) float64
}{
	1:  {1, func(_ binary.ByteOrder, b []byte) float64 { return float64(int8(b[0])) }},
	2:  {1, func(_ binary.ByteOrder, b []byte) float64 { return float64(b[0]) }},
	3:  {2, func(o binary.ByteOrder, b []byte) float64 { return float64(int16(o.Uint16(b))) }},
	4:  {2, func(o binary.ByteOrder, b []byte) float64 { return float64(o.Uint16(b)) }},
	5:  {4, func(o binary.ByteOrder, b []byte) float64 { return float64(int32(o.Uint32(b))) }},
	6:  {4, func(o binary.ByteOrder, b []byte) float64 { return float64(o.Uint32(b)) }},
	7:  {4, func(o binary.ByteOrder, b []byte) float64 { return float64(math.Float32frombits(o.Uint32(b))) }},
	9:  {8, func(o binary.ByteOrder, b []byte) float64 { return math.Float64frombits(o.Uint64(b)) }},
	12: {8, func(o binary.ByteOrder, b []byte) float64 { return float64(int64(o.Uint64(b))) }},
	13: {8, func(o binary.ByteOrder, b []byte) float64 { return float64(o.Uint64(b)) }},
}

// Read returns the arrays of numbers of a file. If one is wanted by its name, only the name of
// each other array is kept.
func Read(r io.Reader, want string) ([]*Array, error) {
	var header [128]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, errors.New("no MATLAB header of 128 bytes")
	}
	if bytes.HasPrefix(header[:], []byte("MATLAB 7.3")) {
		return nil, errors.New("a MATLAB file of version 7.3, which is HDF5; in MATLAB, save(file, '-v7') writes one that can be read")
	}
	m := &reader{order: binary.LittleEndian, want: want, left: elements.Max}
	switch string(header[126:]) {
	case "IM":
	case "MI":
		m.order = binary.BigEndian
	default:
		return nil, errors.New("not a MATLAB file of version 5 to 7; in MATLAB, save(file, '-v7') writes one")
	}
	for {
		kind, size, _, err := m.tag(r)
		if err == io.EOF {
			return m.arrays, nil
		}
		if err == nil {
			err = m.element(kind, io.LimitReader(r, int64(size)))
		}
		if err != nil {
			return nil, fmt.Errorf("after %d arrays: %w", len(m.arrays), err)
		}
	}
}

// reader is a file on its way.
type reader struct {
	order  binary.ByteOrder
	want   string
	arrays []*Array
	left   int64 // numbers that there may still be

	ratio archive.Ratio // of all compressed elements together, because a file may have many
}

// tag reads the tag of an element. Four bytes of content and fewer stand in the tag
// itself and are returned.
func (m *reader) tag(r io.Reader) (kind, size uint32, inside []byte, err error) {
	var b [8]byte
	if _, err = io.ReadFull(r, b[:]); err != nil {
		return 0, 0, nil, err
	}
	kind, size = m.order.Uint32(b[:4]), m.order.Uint32(b[4:])
	if small := kind >> 16; small > 0 {
		if small > 4 {
			return 0, 0, nil, fmt.Errorf("an element of %d bytes in a tag of 4", small)
		}
		return kind & 0xffff, small, b[4 : 4+small], nil
	}
	return kind, size, nil, nil
}

// element reads one element at the top of the file, all of it.
func (m *reader) element(kind uint32, r io.Reader) error {
	switch kind {
	case typeMatrix:
		if err := m.matrix(r); err != nil {
			return err
		}
	case typeCompressed:
		p, err := m.ratio.Unpack(r, func(packed io.Reader) (io.Reader, error) { return zlib.NewReader(packed) })
		if err != nil {
			return err
		}
		inner, size, _, err := m.tag(p)
		if err != nil {
			return err
		}
		if inner == typeMatrix {
			if err := m.matrix(io.LimitReader(p, int64(size))); err != nil {
				return err
			}
		}
	}
	_, err := io.Copy(io.Discard, r)
	return err
}

// numbers reads an element of at most that many numbers, and the
// padding behind it.
func (m *reader) numbers(r io.Reader, most int64) ([]float64, error) {
	kind, size, inside, err := m.tag(r)
	if err != nil {
		return nil, noEnd(err)
	}
	number, ok := numberTypes[kind]
	if !ok {
		return nil, fmt.Errorf("an element of type %d where numbers are expected", kind)
	}
	count := int64(size) / int64(number.size)
	if most = min(most, m.left); count*int64(number.size) != int64(size) || count > most {
		return nil, fmt.Errorf("an element of %d bytes; allowed are %d numbers of %d bytes", size, most, number.size)
	}
	m.left -= count
	value := func(b []byte) float64 { return number.value(m.order, b) }
	if inside != nil {
		return elements.Read(bytes.NewReader(inside), count, number.size, value)
	}
	x, err := elements.Read(r, count, number.size, value)
	if err == nil {
		_, err = io.CopyN(io.Discard, r, int64(-size&7))
		if err == io.EOF { // the last element of a compressed array may come without padding
			err = nil
		}
	}
	return x, err
}

func noEnd(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
