package stimulus

import (
	"context"
	"fmt"
	"io"
	"strings"

	"partsnet/sim/archive"
)

// npzFormat is the format of several NumPy arrays in one file.
var npzFormat = Format{
	Name: "NumPy archive", Doc: "the array that FILE.npz:NAME names, of those of an .npy file; a sparse matrix of SciPy (csr, csc, coo) is counts", Run: "table",
	Endings: []string{".npz"}, Arrays: true, Counts: true, Reading: 8, // pieces
	read: func(ctx context.Context, file, array string, _ Options) (*Set, error) {
		return readNPZ(ctx, file, array)
	},
}

// readNPZ reads the array of an NPZ that [chooseArray] chooses, or a sparse matrix.
func readNPZ(ctx context.Context, file, wanted string) (*Set, error) {
	var names []string
	err := archive.List(ctx, file, func(name string) error {
		names = append(names, arrayOf(name))
		return nil
	})
	if err != nil {
		return nil, err
	}
	if wanted == "" && isSparse(names) {
		return readSparse(ctx, file)
	}
	i, err := chooseArray(names, wanted, file)
	if err != nil {
		return nil, err
	}
	var set *Set
	arrays := archive.Files{
		What: "arrays", Bytes: 9 * maxValues, // 8 bytes a value, and the header
		Want: func(name string) bool { return arrayOf(name) == names[i] },
	}
	err = archive.Walk(ctx, file, arrays, func(_ string, r io.Reader) (err error) {
		if set, err = readNPY(r); err != nil {
			err = fmt.Errorf("array %s: %w", names[i], err)
		}
		return err
	})
	return set, err
}

// arrayOf returns the name of the array that an entry of an NPZ holds.
func arrayOf(entry string) string {
	if end := len(entry) - len(".npy"); end >= 0 && strings.EqualFold(entry[end:], ".npy") {
		return entry[:end]
	}
	return entry
}
