package stimulus

import (
	"context"
	"io"

	"partsnet/sim/archive"
	"partsnet/sim/matlab"
)

// matFormat is the format of MATLAB files.
var matFormat = Format{
	Name: "MATLAB file", Doc: "the array that FILE.mat:NAME names, of version 5 to 7; rows are stimuli, and sparse arrays are counts", Run: "table",
	Endings: []string{".mat"}, Arrays: true, Counts: true, Reading: 16, // pieces and columns
	read: func(ctx context.Context, file, array string, _ Options) (*Set, error) {
		f, err := archive.Open(ctx, file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return readMAT(f, file, array)
	},
}

// readMAT reads the array of a MATLAB file that [chooseArray] chooses. MATLAB often holds a
// stimulus in each column, which stimulus.transpose turns.
func readMAT(r io.Reader, file, wanted string) (*Set, error) {
	arrays, err := matlab.Read(r, wanted)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, a := range arrays {
		names = append(names, a.Name)
	}
	i, err := chooseArray(names, wanted, file)
	if err != nil {
		return nil, err
	}
	a := arrays[i]
	if a.Sparse == nil {
		return newSet(a.Dims, a.Values), nil
	}
	var e entries
	a.Sparse.Each(e.add)
	return e.set(int(a.Dims[0]), int(a.Dims[1]))
}
