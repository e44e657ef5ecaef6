package stimulus

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
)

// A gzip that unpacks to more than freely bytes may not unpack to more than
// ratio times its own size. Images and counts pack to a tenth or a fiftieth;
// what packs to less than a two-hundredth is made to fill the memory.
const (
	freely = 64 << 20
	ratio  = 200
)

// disproportionate reports whether so many packed bytes unpack to too many.
func disproportionate(packed, content int64) bool {
	return content > freely && content/ratio > packed
}

// Unpacked returns the content of a gzip. Its reader fails where the content
// grows out of proportion.
func Unpacked(packed io.Reader) (io.Reader, error) {
	p := &proportionate{packed: counting{Reader: packed}}
	var err error
	p.content, err = gzip.NewReader(bufio.NewReader(&p.packed))
	return p, err
}

// proportionate is the content of a gzip and how much of both was read.
type proportionate struct {
	packed  counting
	content io.Reader
	read    int64
}

// Read reads content.
func (p *proportionate) Read(b []byte) (int, error) {
	n, err := p.content.Read(b)
	if p.read += int64(n); disproportionate(p.packed.read, p.read) {
		return 0, fmt.Errorf("%d bytes unpack to more than %d: that is no data; allowed is a ratio of %d", p.packed.read, p.read, ratio)
	}
	return n, err
}

// counting counts what is read.
type counting struct {
	io.Reader
	read int64
}

// Read reads and counts.
func (c *counting) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.read += int64(n)
	return n, err
}

// OpenZip opens a .zip. It refuses an archive with an entry that climbs out of it, is a
// link or encrypted, and one of which the entries that are used, called what in messages,
// unpack to more than most bytes or out of proportion to the size of the archive: entries
// may say of themselves what they like, and may overlap.
func OpenZip(file, what string, used func(name string) bool, most int64) (*zip.ReadCloser, error) {
	info, err := os.Stat(file)
	if err != nil {
		return nil, err
	}
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, err
	}
	content := int64(0)
	for _, f := range z.File {
		name := strings.TrimSuffix(f.Name, "/")
		switch {
		case climbs(name):
			err = fmt.Errorf("entry %q climbs out of the archive; it is refused", f.Name)
		case f.Mode()&fs.ModeSymlink != 0:
			err = fmt.Errorf("entry %q is a link; it is refused", f.Name)
		case f.Flags&1 != 0:
			err = fmt.Errorf("entry %q is encrypted; unpack the archive first", f.Name)
		case used(name):
			content += int64(min(f.UncompressedSize64, uint64(most)+1))
			if content > most {
				err = fmt.Errorf("the %s announce more than %d bytes unpacked, which are allowed", what, most)
			}
		}
		if err != nil {
			return nil, errors.Join(err, z.Close())
		}
	}
	if disproportionate(info.Size(), content) {
		err = fmt.Errorf("the %s of an archive of %d bytes unpack to %d: that is no data; allowed is a ratio of %d", what, info.Size(), content, ratio)
		return nil, errors.Join(err, z.Close())
	}
	return z, nil
}
