package stimulus

import (
	"fmt"
	"io"
	"strings"

	"partsnet/sim/npy"
)

// npyFormat is the format of one NumPy array.
var npyFormat = Format{
	Name: "NumPy array", Doc: "stimuli × neurons, or stimuli × height × width, of any real type", Run: "table",
	Endings: []string{".npy"}, Gzip: true,
	shape: func(r io.Reader) ([]int64, error) {
		h, err := readNPYHeader(r)
		if err != nil {
			return nil, err
		}
		return h.Shape, nil
	},
	read: stream(readNPY),
}

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
