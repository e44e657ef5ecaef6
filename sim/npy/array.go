package npy

import (
	"bufio"
	"fmt"
	"io"
	"os"

	"partsnet/sim/elements"
)

// Array is an array of real numbers of any sign.
type Array struct {
	Shape  []int     // empty for a single number
	Values []float64 // row-major
}

// Rows returns the length of the first axis, 1 for a single number.
func (a *Array) Rows() int {
	if len(a.Shape) == 0 {
		return 1
	}
	return a.Shape[0]
}

// Cols returns the number of elements of a row: the product of all axes but the first.
func (a *Array) Cols() int { return len(a.Values) / a.Rows() }

// Row returns row i, a view.
func (a *Array) Row(i int) []float64 { return a.Values[i*a.Cols() : (i+1)*a.Cols()] }

// Read reads an array.
func Read(r io.Reader) (*Array, error) {
	h, err := ReadHeader(r)
	if err != nil {
		return nil, err
	}
	values, err := h.Values(r)
	if err != nil {
		return nil, err
	}
	a := &Array{Values: values}
	for _, d := range h.Shape {
		a.Shape = append(a.Shape, int(d))
	}
	return a, nil
}

// ReadFile reads the array of an .npy file. Errors name the file.
func ReadFile(path string) (*Array, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	a, err := Read(elements.NewFile(bufio.NewReaderSize(f, 1<<16), info.Size()))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return a, nil
}
