package stimulus

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// readZip reads the images of a .zip.
func readZip(file string) (*Set, error) {
	z, err := zip.OpenReader(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	defer z.Close()
	for _, f := range z.File {
		if name := strings.TrimSuffix(f.Name, "/"); !fs.ValidPath(name) || strings.Contains(name, `\`) {
			return nil, fmt.Errorf("%s: entry %q climbs out of the archive; it is refused", file, f.Name)
		}
		if f.Mode()&fs.ModeSymlink != 0 {
			return nil, fmt.Errorf("%s: entry %q is a link; it is refused", file, f.Name)
		}
	}
	return readImages(z, file)
}

// readImages reads every image below the root of files, in the order of their
// paths.
func readImages(files fs.FS, source string) (*Set, error) {
	c := collector{set: &Set{Source: source}}
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isImage(name) {
			return err
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		return c.add(name, f)
	})
	return c.finish(err)
}

// readTar reads the images of a tar archive, in the order of its entries.
func readTar(r io.Reader, source string) (*Set, error) {
	c := collector{set: &Set{Source: source}}
	for t := tar.NewReader(r); ; {
		h, err := t.Next()
		if err == io.EOF {
			return c.finish(nil)
		}
		if err != nil {
			return c.finish(err)
		}
		name := path.Clean(h.Name)
		switch {
		case !fs.ValidPath(name) || strings.Contains(name, `\`):
			return c.finish(fmt.Errorf("entry %q climbs out of the archive; it is refused", h.Name))
		case h.Typeflag == tar.TypeSymlink || h.Typeflag == tar.TypeLink:
			return c.finish(fmt.Errorf("entry %q is a link; it is refused", h.Name))
		case h.Typeflag == tar.TypeReg && isImage(name):
			if err := c.add(name, t); err != nil {
				return c.finish(err)
			}
		}
	}
}

func isImage(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".pgm" || ext == ".png"
}

// collector gathers images, which must all be alike, into a set.
type collector struct {
	set   *Set
	depth int
}

func (c *collector) add(name string, r io.Reader) error {
	read := readPGM
	if strings.ToLower(path.Ext(name)) == ".png" {
		read = readPNG
	}
	pixels, height, width, maxval, err := read(r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	s := c.set
	if s.Count == 0 {
		s.Height, s.Width, c.depth = height, width, maxval
	}
	if height != s.Height || width != s.Width || maxval != c.depth {
		return fmt.Errorf("%s is %d×%d with maximum %d, but %s is %d×%d with maximum %d; all images must be alike",
			name, height, width, maxval, s.Names[0], s.Height, s.Width, c.depth)
	}
	s.Count++
	s.Names = append(s.Names, name)
	s.Rates = append(s.Rates, pixels...)
	if len(s.Rates) > MaxValues {
		return fmt.Errorf("more than %d values", MaxValues)
	}
	return nil
}

// finish returns the set, or the error with the name of the source.
func (c *collector) finish(err error) (*Set, error) {
	if err == nil && c.set.Count == 0 {
		err = fmt.Errorf("%w: there is no .pgm or .png image in it", ErrNoStimuli)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.set.Source, err)
	}
	c.set.Size = c.set.Height * c.set.Width
	return c.set, nil
}

// maxPixels is the largest size of one image.
const maxPixels = 1 << 24

// readPGM reads a grey image in the binary PGM format (P5) with 8 bits.
func readPGM(r io.Reader) (pixels []float64, height, width, maxval int, err error) {
	b := bufio.NewReader(r)
	var magic string
	if magic, err = word(b); err != nil || magic != "P5" {
		return nil, 0, 0, 0, fmt.Errorf("begins with %q; allowed is a binary PGM, which begins with P5", magic)
	}
	for _, p := range []*int{&width, &height, &maxval} {
		var s string
		if s, err = word(b); err == nil {
			*p, err = strconv.Atoi(s)
		}
		if err != nil {
			return nil, 0, 0, 0, fmt.Errorf("the PGM header is damaged at %q", s)
		}
	}
	if width < 1 || height < 1 || width > maxPixels/height || maxval < 1 || maxval > 255 {
		return nil, 0, 0, 0, fmt.Errorf("a PGM of %d×%d with maximum %d; allowed are up to %d pixels and a maximum of 1 to 255", height, width, maxval, maxPixels)
	}
	data, err := io.ReadAll(io.LimitReader(b, int64(height*width)))
	if err == nil && len(data) < height*width {
		err = fmt.Errorf("%d of %d pixels are there: %w", len(data), height*width, io.ErrUnexpectedEOF)
	}
	if err != nil {
		return nil, 0, 0, 0, err
	}
	pixels = make([]float64, len(data))
	for i, x := range data {
		if int(x) > maxval {
			return nil, 0, 0, 0, fmt.Errorf("pixel %d is %d, above the maximum %d that the header gives", i, x, maxval)
		}
		pixels[i] = float64(x)
	}
	return pixels, height, width, maxval, nil
}

// word reads the next word of a PGM header and the one blank behind it,
// leaving out comments.
func word(b *bufio.Reader) (string, error) {
	var s []byte
	for {
		c, err := b.ReadByte()
		switch {
		case err != nil:
			return string(s), err
		case c == '#' && len(s) == 0:
			if _, err := b.ReadString('\n'); err != nil {
				return "", err
			}
		case strings.IndexByte(" \t\r\n", c) < 0:
			s = append(s, c)
		case len(s) > 0:
			return string(s), nil
		}
		if len(s) > 10 {
			return string(s), fmt.Errorf("a header word of more than 10 characters")
		}
	}
}
