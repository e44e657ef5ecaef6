package stimulus

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"partsnet/sim/archive"
	"partsnet/sim/elements"
	"partsnet/sim/npy"
)

// readNPY reads an array in the NPY format of NumPy: stimuli × neurons, or stimuli × height ×
// width.
func readNPY(r io.Reader) (*Set, error) {
	h, err := readNPYHeader(r)
	if err != nil {
		return nil, err
	}
	rates, err := h.Values(r)
	if err != nil {
		return nil, err
	}
	return newSet(h.Shape, rates), nil
}

// readNPYHeader reads the header of an array of two or three dimensions.
func readNPYHeader(r io.Reader) (*npy.Header, error) {
	h, err := npy.ReadHeader(r)
	if err == nil && len(h.Shape) != 2 && len(h.Shape) != 3 {
		shape := strings.Trim(strings.ReplaceAll(fmt.Sprint(h.Shape), " ", ", "), "[]")
		if len(h.Shape) == 1 {
			shape += ","
		}
		err = fmt.Errorf("an array of shape (%s); allowed are stimuli × neurons and stimuli × height × width", shape)
	}
	return h, err
}

// PeekShape returns the number of stimuli and of their values that the header of an .npy
// or IDX file gives, of which nothing else is read; ok is false where there is none.
func PeekShape(path string) (count, size int, ok bool) {
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
		dims = a.Shape
	case strings.HasSuffix(name, "ubyte"), strings.HasSuffix(name, ".idx"):
		if dims, err = readIDXHeader(f); err != nil {
			return 0, 0, false
		}
	default:
		return 0, 0, false
	}
	values, err := elements.Count(dims)
	if err != nil {
		return 0, 0, false
	}
	return int(dims[0]), int(values / dims[0]), true
}

// readNPZ reads the array of an NPZ that [chooseArray] chooses.
func readNPZ(ctx context.Context, file, wanted string) (*Set, error) {
	var names []string
	err := archive.List(ctx, file, func(name string) error {
		names = append(names, strings.TrimSuffix(name, ".npy"))
		return nil
	})
	if err != nil {
		return nil, err
	}
	i, err := chooseArray(names, wanted, file)
	if err != nil {
		return nil, err
	}
	var set *Set
	arrays := archive.Files{
		What: "arrays", Bytes: 9 * MaxValues, // 8 bytes a value, and the header
		Want: func(name string) bool { return strings.TrimSuffix(name, ".npy") == names[i] },
	}
	err = archive.Walk(ctx, file, arrays, func(_ string, r io.Reader) (err error) {
		if set, err = readNPY(r); err != nil {
			err = fmt.Errorf("array %s: %w", names[i], err)
		}
		return err
	})
	return set, err
}
