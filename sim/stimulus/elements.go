package stimulus

import (
	"fmt"
	"io"
)

// MaxValues is the largest number of values that a source may hold: 2²⁸, or
// 2 GiB as float64.
const MaxValues = 1 << 28

// readElements reads count numbers of size bytes each. What it allocates grows
// with the bytes that are there and not with the count, which a header may
// invent.
func readElements(r io.Reader, count int64, size int, value func(b []byte) float64) ([]float64, error) {
	const chunk = 1 << 13 // numbers
	buf := make([]byte, chunk*size)
	var out []float64
	for left := count; left > 0; {
		n, err := io.ReadFull(r, buf[:min(left, chunk)*int64(size)])
		for k := 0; k+size <= n; k += size {
			out = append(out, value(buf[k:]))
		}
		left -= int64(n / size)
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return nil, fmt.Errorf("%d values announced, %d there: %w", count, len(out), io.ErrUnexpectedEOF)
		}
		if err != nil {
			return nil, err
		}
	}
	return out, nil
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
