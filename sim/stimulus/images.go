package stimulus

import (
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

// readImages reads every .pgm below the root of files, in the order of their
// paths.
func readImages(files fs.FS, source string) (*Set, error) {
	set := &Set{Source: source}
	depth := 0
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.ToLower(path.Ext(name)) != ".pgm" {
			return err
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		pixels, height, width, maxval, err := readPGM(f)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if set.Count == 0 {
			set.Height, set.Width, depth = height, width, maxval
		}
		if height != set.Height || width != set.Width || maxval != depth {
			return fmt.Errorf("%s is %d×%d with maximum %d, but %s is %d×%d with maximum %d; all images must be alike",
				name, height, width, maxval, set.Names[0], set.Height, set.Width, depth)
		}
		set.Count++
		set.Names = append(set.Names, name)
		set.Rates = append(set.Rates, pixels...)
		if len(set.Rates) > MaxValues {
			return fmt.Errorf("more than %d values", MaxValues)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", source, err)
	}
	if set.Count == 0 {
		return nil, fmt.Errorf("%s: %w: there is no .pgm image in it", source, ErrNoStimuli)
	}
	set.Size = set.Height * set.Width
	return set, nil
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
