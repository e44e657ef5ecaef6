package stimulus

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// The entries of an NPY header, which is a Python dictionary in text.
var (
	npyDescr   = regexp.MustCompile(`'descr'\s*:\s*(?:'([^']*)'|(\[.*\]))`)
	npyFortran = regexp.MustCompile(`'fortran_order'\s*:\s*(True|False)`)
	npyShape   = regexp.MustCompile(`'shape'\s*:\s*\(([0-9, ]*)\)`)
)

// npyArray is what the header of an NPY file says.
type npyArray struct {
	descr   string // type and byte order
	fortran bool   // first index fastest
	dims    []int64
}

// readNPY reads an array in the NPY format of NumPy, versions 1 to 3: stimuli
// × neurons, or stimuli × height × width; real numbers of any type and byte
// order, in C or Fortran order.
func readNPY(r io.Reader) (*Set, error) {
	a, err := readNPYHeader(r)
	if err != nil {
		return nil, err
	}
	size, value, err := npyType(a.descr)
	if err != nil {
		return nil, err
	}
	values, err := product(a.dims)
	if err != nil {
		return nil, err
	}
	rates, err := readElements(r, values, size, value)
	if err != nil {
		return nil, err
	}
	if a.fortran {
		rates = fromFortran(rates, a.dims)
	}
	return newSet(a.dims, rates), atEnd(r, values)
}

// readNPYHeader reads the header of an array of two or three dimensions.
func readNPYHeader(r io.Reader) (*npyArray, error) {
	header, err := npyHeader(r)
	if err != nil {
		return nil, err
	}
	descr, fortran, shape := npyDescr.FindStringSubmatch(header), npyFortran.FindStringSubmatch(header), npyShape.FindStringSubmatch(header)
	if descr == nil || fortran == nil || shape == nil {
		return nil, fmt.Errorf("the NPY header %q has no descr, fortran_order and shape", header)
	}
	a := &npyArray{descr: descr[1] + descr[2], fortran: fortran[1] == "True"}
	for _, f := range strings.FieldsFunc(shape[1], func(c rune) bool { return c == ',' || c == ' ' }) {
		d, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("the NPY header gives the shape (%s): %w", shape[1], err)
		}
		a.dims = append(a.dims, d)
	}
	if len(a.dims) != 2 && len(a.dims) != 3 {
		return nil, fmt.Errorf("an array of shape (%s); allowed are stimuli × neurons and stimuli × height × width", shape[1])
	}
	return a, nil
}

// Announced returns the number of stimuli and of their values that the header of an .npy
// or IDX file gives, of which nothing else is read; ok is false where there is none.
func Announced(path string) (count, size int, ok bool) {
	f, err := os.Open(path)
	if err != nil {
		return 0, 0, false
	}
	defer f.Close()
	var dims []int64
	switch name := strings.ToLower(path); {
	case strings.HasSuffix(name, ".npy"):
		a, err := readNPYHeader(f)
		if err != nil {
			return 0, 0, false
		}
		dims = a.dims
	case strings.HasSuffix(name, "ubyte"), strings.HasSuffix(name, ".idx"):
		if dims, err = readIDXHeader(f); err != nil {
			return 0, 0, false
		}
	default:
		return 0, 0, false
	}
	values, err := product(dims)
	if err != nil {
		return 0, 0, false
	}
	return int(dims[0]), int(values / dims[0]), true
}

// npyHeader returns the dictionary of an NPY header.
func npyHeader(r io.Reader) (string, error) {
	var start [8]byte // magic and version
	if _, err := io.ReadFull(r, start[:]); err != nil || string(start[:6]) != "\x93NUMPY" {
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

// npyType returns the bytes of one number of the type and how to read it.
func npyType(descr string) (size int, value func(b []byte) float64, err error) {
	bad := fmt.Errorf("an array of type %s; allowed are real numbers: b1, i1 to i8, u1 to u8, f4, f8. In NumPy, a.astype(float) converts", descr)
	if len(descr) != 3 {
		return 0, nil, bad
	}
	var order binary.ByteOrder = binary.LittleEndian
	if descr[0] == '>' {
		order = binary.BigEndian
	}
	switch descr[1:] {
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

// fromFortran returns values stored first index fastest, last index fastest.
func fromFortran(x []float64, dims []int64) []float64 {
	out := make([]float64, 0, len(x))
	depth := int64(1)
	if len(dims) == 3 {
		depth = dims[2]
	}
	for i := range dims[0] {
		for j := range dims[1] {
			for k := range depth {
				out = append(out, x[i+dims[0]*(j+dims[1]*k)])
			}
		}
	}
	return out
}

// stimulusArrays are names of arrays, of several in a file, that are taken for the
// stimuli.
var stimulusArrays = []string{"V", "stimuli", "X", "data", "fea", "faces", "arr_0"}

// readNPZ reads one array of an NPZ: the one of that name or, where none is
// given, the only one, or the first that is called like [stimulusArrays].
func readNPZ(file, name string) (*Set, error) {
	z, err := OpenZip(file, "arrays", func(string) bool { return false }, 0)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	var names []string
	for _, f := range z.File {
		names = append(names, strings.TrimSuffix(f.Name, ".npy"))
	}
	if name == "" && len(names) == 1 {
		name = names[0]
	}
	for _, n := range stimulusArrays {
		if name == "" && slices.Contains(names, n) {
			name = n
		}
	}
	i := slices.Index(names, name)
	if i < 0 {
		return nil, fmt.Errorf("there are arrays %q; choose one with --set stimulus.path=%s:NAME", names, file)
	}
	r, err := z.File[i].Open()
	if err != nil {
		return nil, fmt.Errorf("array %s: %w", name, err)
	}
	defer r.Close()
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	// No entry is packed to more bytes than the archive has, whatever it says.
	set, err := readNPY(&proportionate{packed: counting{read: info.Size()}, content: r})
	if err != nil {
		return nil, fmt.Errorf("array %s: %w", name, err)
	}
	return set, nil
}
