package stimulus

import (
	"fmt"
	"io"
	"os"
	"strings"

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
	i, err := chooseArray(names, name, file)
	if err != nil {
		return nil, err
	}
	name = names[i]
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
