// Package elements reads numbers of a fixed size one after the other, as the bodies of array
// files hold them. Files are not trusted: memory is allocated for the bytes that are present,
// whatever number of elements a header announces.
package elements

import (
	"fmt"
	"io"
	"slices"
)

// Max is the largest number of elements of one array: 2²⁸, or 2 GiB as float64.
const Max = 1 << 28

// File is a file that is read as it is stored. Its size bounds the elements that it can hold,
// so that they are allocated at once.
type File struct {
	r    io.Reader
	left int64 // bytes
}

// NewFile returns a file of size bytes that r reads.
func NewFile(r io.Reader, size int64) *File { return &File{r, size} }

// Read reads and counts.
func (f *File) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	f.left -= int64(n)
	return n, err
}

// Read reads count elements of size bytes each. It allocates what a [File] can hold at once,
// and for any other reader pieces, which are joined at the end.
func Read(r io.Reader, count int64, size int, value func(b []byte) float64) ([]float64, error) {
	const chunk = 1 << 13 // elements
	buf := make([]byte, chunk*size)
	var pieces [][]float64
	room := min(count, chunk)
	if f, ok := r.(*File); ok {
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

// AtEnd returns an error if there is more to read after count elements.
func AtEnd(r io.Reader, count int64) error {
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

// Count returns the number of elements of an array with the given dimensions. Each dimension
// is at least 1, and the array has at most [Max] elements.
func Count(dims []int64) (int64, error) {
	count := int64(1)
	for _, d := range dims {
		if d < 1 || d > Max/count {
			return 0, fmt.Errorf("dimensions %v; allowed are at least 1 each and %d values in all", dims, Max)
		}
		count *= d
	}
	return count, nil
}

// RowMajor returns elements that are stored with the first index fastest (Fortran, MATLAB)
// with the last index fastest.
func RowMajor(x []float64, dims []int64) []float64 {
	out := make([]float64, 0, len(x))
	var fill func(axis int, from, step int64)
	fill = func(axis int, from, step int64) {
		for k := range dims[axis] {
			if at := from + k*step; axis == len(dims)-1 {
				out = append(out, x[at])
			} else {
				fill(axis+1, at, step*dims[axis])
			}
		}
	}
	if len(dims) == 0 {
		return x
	}
	fill(0, 0, 1)
	return out
}
