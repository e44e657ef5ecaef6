package matlab

import (
	"errors"
	"fmt"
	"io"

	"partsnet/sim/elements"
)

// Classes of arrays.
const (
	classSparse = 5
	classDouble = 6 // the first class of dense numbers
	classUint64 = 15
)

// matrix reads an array. What holds no numbers is passed over.
func (m *reader) matrix(r io.Reader) error {
	flags, err := m.numbers(r, 2)
	if err != nil || len(flags) != 2 {
		return fmt.Errorf("the flags of an array: %w", noFlags(err))
	}
	class := uint32(flags[0]) & 0xff
	complex := uint32(flags[0])&0x800 != 0
	dims, err := m.numbers(r, 32)
	if err != nil {
		return fmt.Errorf("the dimensions of an array: %w", err)
	}
	letters, err := m.numbers(r, 4096)
	if err != nil {
		return fmt.Errorf("the name of an array: %w", err)
	}
	name := ""
	for _, c := range letters {
		name += string(rune(byte(c)))
	}
	if class != classSparse && (class < classDouble || class > classUint64) || complex || len(dims) != 2 && len(dims) != 3 {
		return nil
	}
	if m.want != "" && m.want != name {
		m.arrays = append(m.arrays, &Array{Name: name})
		return nil
	}
	a := &Array{Name: name}
	for _, d := range dims {
		a.Dims = append(a.Dims, int64(d))
	}
	if class == classSparse {
		a.Sparse, err = m.sparse(r, dims)
	} else {
		a.Values, err = m.dense(r, a.Dims)
	}
	if err != nil {
		return fmt.Errorf("array %s: %w", name, err)
	}
	m.arrays = append(m.arrays, a)
	return nil
}

func noFlags(err error) error {
	if err == nil {
		return errors.New("not two numbers")
	}
	return err
}

// dense reads the numbers of an array, which stand column by column.
func (m *reader) dense(r io.Reader, dims []int64) ([]float64, error) {
	count, err := elements.Count(dims)
	if err != nil {
		return nil, err
	}
	x, err := m.numbers(r, count)
	if err != nil {
		return nil, err
	}
	if int64(len(x)) != count {
		return nil, fmt.Errorf("%d values for dimensions %v", len(x), dims)
	}
	return elements.RowMajor(x, dims), nil
}

// sparse reads an array by columns: the row of each entry, where each column begins,
// the entries.
func (m *reader) sparse(r io.Reader, dims []float64) (*Sparse, error) {
	if len(dims) != 2 || !(dims[0] >= 1 && dims[0] <= maxSparse && dims[1] >= 1 && dims[1] <= maxSparse) {
		return nil, fmt.Errorf("a sparse array of dimensions %v; allowed are two of 1 to %d", dims, maxSparse)
	}
	rows, err := m.numbers(r, elements.Max)
	if err != nil {
		return nil, err
	}
	starts, err := m.numbers(r, maxSparse+1)
	if err != nil {
		return nil, err
	}
	values, err := m.numbers(r, elements.Max)
	if err != nil {
		return nil, err
	}
	if len(starts) != int(dims[1])+1 {
		return nil, fmt.Errorf("%d columns begin; there are %v", len(starts)-1, dims[1])
	}
	for j := range len(starts) - 1 {
		from, to := starts[j], starts[j+1]
		if !(from >= 0 && from <= to && to <= float64(len(rows)) && to <= float64(len(values))) {
			return nil, fmt.Errorf("column %d reaches from entry %v to %v of %d", j+1, from, to, len(values))
		}
		for k := int(from); k < int(to); k++ {
			if i := rows[k]; !(i >= 0 && i < dims[0]) {
				return nil, fmt.Errorf("column %d has an entry in row %v of %v", j+1, i+1, dims[0])
			}
		}
	}
	return &Sparse{rows: rows, values: values, starts: starts}, nil
}
