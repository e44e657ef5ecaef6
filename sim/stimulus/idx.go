package stimulus

import (
	"encoding/binary"
	"fmt"
	"io"

	"partsnet/sim/elements"
)

// idxFormat is the format of MNIST.
var idxFormat = Format{
	Name: "IDX file", Doc: "unsigned bytes in the format of MNIST, stimuli × neurons or stimuli × height × width", Run: "images",
	Endings: []string{"ubyte", ".idx"}, Gzip: true, shape: readIDXHeader, read: stream(readIDX),
}

// readIDX reads unsigned bytes in the IDX format of LeCun: two zero bytes, the
// type 8, the number of dimensions, each dimension as 4 bytes big-endian, then
// the values, the last index fastest. Two dimensions are stimuli × neurons,
// three are images.
func readIDX(r io.Reader) (*Set, error) {
	dims, err := readIDXHeader(r)
	if err != nil {
		return nil, err
	}
	values, err := elements.Count(dims)
	if err != nil {
		return nil, err
	}
	rates, err := elements.Read(r, values, 1, func(b []byte) float64 { return float64(b[0]) })
	if err != nil {
		return nil, err
	}
	return newSet(dims, rates), elements.AtEnd(r, values)
}

// readIDXHeader returns the dimensions.
func readIDXHeader(r io.Reader) ([]int64, error) {
	var magic [4]byte
	if _, err := io.ReadFull(r, magic[:]); err != nil {
		return nil, fmt.Errorf("no IDX header: %w", err)
	}
	if magic[0] != 0 || magic[1] != 0 || magic[2] != 8 || magic[3] < 2 || magic[3] > 3 {
		return nil, fmt.Errorf("header % x; allowed are IDX files of unsigned bytes (00 00 08) with 2 or 3 dimensions", magic)
	}
	stored := make([]uint32, magic[3])
	if err := binary.Read(r, binary.BigEndian, stored); err != nil {
		return nil, fmt.Errorf("the IDX header ends early: %w", err)
	}
	var dims []int64
	for _, d := range stored {
		dims = append(dims, int64(d))
	}
	return dims, nil
}

// newSet returns a set of dimensions m×n or m×height×width.
func newSet(dims []int64, rates []float64) *Set {
	s := &Set{Rates: rates, Count: int(dims[0]), Size: int(dims[1])}
	if len(dims) == 3 {
		s.Height, s.Width = int(dims[1]), int(dims[2])
		s.Size = s.Height * s.Width
	}
	return s
}
