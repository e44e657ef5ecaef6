package stimulus

import (
	"bufio"
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"partsnet/sim/archive"
	"partsnet/sim/elements"
)

// readMAT reads one array of a MATLAB file of version 5 to 7: the one of that name or,
// where none is given, the only array of numbers, or the first that is called like
// [stimulusArrays]. Rows are stimuli; MATLAB stores columns one after the other, and
// often holds a stimulus in each, which stimulus.transpose turns. Sparse arrays are
// counts.
func readMAT(file, name string) (*Set, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	sets, err := matArrays(bufio.NewReader(f), name)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, s := range sets {
		names = append(names, s.Source)
	}
	i, err := chooseArray(names, name, file)
	if err != nil {
		return nil, err
	}
	return sets[i], nil
}

// The types of elements that matter here.
const (
	matInt8       = 1
	matInt32      = 5
	matUint32     = 6
	matMatrix     = 14
	matCompressed = 15
)

// matNumbers reads numbers of each type: the bytes of one and its value.
var matNumbers = map[uint32]struct {
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

// matArrays returns the arrays of numbers of a file, each with its name as source. Of
// arrays that are not wanted, where one is, only names are kept.
func matArrays(r io.Reader, want string) ([]*Set, error) {
	var header [128]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return nil, errors.New("no MATLAB header of 128 bytes")
	}
	if bytes.HasPrefix(header[:], []byte("MATLAB 7.3")) {
		return nil, errors.New("a MATLAB file of version 7.3, which is HDF5; in MATLAB, save(file, '-v7') writes one that can be read")
	}
	m := &matReader{order: binary.LittleEndian, want: want, left: MaxValues}
	switch string(header[126:]) {
	case "IM":
	case "MI":
		m.order = binary.BigEndian
	default:
		return nil, errors.New("no MATLAB file of version 5 to 7; in MATLAB, save(file, '-v7') writes one")
	}
	for {
		kind, size, _, err := m.tag(r)
		if err == io.EOF {
			return m.sets, nil
		}
		if err == nil {
			err = m.element(kind, io.LimitReader(r, int64(size)))
		}
		if err != nil {
			return nil, fmt.Errorf("after %d arrays: %w", len(m.sets), err)
		}
	}
}

type matReader struct {
	order binary.ByteOrder
	want  string
	sets  []*Set
	left  int64 // numbers that there may still be

	ratio archive.Ratio // of all compressed elements together, because a file may have many
}

// tag reads the tag of an element. Four bytes of content and fewer stand in the tag
// itself and are returned.
func (m *matReader) tag(r io.Reader) (kind, size uint32, inside []byte, err error) {
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
func (m *matReader) element(kind uint32, r io.Reader) error {
	switch kind {
	case matMatrix:
		if err := m.matrix(r); err != nil {
			return err
		}
	case matCompressed:
		p, err := m.ratio.Unpack(r, func(packed io.Reader) (io.Reader, error) { return zlib.NewReader(packed) })
		if err != nil {
			return err
		}
		inner, size, _, err := m.tag(p)
		if err != nil {
			return err
		}
		if inner == matMatrix {
			if err := m.matrix(io.LimitReader(p, int64(size))); err != nil {
				return err
			}
		}
	}
	_, err := io.Copy(io.Discard, r)
	return err
}

// numbers reads an element of numbers, of which there may be so many, and the
// padding behind it.
func (m *matReader) numbers(r io.Reader, most int64) ([]float64, error) {
	kind, size, inside, err := m.tag(r)
	if err != nil {
		return nil, noEnd(err)
	}
	number, ok := matNumbers[kind]
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

// Classes of arrays.
const (
	matSparse = 5
	matDouble = 6 // the first class of dense numbers
	matUint64 = 15
)

// matrix reads an array. What holds no numbers is passed over.
func (m *matReader) matrix(r io.Reader) error {
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
	if class != matSparse && (class < matDouble || class > matUint64) || complex || len(dims) != 2 && len(dims) != 3 {
		return nil
	}
	if m.want != "" && m.want != name {
		m.sets = append(m.sets, &Set{Source: name})
		return nil
	}
	var set *Set
	if class == matSparse {
		set, err = m.sparse(r, dims)
	} else {
		set, err = m.dense(r, dims)
	}
	if err != nil {
		return fmt.Errorf("array %s: %w", name, err)
	}
	set.Source = name
	m.sets = append(m.sets, set)
	return nil
}

func noFlags(err error) error {
	if err == nil {
		return errors.New("not two numbers")
	}
	return err
}

func (m *matReader) dense(r io.Reader, dims []float64) (*Set, error) {
	var sizes []int64
	for _, d := range dims {
		sizes = append(sizes, int64(d))
	}
	values, err := elements.Count(sizes)
	if err != nil {
		return nil, err
	}
	x, err := m.numbers(r, values)
	if err != nil {
		return nil, err
	}
	if int64(len(x)) != values {
		return nil, fmt.Errorf("%d values for dimensions %v", len(x), dims)
	}
	return newSet(sizes, elements.RowMajor(x, sizes)), nil
}

// sparse reads an array by columns: the row of each entry, where each column begins,
// the entries.
func (m *matReader) sparse(r io.Reader, dims []float64) (*Set, error) {
	if len(dims) != 2 || !(dims[0] >= 1 && dims[0] <= MaxStimuli && dims[1] >= 1 && dims[1] <= MaxStimuli) {
		return nil, fmt.Errorf("a sparse array of dimensions %v; allowed are two of 1 to %d", dims, MaxStimuli)
	}
	rows, err := m.numbers(r, MaxValues)
	if err != nil {
		return nil, err
	}
	starts, err := m.numbers(r, MaxStimuli+1)
	if err != nil {
		return nil, err
	}
	values, err := m.numbers(r, MaxValues)
	if err != nil {
		return nil, err
	}
	if len(starts) != int(dims[1])+1 {
		return nil, fmt.Errorf("%d columns begin; there are %v", len(starts)-1, dims[1])
	}
	var e entries
	for j := range len(starts) - 1 {
		from, to := starts[j], starts[j+1]
		if !(from >= 0 && from <= to && to <= float64(len(rows)) && to <= float64(len(values))) {
			return nil, fmt.Errorf("column %d reaches from entry %v to %v of %d", j+1, from, to, len(values))
		}
		for k := int(from); k < int(to); k++ {
			if i := rows[k]; !(i >= 0 && i < dims[0]) {
				return nil, fmt.Errorf("column %d has an entry in row %v of %v", j+1, i+1, dims[0])
			}
			if values[k] != 0 {
				e.add(int(rows[k]), j, values[k])
			}
		}
	}
	return e.set(int(dims[0]), int(dims[1]))
}
