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

// Load reads the stimuli at path: a folder, .zip or .tar of PGM and PNG images, a
// .csv file, or an IDX file whose name ends in "ubyte" or ".idx"; all but the
// first two may be gzip-ed, ".gz" (or ".tgz") behind the name. The set is
// valid: shapes fit and every value is a rate.
func Load(path string) (*Set, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("cannot read stimuli: %w; name a folder or archive of images, a .csv or an IDX file, with --set stimulus.path=PATH", err)
	}
	var set *Set
	name := strings.TrimSuffix(path, ".gz")
	switch {
	case info.IsDir():
		set, err = readImages(os.DirFS(path), path)
	case strings.HasSuffix(path, ".zip"):
		set, err = readZip(path)
	case strings.HasSuffix(name, "ubyte") || strings.HasSuffix(name, ".idx"):
		set, err = readFile(path, readIDX)
	case strings.HasSuffix(name, ".csv"):
		set, err = readFile(path, readCSV)
	case strings.HasSuffix(name, ".tar") || strings.HasSuffix(name, ".tgz"):
		set, err = readFile(path, readTar)
	default:
		return nil, fmt.Errorf("%s: cannot tell the format; allowed are a folder, .zip, .tar, .tgz, .csv, and IDX files ending in ubyte or .idx, the last four also with .gz", path)
	}
	if err != nil {
		return nil, err
	}
	return set, set.Validate()
}

// readFile reads a file, unpacking it if its name ends in gz.
func readFile(path string, read func(r io.Reader, source string) (*Set, error)) (*Set, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, "gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return read(r, path)
}
