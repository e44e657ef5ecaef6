package stimulus

import (
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim/archive"
	"partsnet/sim/elements"
)

// Format is a form in which stimuli are stored. It describes itself: messages, the tables of
// the documents and the estimate of memory follow from its fields. A new one is a file that
// declares it and a line in [formats].
type Format struct {
	Name string // what it is called
	Doc  string // what it holds, for a table
	Run  string // the shipped experiment that learns from such a file: "table", "images" or "texts"

	Folder  bool     // whether a folder holds it
	Prefix  string   // how the name of its files begins, in lower case; or ""
	Endings []string // how the name of its files ends, in lower case and without ".gz"
	Gzip    bool     // whether its files may be packed, with ".gz" behind the name
	Arrays  bool     // whether a file holds several arrays: FILE:NAME names one
	Counts  bool     // whether what it holds may be counts

	// Reading is the memory that a rate takes while it is read, in bytes, in addition to the 8 of the
	// rate itself.
	Reading float64

	// shape reads the dimensions of the array from the head of a file; nil if it does not
	// say them.
	shape func(r io.Reader) ([]int64, error)
	read  func(ctx context.Context, file, array string, how Options) (*Set, error)
}

// formats are the forms that [Load] reads; the first that fits the name of a file counts.
var formats = []Format{
	imagesFormat,
	npyFormat,
	npzFormat,
	idxFormat,
	matFormat,
	docwordFormat,
	matrixMarketFormat,
	tableFormat,
}

// Formats returns the forms in which stimuli are stored, but for texts.
func Formats() []Format { return slices.Clone(formats) }

// formatOf returns the format of a file or folder, by its name; ok is false if no format
// fits.
func formatOf(path string) (f Format, ok bool) {
	file, _ := SplitPath(path)
	for _, f := range formats {
		if f.Fits(file) {
			return f, true
		}
	}
	return Format{}, false
}

// Fits reports whether the name of a file is one of the format.
func (f Format) Fits(file string) bool {
	name := strings.ToLower(filepath.Base(file))
	if f.Gzip {
		name = strings.TrimSuffix(name, ".gz")
	}
	return strings.HasPrefix(name, f.Prefix) && slices.ContainsFunc(f.Endings, func(end string) bool { return strings.HasSuffix(name, end) })
}

// Files says which files the format has: "a folder, .zip, .tar, .tgz".
func (f Format) Files() string {
	var files []string
	if f.Folder {
		files = append(files, "a folder")
	}
	for _, end := range f.Endings {
		pattern := end
		if f.Prefix != "" {
			pattern = f.Prefix + "*" + end
		} else if !strings.HasPrefix(end, ".") {
			pattern = "*" + end
		}
		files = append(files, pattern)
	}
	if f.Gzip {
		files = append(files, "also .gz")
	}
	return strings.Join(files, ", ")
}

// ReadingBytes returns the memory that a rate takes while the file of that path is read, in
// bytes: the 8 of the rate itself, and the rest.
func ReadingBytes(path string) float64 {
	const pieces = 8 // that are joined in the end
	f, ok := formatOf(path)
	if !ok || f.Reading == 0 && strings.HasSuffix(strings.ToLower(path), ".gz") {
		return 8 + pieces
	}
	return 8 + f.Reading
}

// Allowed lists formats with their files, for messages.
func Allowed(formats []Format) string {
	var all []string
	for _, f := range formats {
		all = append(all, f.Name+" ("+f.Files()+")")
	}
	return strings.Join(all, "; ")
}

// PeekShape returns the number of stimuli and of their values that the head of a file gives,
// of which nothing else is read; ok is false if it gives none.
func PeekShape(path string) (count, size int, ok bool) {
	format, ok := formatOf(path)
	if !ok || format.shape == nil {
		return 0, 0, false
	}
	f, err := archive.Open(context.Background(), path)
	if err != nil {
		return 0, 0, false
	}
	defer f.Close()
	dims, err := format.shape(f)
	if err != nil {
		return 0, 0, false
	}
	values, err := elements.Count(dims)
	if err != nil {
		return 0, 0, false
	}
	return int(dims[0]), int(values / dims[0]), true
}

// stream returns what reads a file of a format by a reader of its content.
func stream(read func(r io.Reader) (*Set, error)) func(ctx context.Context, file, array string, how Options) (*Set, error) {
	return func(ctx context.Context, file, _ string, _ Options) (*Set, error) {
		f, err := archive.Open(ctx, file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		if f.Size < 0 {
			return read(f)
		}
		return read(elements.NewFile(f, f.Size))
	}
}
