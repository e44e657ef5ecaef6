package stimulus

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"strings"
)

// Map returns the stimuli of an .npy file without reading it: the numbers (Count×Size)
// are the file itself, of which the system holds in memory the part that was used last, so
// that data larger than memory are learned at the speed of the disk. The array
// must be of floating-point numbers of that many bytes, 4 or 8, in C order and in the byte
// order of the machine. The set has no Rates of its own. The file must not be changed while
// it is in use, and the numbers must not be written to; release gives it back.
func Map(path string, size int) (set *Set, numbers []byte, release func() error, err error) {
	set, numbers, release, err = mapped(path, int64(size))
	if err != nil {
		return nil, nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	set.Source = path
	return set, numbers, release, nil
}

func mapped(path string, size int64) (*Set, []byte, func() error, error) {
	if !strings.HasSuffix(strings.ToLower(path), ".npy") {
		return nil, nil, nil, errors.New("only an .npy file can be mapped into memory; in NumPy, np.save writes one")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, nil, err
	}
	defer f.Close()
	h, err := readNPYHeader(f)
	if err != nil {
		return nil, nil, nil, err
	}
	if want := fmt.Sprintf("<f%d", size); h.Descr != want || h.Fortran {
		return nil, nil, nil, fmt.Errorf("an array of type %s, fortran_order %v, cannot be mapped for this precision; in NumPy, np.ascontiguousarray(a, %q) makes one that can", h.Descr, h.Fortran, want)
	}
	start, err := f.Seek(0, io.SeekCurrent)
	if err != nil {
		return nil, nil, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, nil, err
	}
	values := int64(1)
	for _, d := range h.Shape {
		if d < 1 || d > math.MaxInt/8/values {
			return nil, nil, nil, fmt.Errorf("dimensions %v; allowed are at least 1 each", h.Shape)
		}
		values *= d
	}
	if info.Size()-start != values*size {
		return nil, nil, nil, fmt.Errorf("%d values announced, %d bytes there: %w", values, info.Size()-start, io.ErrUnexpectedEOF)
	}
	if start%size != 0 {
		return nil, nil, nil, fmt.Errorf("the values begin at byte %d, not a multiple of %d; np.save writes a file that can be mapped", start, size)
	}
	file, err := mapFile(f, info.Size())
	if err != nil {
		return nil, nil, nil, fmt.Errorf("cannot be mapped into memory: %w", err)
	}
	return newSet(h.Shape, nil), file[start:], func() error { return unmapFile(file) }, nil
}
