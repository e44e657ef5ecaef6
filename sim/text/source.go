package text

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"

	"partsnet/sim/archive"
	"partsnet/sim/stimulus"
)

// MaxDocument bounds the bytes of a document.
const MaxDocument = 64 << 20

// maxTitle bounds the bytes of a title: all titles are held in memory.
const maxTitle = 1 << 16

// maxBytes bounds the bytes of all documents.
const maxBytes = 8 << 30

// Holds reports whether the path names a source of documents: JSON lines, or a folder
// or archive that holds a .txt file and no image, beside which a text is a note. What cannot
// be read is an error when it is loaded.
func Holds(file string) bool {
	if isJSONLines(file) {
		return true
	}
	texts, images := false, false
	_ = archive.List(context.Background(), file, func(name string) error {
		texts, images = texts || isText(name), images || stimulus.IsImage(name)
		if images {
			return fs.SkipAll
		}
		return nil
	})
	return texts && !images
}

func isJSONLines(file string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(file), ".gz"), ".jsonl")
}

// isText reports whether the path is that of a text that is not hidden.
func isText(name string) bool {
	return !archive.IsDotfile(name) && strings.ToLower(path.Ext(name)) == ".txt"
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
