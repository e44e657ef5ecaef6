package text

import (
	"archive/tar"
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"partsnet/sim/stimulus"
)

// MaxDocument bounds the bytes of a document.
const MaxDocument = 64 << 20

// maxTitle bounds the bytes of a title: all titles are held in memory.
const maxTitle = 1 << 16

// maxBytes bounds the bytes of all documents.
const maxBytes = 8 << 30

// Holds reports whether the path names a source of documents: JSON lines, or a folder
// or archive that holds a .txt file and no image, beside which a text is a note.
func Holds(file string) bool {
	if isJSONLines(file) {
		return true
	}
	texts, images := false, false
	seen := func(name string) error {
		texts, images = texts || isText(name), images || stimulus.IsImage(name)
		if images {
			return fs.SkipAll
		}
		return nil
	}
	if isTar(file) {
		_ = eachOfTar(file, func(name string, _ io.Reader) error { return seen(name) })
	} else {
		_ = openFolder(file, func(files fs.FS) error {
			return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return nil // what cannot be read is an error when it is read
				}
				return seen(name)
			})
		})
	}
	return texts && !images
}

func isJSONLines(file string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(file), ".gz"), ".jsonl")
}

func isTar(file string) bool {
	name := strings.TrimSuffix(strings.ToLower(file), ".gz")
	return strings.HasSuffix(name, ".tar") || strings.HasSuffix(name, ".tgz")
}

// isText reports whether the path is that of a text that is not hidden.
func isText(name string) bool {
	return !stimulus.Hidden(name) && strings.ToLower(path.Ext(name)) == ".txt"
}

// openFolder shows a folder or the content of a .zip; anything else it passes over.
func openFolder(file string, visit func(files fs.FS) error) error {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return err
	case info.IsDir():
		return visit(os.DirFS(file))
	case strings.HasSuffix(strings.ToLower(file), ".zip"):
		z, err := stimulus.OpenZip(file, "texts", isText, maxBytes)
		if err != nil {
			return err
		}
		defer z.Close()
		return visit(z)
	}
	return nil
}

// eachOfTar visits the files of a tar archive in their order there; [fs.SkipAll] ends
// it.
func eachOfTar(file string, visit func(name string, r io.Reader) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	r, err := unpacked(f, strings.HasSuffix(strings.ToLower(file), "gz"))
	if err != nil {
		return err
	}
	for t := tar.NewReader(&limited{r, maxBytes}); ; {
		h, err := t.Next()
		if err == io.EOF {
			return nil
		}
		if err == nil && h.Typeflag == tar.TypeReg {
			err = visit(path.Clean(h.Name), t)
		}
		if err == fs.SkipAll {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// unpacked returns the content of a file that may be a gzip.
func unpacked(f io.Reader, packed bool) (io.Reader, error) {
	if packed {
		return stimulus.Unpacked(f)
	}
	return bufio.NewReader(f), nil
}

var errTooMuch = errors.New("more than 8 GiB of text in all")

// limited fails where more is read than there may be.
type limited struct {
	io.Reader
	left int64
}

// Read reads.
func (l *limited) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	if l.left -= int64(n); l.left < 0 {
		return 0, errTooMuch
	}
	return n, err
}
