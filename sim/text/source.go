package text

import (
	"errors"
	"io"
	"path"
	"strings"

	"partsnet/sim/archive"
)

// maxDocument bounds the bytes of a document.
const maxDocument = 64 << 20

// maxTitle bounds the bytes of a title: all titles are held in memory.
const maxTitle = 1 << 16

// maxBytes bounds the bytes of all documents.
const maxBytes = 8 << 30

// isText reports whether the path is that of a text that is not hidden.
func isText(name string) bool {
	return !archive.IsDotfile(name) && strings.ToLower(path.Ext(name)) == ".txt"
}

var errTooMuch = errors.New("more than 8 GiB of text in all")

// limited fails once more is read than is allowed.
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
