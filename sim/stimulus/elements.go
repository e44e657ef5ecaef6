package stimulus

import (
	"fmt"
	"io"
	"slices"
)

// MaxValues is the largest number of values that a source may hold: 2²⁸, or
// 2 GiB as float64.
const MaxValues = 1 << 28

// stored is a file that is read as it is stored, and how many bytes of it are left.
type stored struct {
	io.Reader
	left int64
}

// Read reads and counts.
func (s *stored) Read(b []byte) (int, error) {
	n, err := s.Reader.Read(b)
	s.left -= int64(n)
	return n, err
}

// readElements reads count numbers of size bytes each. What it allocates grows
// with the bytes that are there and not with the count, which a header may
// invent: at once where a file is read as it is stored, in pieces that are joined in the
// end where it is unpacked.
func readElements(r io.Reader, count int64, size int, value func(b []byte) float64) ([]float64, error) {
	const chunk = 1 << 13 // numbers
	buf := make([]byte, chunk*size)
	var pieces [][]float64
	room := min(count, chunk)
	if f, ok := r.(*stored); ok {
		room = max(room, min(count, f.left/int64(size)))
	}
	out := make([]float64, 0, room)
	for left := count; left > 0; {
		n, err := io.ReadFull(r, buf[:min(left, chunk)*int64(size)])
		if len(out)+n/size > cap(out) {
			pieces, out = append(pieces, out), make([]float64, 0, chunk)
		}
		for k := 0; k+size <= n; k += size {
			out = append(out, value(buf[k:]))
		}
		left -= int64(n / size)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil, fmt.Errorf("%d values announced, %d there: %w", count, count-left, io.ErrUnexpectedEOF)
		}
		if err != nil {
			return nil, err
		}
	}
	if pieces == nil {
		return out, nil
	}
	return slices.Concat(append(pieces, out)...), nil
}

// atEnd returns an error if there is more to read.
func atEnd(r io.Reader, count int64) error {
	var b [1]byte
	switch _, err := io.ReadFull(r, b[:]); err {
	case io.EOF:
		return nil
	case nil:
		return fmt.Errorf("more than the %d values announced", count)
	default:
		return fmt.Errorf("after %d values: %w", count, err)
	}
}

// product returns the product of dimensions, each at least 1, at the most
// MaxValues.
func product(dims []int64) (int64, error) {
	values := int64(1)
	for _, d := range dims {
		if d < 1 || d > MaxValues/values {
			return 0, fmt.Errorf("dimensions %v; allowed are at least 1 each and %d values in all", dims, MaxValues)
		}
		values *= d
	}
	return values, nil
}
