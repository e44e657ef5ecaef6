package stimulus

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"partsnet/sim/archive"
	"partsnet/sim/elements"
	"partsnet/sim/npy"
)

// Load reads the stimuli at path, whose form the end of its name tells as in the
// table of the package text. FILE.npz:NAME names an array of an NPZ. The set is
// valid: shapes fit and every value is a rate.
func Load(ctx context.Context, path string) (*Set, error) {
	set, err := load(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	set.Source = path
	return set, set.Validate()
}

func load(ctx context.Context, path string) (*Set, error) {
	file, array := SplitPath(path)
	info, err := os.Stat(file)
	if err != nil {
		return nil, fmt.Errorf("cannot read stimuli: %w", err)
	}
	name := strings.ToLower(strings.TrimSuffix(file, ".gz"))
	ends := func(suffixes ...string) bool {
		for _, s := range suffixes {
			if strings.HasSuffix(name, s) {
				return true
			}
		}
		return false
	}
	switch {
	case info.IsDir(), archive.IsTar(file), archive.IsZip(file) && !strings.HasSuffix(file, ".npz"):
		return readImages(ctx, file)
	case strings.HasSuffix(file, ".npz"):
		return readNPZ(ctx, file, array)
	case strings.HasSuffix(file, ".mat"):
		return readMAT(file, array)
	case ends("ubyte", ".idx"):
		return readFile(ctx, file, readIDX)
	case ends(".npy"):
		return readFile(ctx, file, readNPY)
	case strings.HasPrefix(filepath.Base(name), "docword") && ends(".txt"):
		return readFile(ctx, file, readDocword)
	case ends(".mtx"):
		return readFile(ctx, file, readMatrixMarket)
	case ends(".csv", ".tsv", ".txt"):
		return readFile(ctx, file, readTable)
	}
	return nil, fmt.Errorf("cannot tell the format; allowed are a folder, .zip, .tar and .tgz of images, .npy, .npz, .mat, .mtx, docword*.txt, .csv, .tsv, .txt, " +
		"IDX files ending in ubyte or .idx, and .jsonl, a folder or .zip of texts; all but a folder, .zip, .npz and .mat also with .gz")
}

// ReadArray reads a matrix of any sign from a file in one of the formats of stimuli, such as
// synapses to start from.
func ReadArray(ctx context.Context, path string) (*npy.Array, error) {
	set, err := load(ctx, path)
	if err == nil && set.Counts != nil {
		err = errors.New("it holds counts; allowed is a dense array")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &npy.Array{Shape: []int{set.Count, set.Size}, Values: set.Rates}, nil
}

// SplitPath returns the file of a path, and the array in it that stands behind a colon, ""
// where none does.
func SplitPath(path string) (file, array string) {
	file = path
	for _, archive := range []string{".npz:", ".mat:"} {
		if i := strings.LastIndex(path, archive); i >= 0 {
			file, array = path[:i+4], path[i+5:]
		}
	}
	return file, array
}

// readFile reads a file, unpacking it if its name ends in gz.
func readFile(ctx context.Context, path string, read func(r io.Reader) (*Set, error)) (*Set, error) {
	f, err := archive.Open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if f.Size < 0 {
		return read(f)
	}
	return read(elements.NewFile(f, f.Size))
}
