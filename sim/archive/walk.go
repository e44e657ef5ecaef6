package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
)

// Files says which files of an archive a caller asks for.
type Files struct {
	What  string                 // what they are called in messages: "images"
	Want  func(name string) bool // whether the file of that path is asked for
	Bytes int64                  // what all of them may hold together

	Report *Report // is told of what else there is, or nil
}

// Walk visits the files of a folder or an archive that are asked for: those of a .tar in the
// order in which they are stored, all others in the natural order of their paths, see [Compare]. The reader is valid
// during the visit. An error of the visit ends the walk and is returned, but [fs.SkipAll],
// which ends it without one; the context ends it with its error.
func Walk(ctx context.Context, file string, files Files, visit func(name string, r io.Reader) error) error {
	b := &budget{files: files}
	return walk(ctx, file, b, func(name string, open func() (io.ReadCloser, error)) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		r, err := open()
		if err != nil {
			return err
		}
		defer r.Close()
		b.visited++
		return visit(name, &interruptible{ctx, b.limit(r)})
	})
}

// List visits the paths of the files of a folder or an archive without opening the files, in
// any order. [fs.SkipAll] ends it. Files that cannot be read are listed.
func List(ctx context.Context, file string, visit func(name string) error) error {
	b := &budget{files: Files{What: "files", Want: func(string) bool { return false }}, listed: visit}
	return walk(ctx, file, b, nil)
}

// visitor visits a file that is asked for and opens it if it likes.
type visitor func(name string, open func() (io.ReadCloser, error)) error

func walk(ctx context.Context, file string, b *budget, visit visitor) error {
	info, err := os.Stat(file)
	if err == nil {
		switch {
		case info.IsDir():
			err = walkFolder(ctx, file, b, visit)
		case isZip(file):
			err = walkZip(ctx, file, info.Size(), b, visit)
		case isTar(file):
			err = walkTarFile(ctx, file, b, visit)
		default:
			err = errors.New("not an archive; allowed are a folder, .zip, .tar, .tar.gz and .tgz")
		}
	}
	if err == fs.SkipAll {
		return nil
	}
	return err
}

// isZip reports whether the name of a file is that of a .zip, or of an .npz, which is one.
func isZip(file string) bool {
	name := strings.ToLower(file)
	return strings.HasSuffix(name, ".zip") || strings.HasSuffix(name, ".npz")
}

// isTar reports whether the name of a file is that of a .tar, packed or not.
func isTar(file string) bool {
	name := strings.TrimSuffix(strings.ToLower(file), ".gz")
	return strings.HasSuffix(name, ".tar") || strings.HasSuffix(name, ".tgz")
}

// IsDotfile reports whether an element of the path begins with a dot or is the folder that
// macOS adds to archives.
func IsDotfile(name string) bool {
	for element := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(element, ".") || element == "__MACOSX" {
			return true
		}
	}
	return false
}

// entry returns the path of an entry within its archive. A name that leads out of it is an
// error.
func entry(name string) (string, error) {
	clean := path.Clean(name)
	if !fs.ValidPath(clean) || strings.Contains(clean, `\`) {
		return "", leadsOut(name)
	}
	return clean, nil
}

func leadsOut(name string) error {
	return fmt.Errorf("entry %q leads out of the archive and is refused", name)
}

// budget is what is known of the files that were asked for so far.
type budget struct {
	files   Files
	listed  func(name string) error // is told of every file, or nil
	seen    map[string]bool
	visited int
	read    int64
}

// wants reports whether a file is asked for. Two of one name are an error.
func (b *budget) wants(name string) (bool, error) {
	if b.listed != nil {
		return false, b.listed(name)
	}
	if !b.files.Want(name) {
		b.files.Report.Leave(name)
		return false, nil
	}
	if b.seen[name] {
		return false, fmt.Errorf("the archive has two entries %s; allowed is one", name)
	}
	if b.seen == nil {
		b.seen = map[string]bool{}
	}
	b.seen[name] = true
	return true, nil
}

// limit returns what reads a file as far as the budget allows.
func (b *budget) limit(r io.Reader) io.Reader { return &limited{b, r} }

func (b *budget) exceeded() error {
	return fmt.Errorf("the %s hold more than %d bytes, which are allowed", b.files.What, b.files.Bytes)
}

// limited is a file whose bytes count.
type limited struct {
	*budget
	r io.Reader
}

// Read reads and counts.
func (l *limited) Read(b []byte) (int, error) {
	n, err := l.r.Read(b)
	if l.read += int64(n); l.read > l.files.Bytes {
		return 0, l.exceeded()
	}
	return n, err
}
