package stimulus

import (
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strings"
)

// MaxValues is the largest number of values that a source may hold: 2²⁸, or
// 2 GiB as float64.
const MaxValues = 1 << 28

// Load reads the stimuli at path: a folder or a .zip of PGM images, or an IDX
// file whose name ends in "ubyte", ".idx" or either with ".gz". The set is
// valid: shapes fit and every value is a rate.
func Load(path string) (*Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read stimuli: %w; name a folder or .zip of PGM images, or an IDX file, with --set stimulus.path=PATH", err)
	}
	var set *Set
	name := strings.TrimSuffix(path, ".gz")
	switch {
	case info.IsDir():
		set, err = readImages(os.DirFS(path), path)
	case strings.HasSuffix(path, ".zip"):
		set, err = readZip(path)
	case strings.HasSuffix(name, "ubyte") || strings.HasSuffix(name, ".idx"):
		set, err = readIDXFile(path)
	default:
		return nil, fmt.Errorf("%s: cannot tell the format; allowed are a folder, .zip, and IDX files ending in ubyte or .idx (.gz)", path)
	}
	if err != nil {
		return nil, err
	}
	return set, set.Validate()
}

func readIDXFile(path string) (*Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return readIDX(r, path)
}
