package stimulus

import (
	"archive/tar"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// readZip reads the images of a .zip.
func readZip(file string) (*Set, error) {
	z, err := OpenZip(file, "images", IsImage, 2*MaxValues)
	if err != nil {
		return nil, err
	}
	defer z.Close()
	return readFolder(z)
}

// readFolder reads every image below the root of files.
func readFolder(files fs.FS) (*Set, error) {
	var c collector
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !IsImage(name) {
			return err
		}
		f, err := OpenRegular(files, name)
		if err != nil {
			return err
		}
		defer f.Close()
		return c.add(name, f)
	})
	if err != nil {
		return nil, err
	}
	return c.finish()
}

// OpenRegular opens a file, or what a link leads to. It refuses what is none: a pipe would
// be waited for, and a device has no end.
func OpenRegular(files fs.FS, name string) (fs.File, error) {
	info, err := fs.Stat(files, name)
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is no regular file (%v); it is refused", name, info.Mode().Type())
	}
	if err != nil {
		return nil, err
	}
	return files.Open(name)
}

// readTar reads the images of a tar archive.
func readTar(r io.Reader) (*Set, error) {
	var c collector
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if err == io.EOF {
			return c.finish()
		}
		if err != nil {
			return nil, fmt.Errorf("after %d images: %w", len(c.pictures), err)
		}
		name := path.Clean(h.Name)
		switch {
		case climbs(name):
			return nil, fmt.Errorf("entry %q climbs out of the archive; it is refused", h.Name)
		case h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink:
			return nil, fmt.Errorf("entry %q is a link; it is refused", h.Name)
		case h.Typeflag == tar.TypeGNUSparse || h.PAXRecords["GNU.sparse.major"] != "" || h.PAXRecords["GNU.sparse.map"] != "":
			return nil, fmt.Errorf("entry %q is a sparse file, which can be endless; it is refused", h.Name)
		case h.Typeflag == tar.TypeReg && IsImage(name):
			if err := c.add(name, t); err != nil {
				return nil, err
			}
		}
	}
}

// climbs reports whether the name of an entry leads out of its archive.
func climbs(name string) bool { return !fs.ValidPath(name) || strings.Contains(name, `\`) }

// Hidden reports whether an element of the path begins with a dot or is the folder
// that macOS adds to archives.
func Hidden(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(element, ".") || element == "__MACOSX" {
			return true
		}
	}
	return false
}

// IsImage reports whether the path is that of an image which is not hidden.
func IsImage(name string) bool {
	_, known := readers[strings.ToLower(path.Ext(name))]
	return known && !Hidden(name)
}

// readers read the formats of images, by the end of their names.
var readers = map[string]func(r io.Reader) (*picture, error){
	".pgm": readPGM, ".png": readPNG, ".jpg": readJPEG, ".jpeg": readJPEG,
}

// collector gathers images, which must all be alike.
type collector struct {
	pictures []*picture
	names    []string
	values   int
}

func (c *collector) add(name string, r io.Reader) error {
	p, err := readers[strings.ToLower(path.Ext(name))](r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	c.pictures, c.names = append(c.pictures, p), append(c.names, name)
	if q := c.pictures[0]; p.height != q.height || p.width != q.width || p.maximum != q.maximum {
		return fmt.Errorf("%s is %d×%d with maximum %d, but %s is %d×%d with maximum %d; all images must be alike",
			name, p.height, p.width, p.maximum, c.names[0], q.height, q.width, q.maximum)
	}
	if c.values += len(p.pixels); c.values > MaxValues {
		return fmt.Errorf("%s: more than %d values", name, MaxValues)
	}
	return nil
}

// finish returns the images as a set, in the order of their paths.
func (c *collector) finish() (*Set, error) {
	if len(c.pictures) == 0 {
		return nil, fmt.Errorf("%w: there is no .pgm, .png or .jpg image in it", ErrNoStimuli)
	}
	order := make([]int, len(c.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(c.names[a], c.names[b]) })
	first := c.pictures[0]
	s := &Set{Count: len(order), Size: len(first.pixels), Height: first.height, Width: first.width, Rates: make([]float64, 0, c.values)}
	for k, i := range order {
		if k > 0 && c.names[i] == s.Names[k-1] {
			return nil, errors.New("there are two entries " + c.names[i])
		}
		s.Names = append(s.Names, c.names[i])
		s.Rates = append(s.Rates, c.pictures[i].pixels...)
	}
	return s, nil
}
