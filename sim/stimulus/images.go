package stimulus

import (
	"context"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// imagesFormat is images of one size, one a file.
var imagesFormat = Format{
	Name: "images", Doc: "PGM (P2, P5) and PNG images of 8 or 16 bits of grey, or JPEG, all of one size", Run: "images",
	Folder: true, Endings: []string{".zip", ".tar", ".tar.gz", ".tgz"}, Reading: 8, // a picture
	read: func(ctx context.Context, file, _ string, _ Options) (*Set, error) { return readImages(ctx, file) },
}

// errNoImages tells that a folder or an archive holds no image.
var errNoImages = fmt.Errorf("%w: there is no .pgm, .png or .jpg image in it", ErrNoStimuli)

// readImages reads the images of a folder or an archive.
func readImages(ctx context.Context, file string) (*Set, error) {
	var c collector
	err := archive.Walk(ctx, file, archive.Files{What: "images", Want: IsImage, Bytes: 2 * maxValues, Report: &c.report}, c.add)
	if err == nil && len(c.pictures) == 0 {
		return nil, errNoImages
	}
	if err != nil {
		return nil, err
	}
	return c.finish(), nil
}

// IsImage reports whether the path is that of an image which is not hidden.
func IsImage(name string) bool {
	_, known := readers[strings.ToLower(path.Ext(name))]
	return known && !archive.IsDotfile(name)
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
	turned   []string // images that are turned, with what EXIF says
	report   archive.Report
}

func (c *collector) add(name string, r io.Reader) error {
	p, err := readers[strings.ToLower(path.Ext(name))](r)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if p.orientation > 1 {
		c.turned = append(c.turned, fmt.Sprintf("%s (%d)", name, p.orientation))
	}
	c.pictures, c.names = append(c.pictures, p), append(c.names, name)
	if q := c.pictures[0]; p.height != q.height || p.width != q.width || p.maximum != q.maximum {
		return fmt.Errorf("%s is %d×%d with maximum %d, but %s is %d×%d with maximum %d; all images must be alike",
			name, p.height, p.width, p.maximum, c.names[0], q.height, q.width, q.maximum)
	}
	if c.values += len(p.pixels); c.values > maxValues {
		return fmt.Errorf("%s: more than %d values", name, maxValues)
	}
	return nil
}

// finish returns the images as a set, in the natural order of their paths.
func (c *collector) finish() *Set {
	order := make([]int, len(c.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return archive.Compare(c.names[a], c.names[b]) })
	first := c.pictures[0]
	s := &Set{Count: len(order), Size: len(first.pixels), Height: first.height, Width: first.width, Rates: make([]float64, 0, c.values)}
	for _, i := range order {
		s.Names = append(s.Names, c.names[i])
		s.Rates = append(s.Rates, c.pictures[i].pixels...)
	}
	c.report.Sorted(s.Names)
	s.Read = c.report.Said("images")
	if n := len(c.turned); n > 0 {
		archive.SortNaturally(c.turned)
		s.Read = append(s.Read, fmt.Sprintf("%d of %d images turned as EXIF says: %s", n, len(order), archive.First(c.turned)))
	}
	return s
}
