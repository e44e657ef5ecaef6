// Package npy reads and writes arrays in the NPY format of NumPy: real numbers of any type,
// byte order and sign, in C or Fortran order, versions 1 to 3.
//
// Files are not trusted. An array is allocated for the bytes that are present, whatever its
// header announces, and has at most [elements.Max] elements.
package npy

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"partsnet/sim/elements"
)

// Header is what an NPY file says of its array.
type Header struct {
	Descr   string  // type and byte order: "<f8"
	Fortran bool    // the first index varies fastest
	Shape   []int64 // empty for a single number
}

// The entries of a header, which is a Python dictionary in text.
var (
	descrEntry   = regexp.MustCompile(`'descr'\s*:\s*(?:'([^']*)'|(\[.*\]))`)
	fortranEntry = regexp.MustCompile(`'fortran_order'\s*:\s*(True|False)`)
	shapeEntry   = regexp.MustCompile(`'shape'\s*:\s*\(([0-9, ]*)\)`)
)

// ReadHeader reads the header of an NPY file; the elements follow in r.
func ReadHeader(r io.Reader) (*Header, error) {
	text, err := dictionary(r)
	if err != nil {
		return nil, err
	}
	descr, fortran, shape := descrEntry.FindStringSubmatch(text), fortranEntry.FindStringSubmatch(text), shapeEntry.FindStringSubmatch(text)
	if descr == nil || fortran == nil || shape == nil {
		return nil, fmt.Errorf("the NPY header %q has no descr, fortran_order and shape", text)
	}
	h := &Header{Descr: descr[1] + descr[2], Fortran: fortran[1] == "True"}
	for _, f := range strings.FieldsFunc(shape[1], func(c rune) bool { return c == ',' || c == ' ' }) {
		d, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the NPY header gives the shape (%s): %w", shape[1], err)
		}
		h.Shape = append(h.Shape, d)
	}
	return h, nil
}

// dictionary returns the text of a header.
func dictionary(r io.Reader) (string, error) {
	var start [8]byte // magic and version
	if _, err := io.ReadFull(r, start[:]); err != nil || string(start[:6]) != magic {
		return "", errors.New("no NPY header; it must begin with \\x93NUMPY")
	}
	var length uint32
	var err error
	switch start[6] {
	case 1:
		var short uint16
		err = binary.Read(r, binary.LittleEndian, &short)
		length = uint32(short)
	case 2, 3:
		err = binary.Read(r, binary.LittleEndian, &length)
	default:
		return "", fmt.Errorf("NPY version %d; allowed are 1, 2 and 3", start[6])
	}
	if err != nil {
		return "", fmt.Errorf("the NPY header ends early: %w", err)
	}
	const longest = 1 << 16
	if length > longest {
		return "", fmt.Errorf("an NPY header of %d bytes; allowed are %d", length, longest)
	}
	text := make([]byte, length)
	if _, err := io.ReadFull(r, text); err != nil {
		return "", fmt.Errorf("the NPY header ends early: %w", err)
	}
	return string(text), nil
}

// element returns the size in bytes of an element of the array and how to read it.
func (h *Header) element() (size int, value func(b []byte) float64, err error) {
	bad := fmt.Errorf("an array of type %s; allowed are real numbers: b1, i1 to i8, u1 to u8, f4, f8. In NumPy, a.astype(float) converts", h.Descr)
	if len(h.Descr) != 3 {
		return 0, nil, bad
	}
	var order binary.ByteOrder = binary.LittleEndian
	if h.Descr[0] == '>' {
		order = binary.BigEndian
	}
	switch h.Descr[1:] {
	case "b1", "u1":
		return 1, func(b []byte) float64 { return float64(b[0]) }, nil
	case "i1":
		return 1, func(b []byte) float64 { return float64(int8(b[0])) }, nil
	case "u2":
		return 2, func(b []byte) float64 { return float64(order.Uint16(b)) }, nil
	case "i2":
		return 2, func(b []byte) float64 { return float64(int16(order.Uint16(b))) }, nil
	case "u4":
		return 4, func(b []byte) float64 { return float64(order.Uint32(b)) }, nil
	case "i4":
		return 4, func(b []byte) float64 { return float64(int32(order.Uint32(b))) }, nil
	case "f4":
		return 4, func(b []byte) float64 { return float64(math.Float32frombits(order.Uint32(b))) }, nil
	case "u8":
		return 8, func(b []byte) float64 { return float64(order.Uint64(b)) }, nil
	case "i8":
		return 8, func(b []byte) float64 { return float64(int64(order.Uint64(b))) }, nil
	case "f8":
		return 8, func(b []byte) float64 { return math.Float64frombits(order.Uint64(b)) }, nil
	}
	return 0, nil, bad
}

// Values reads the elements, the last index fastest, up to the end of r.
func (h *Header) Values(r io.Reader) ([]float64, error) {
	size, value, err := h.element()
	if err != nil {
		return nil, err
	}
	count, err := elements.Count(h.Shape)
	if err != nil {
		return nil, err
	}
	x, err := elements.Read(r, count, size, value)
	if err != nil {
		return nil, err
	}
	if h.Fortran {
		x = elements.RowMajor(x, h.Shape)
	}
	return x, elements.AtEnd(r, count)
}
