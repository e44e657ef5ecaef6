package stimulus

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// readIDX reads unsigned bytes in the IDX format of LeCun: two zero bytes, the
// type 8, the number of dimensions, each dimension as 4 bytes big-endian, then
// the values, the last index fastest. Two dimensions are stimuli × neurons,
// three are images.
func readIDX(r io.Reader, source string) (*Set, error) {
	b := bufio.NewReader(r)
	var magic [4]byte
	if _, err := io.ReadFull(b, magic[:]); err != nil {
		return nil, fmt.Errorf("%s: no IDX header: %w", source, err)
	}
	if magic[0] != 0 || magic[1] != 0 || magic[2] != 8 || magic[3] < 2 || magic[3] > 3 {
		return nil, fmt.Errorf("%s: header % x; allowed are IDX files of unsigned bytes (00 00 08) with 2 or 3 dimensions", source, magic)
	}
	dims := make([]uint32, magic[3])
	if err := binary.Read(b, binary.BigEndian, dims); err != nil {
		return nil, fmt.Errorf("%s: the IDX header ends early: %w", source, err)
	}
	values := int64(1)
	for _, d := range dims {
		values *= int64(d)
		if d == 0 || values > MaxValues {
			return nil, fmt.Errorf("%s: dimensions %v; allowed are at least 1 each and %d values in all", source, dims, MaxValues)
		}
	}
	set := &Set{Count: int(dims[0]), Size: int(values / int64(dims[0])), Source: source}
	if len(dims) == 3 {
		set.Height, set.Width = int(dims[1]), int(dims[2])
	}
	data, err := io.ReadAll(io.LimitReader(b, values))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	if int64(len(data)) < values {
		return nil, fmt.Errorf("%s: %d values announced, %d there: %w", source, values, len(data), io.ErrUnexpectedEOF)
	}
	if _, err := b.ReadByte(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than the %d values announced", source, values)
	}
	set.Rates = make([]float64, values)
	for i, x := range data {
		set.Rates[i] = float64(x)
	}
	return set, nil
}
