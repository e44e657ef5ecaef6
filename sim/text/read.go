package text

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxDocument bounds the bytes of a document.
const MaxDocument = 64 << 20

// maxBytes bounds the bytes of all documents.
const maxBytes = 8 << 30

// Holds reports whether the path names a source of documents: JSON lines, or a folder
// or .zip that holds a .txt file.
func Holds(file string) bool {
	if isJSONLines(file) {
		return true
	}
	found := false
	_ = openFolder(file, func(files fs.FS) error {
		return fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && isText(name) {
				found = true
				return fs.SkipAll
			}
			return nil
		})
	})
	return found
}

func isJSONLines(file string) bool {
	return strings.HasSuffix(strings.TrimSuffix(strings.ToLower(file), ".gz"), ".jsonl")
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
		z, err := zip.OpenReader(file)
		if err != nil {
			return err
		}
		defer z.Close()
		return visit(z)
	}
	return nil
}

// isText reports whether the path is that of a text that is not hidden.
func isText(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(element, ".") || element == "__MACOSX" {
			return false
		}
	}
	return strings.ToLower(path.Ext(name)) == ".txt"
}

// read visits the documents of a source in their order: that of lines, or of paths.
func read(file string, visit func(title string, text []byte) error) error {
	if isJSONLines(file) {
		f, err := os.Open(file)
		if err != nil {
			return err
		}
		defer f.Close()
		var r io.Reader = f
		if strings.HasSuffix(strings.ToLower(file), ".gz") {
			if r, err = gzip.NewReader(bufio.NewReader(f)); err != nil {
				return err
			}
		}
		return readLines(r, visit)
	}
	return openFolder(file, func(files fs.FS) error { return readFolder(files, visit) })
}

// readLines visits the documents of JSON lines. Empty lines are passed over.
func readLines(r io.Reader, visit func(title string, text []byte) error) error {
	lines := bufio.NewScanner(&limited{r, maxBytes})
	lines.Buffer(nil, MaxDocument)
	number := 0
	for lines.Scan() {
		number++
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		if at := invalid(line); at >= 0 {
			return fmt.Errorf("line %d: byte %d is no UTF-8; convert the file first", number, at+1)
		}
		var document struct {
			Title *string
			Text  *string
		}
		if err := json.Unmarshal(line, &document); err != nil {
			return fmt.Errorf("line %d: %w; expected a JSON object with \"title\" and \"text\"", number, err)
		}
		if document.Text == nil {
			return fmt.Errorf("line %d: there is no \"text\"; expected a JSON object with \"title\" and \"text\"", number)
		}
		title := fmt.Sprintf("line %d", number)
		if document.Title != nil {
			title = *document.Title
		}
		if err := visit(title, []byte(*document.Text)); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("after line %d: %w; a line may have %d bytes", number, err, MaxDocument)
	}
	return nil
}

// readFolder visits the .txt files below the root, in the order of their paths.
func readFolder(files fs.FS, visit func(title string, text []byte) error) error {
	var names []string
	if err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && isText(name) {
			names = append(names, name)
		}
		return err
	}); err != nil {
		return err
	}
	slices.Sort(names)
	total := int64(0)
	for _, name := range names {
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(io.LimitReader(f, MaxDocument+1))
		f.Close()
		if err == nil && len(text) > MaxDocument {
			err = fmt.Errorf("more than %d bytes", MaxDocument)
		}
		if total += int64(len(text)); err == nil && total > maxBytes {
			err = errTooMuch
		}
		if at := invalid(text); err == nil && at >= 0 {
			err = fmt.Errorf("byte %d is no UTF-8; convert the file first", at+1)
		}
		if err == nil {
			err = visit(strings.TrimSuffix(path.Base(name), path.Ext(name)), text)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// invalid returns the first byte that is not part of UTF-8, or −1.
func invalid(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for at := 0; ; {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
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
