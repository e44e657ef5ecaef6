package stimulus

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"partsnet/sim/elements"
)

// matrixMarketFormat is the MatrixMarket format.
var matrixMarketFormat = Format{
	Name: "MatrixMarket file", Doc: "a row a stimulus; \"coordinate\" is read as counts, \"array\" as rates", Run: "table",
	Endings: []string{".mtx"}, Gzip: true, Counts: true, Reading: growing, read: stream(readMatrixMarket),
}

// readMatrixMarket reads a matrix in the MatrixMarket format, one stimulus a row:
// as counts where it is "coordinate" and dense where it is "array".
func readMatrixMarket(r io.Reader) (*Set, error) {
	m := marketReader{lines: bufio.NewScanner(r)}
	m.lines.Buffer(nil, 1<<20)
	if !m.lines.Scan() {
		return nil, errors.New("no MatrixMarket header; it must begin with %%MatrixMarket matrix")
	}
	m.number = 1
	kind := strings.Fields(strings.ToLower(m.lines.Text()))
	if len(kind) != 5 || kind[0] != "%%matrixmarket" || kind[1] != "matrix" ||
		!slices.Contains([]string{"coordinate", "array"}, kind[2]) ||
		!slices.Contains([]string{"real", "integer", "pattern"}, kind[3]) ||
		!slices.Contains([]string{"general", "symmetric"}, kind[4]) || kind[2] == "array" && kind[3] == "pattern" {
		return nil, fmt.Errorf("line 1: %q; allowed is %%%%MatrixMarket matrix, then coordinate or array; real, integer or (coordinate) pattern; general or symmetric", m.lines.Text())
	}
	m.pattern, m.symmetric = kind[3] == "pattern", kind[4] == "symmetric"
	if kind[2] == "array" {
		return m.array()
	}
	return m.coordinate()
}

// marketReader is a MatrixMarket file behind its header.
type marketReader struct {
	lines              *bufio.Scanner
	number             int // of the present line
	pattern, symmetric bool
	entries            entries
}

// next returns the fields of the next line that holds any.
func (m *marketReader) next() (fields [][]byte, more bool) {
	for m.lines.Scan() {
		m.number++
		if fields := bytes.Fields(m.lines.Bytes()); len(fields) > 0 && fields[0][0] != '%' {
			return fields, true
		}
		m.entries.skip()
	}
	return nil, false
}

// sizes reads the line of sizes.
func (m *marketReader) sizes(limits ...int) ([]int, error) {
	fields, more := m.next()
	if !more || len(fields) != len(limits) {
		return nil, fmt.Errorf("line %d: expected %d sizes", m.number, len(limits))
	}
	var sizes []int
	for k, f := range fields {
		x, err := index(f, limits[k])
		if err != nil {
			return nil, fmt.Errorf("line %d: size %d: %w", m.number, k+1, err)
		}
		sizes = append(sizes, x)
	}
	if m.symmetric && sizes[0] != sizes[1] {
		return nil, fmt.Errorf("line %d: a symmetric matrix of %d×%d", m.number, sizes[0], sizes[1])
	}
	return sizes, nil
}

func (m *marketReader) coordinate() (*Set, error) {
	sizes, err := m.sizes(MaxStimuli, MaxStimuli, maxValues)
	if err != nil {
		return nil, err
	}
	e := &m.entries
	e.first, e.shifts = m.number+1, nil
	read, zeros := 0, 0
	for fields, more := m.next(); more; fields, more = m.next() {
		if read++; read > sizes[2] {
			return nil, fmt.Errorf("line %d: more than the %d entries announced", m.number, sizes[2])
		}
		if m.pattern && len(fields) != 2 || !m.pattern && len(fields) != 3 {
			return nil, fmt.Errorf("line %d: %q; expected row, column and, unless the matrix is a pattern, value", m.number, m.lines.Bytes())
		}
		i, err := index(fields[0], sizes[0])
		if err != nil {
			return nil, fmt.Errorf("line %d: row: %w", m.number, err)
		}
		j, err := index(fields[1], sizes[1])
		if err != nil {
			return nil, fmt.Errorf("line %d: column: %w", m.number, err)
		}
		x := 1.0
		if !m.pattern {
			if x, err = rate(fields[2]); err != nil {
				return nil, fmt.Errorf("line %d: value: %w", m.number, err)
			}
		}
		if x == 0 {
			zeros++
			e.skip()
			continue
		}
		e.add(i-1, j-1, x)
		if m.symmetric && i != j {
			e.repeat()
			e.add(j-1, i-1, x)
		}
	}
	if err := m.lines.Err(); err != nil {
		return nil, fmt.Errorf("after line %d: %w", m.number, err)
	}
	if read != sizes[2] {
		return nil, fmt.Errorf("%d entries announced, %d there: %w", sizes[2], read, io.ErrUnexpectedEOF)
	}
	return e.withZeros(zeros, sizes[0], sizes[1])
}

// array reads values column by column.
func (m *marketReader) array() (*Set, error) {
	sizes, err := m.sizes(MaxStimuli, MaxStimuli)
	if err != nil {
		return nil, err
	}
	rows, cols := sizes[0], sizes[1]
	count, err := elements.Count([]int64{int64(rows), int64(cols)})
	if err != nil {
		return nil, err
	}
	if m.symmetric {
		count = int64(rows) * int64(rows+1) / 2
	}
	var columns []float64
	for fields, more := m.next(); more; fields, more = m.next() {
		for _, f := range fields {
			x, err := rate(f)
			if err != nil {
				return nil, fmt.Errorf("line %d: value: %w", m.number, err)
			}
			if columns = append(columns, x); int64(len(columns)) > count {
				return nil, fmt.Errorf("line %d: more than the %d values announced", m.number, count)
			}
		}
	}
	if err := m.lines.Err(); err != nil {
		return nil, fmt.Errorf("after line %d: %w", m.number, err)
	}
	if int64(len(columns)) != count {
		return nil, fmt.Errorf("%d values announced, %d there: %w", count, len(columns), io.ErrUnexpectedEOF)
	}
	s := &Set{Rates: make([]float64, rows*cols), Count: rows, Size: cols}
	for j := range cols {
		first := 0
		if m.symmetric {
			first = j
		}
		for i := first; i < rows; i++ {
			s.Rates[i*cols+j] = columns[0]
			if m.symmetric {
				s.Rates[j*cols+i] = columns[0]
			}
			columns = columns[1:]
		}
	}
	return s, nil
}

// rate reads a finite number that is not negative.
func rate(field []byte) (float64, error) {
	x, err := strconv.ParseFloat(string(field), 64)
	if err != nil || !(x >= 0) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("%q; rates are finite and never negative", field)
	}
	return x, nil
}
