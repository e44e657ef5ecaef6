package stimulus

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"partsnet/sim/elements"
	"partsnet/sim/npy"
)

// Load reads the stimuli at path, whose form the end of its name tells as in the
// table of the package text. FILE.npz:NAME names an array of an NPZ. The set is
// valid: shapes fit and every value is a rate.
func Load(path string) (*Set, error) {
	set, err := load(path)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	set.Source = path
	return set, set.Validate()
}

func load(path string) (*Set, error) {
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
	case info.IsDir():
		return readFolder(os.DirFS(file))
	case strings.HasSuffix(file, ".zip"):
		return readZip(file)
	case strings.HasSuffix(file, ".npz"):
		return readNPZ(file, array)
	case strings.HasSuffix(file, ".mat"):
		return readMAT(file, array)
	case ends("ubyte", ".idx"):
		return readFile(file, readIDX)
	case ends(".npy"):
		return readFile(file, readNPY)
	case strings.HasPrefix(filepath.Base(name), "docword") && ends(".txt"):
		return readFile(file, readDocword)
	case ends(".mtx"):
		return readFile(file, readMatrixMarket)
	case ends(".csv", ".tsv", ".txt"):
		return readFile(file, readTable)
	case ends(".tar", ".tgz"):
		return readFile(file, readTar)
	}
	return nil, fmt.Errorf("cannot tell the format; allowed are a folder, .zip, .tar and .tgz of images, .npy, .npz, .mat, .mtx, docword*.txt, .csv, .tsv, .txt, " +
		"IDX files ending in ubyte or .idx, and .jsonl, a folder or .zip of texts; all but a folder, .zip, .npz and .mat also with .gz")
}

// ReadArray reads a matrix of any sign from a file in one of the formats of stimuli, such as
// synapses to start from.
func ReadArray(path string) (*npy.Array, error) {
	set, err := load(path)
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
func readFile(path string, read func(r io.Reader) (*Set, error)) (*Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if strings.HasSuffix(path, "gz") {
		r, err := Unpacked(f)
		if err != nil {
			return nil, err
		}
		return read(bufio.NewReaderSize(r, 1<<16))
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	return read(elements.NewFile(bufio.NewReaderSize(f, 1<<16), info.Size()))
}
