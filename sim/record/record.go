// Package record writes the directory of a run.
//
// A run is written beside its final place, in DIR.partial, and renamed when all
// of it is on disk: DIR is complete or absent. Every file in it is written,
// synchronised and closed before the rename.
package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Dir is the directory of a run that is being written.
type Dir struct {
	final, partial string
	sums           map[string]string
}

// Create starts the directory of a run. It refuses a place that is taken, by a
// finished run or by one that is being written or was killed.
func Create(dir string) (*Dir, error) {
	d := &Dir{final: dir, partial: dir + ".partial", sums: map[string]string{}}
	if _, err := os.Lstat(dir); err == nil {
		return nil, fmt.Errorf("%s is already there; choose another place with --out", dir)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("cannot look at %s: %w", dir, err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return nil, fmt.Errorf("cannot make the folder for runs: %w", err)
	}
	if err := os.Mkdir(d.partial, 0o777); errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is already there: another run is writing it or was killed; remove it, or choose another place with --out", d.partial)
	} else if err != nil {
		return nil, fmt.Errorf("cannot make the folder of the run: %w", err)
	}
	return d, nil
}

// Write writes one file, whose name is relative to the directory with slashes.
func (d *Dir) Write(name string, write func(w io.Writer) error) (err error) {
	path := filepath.Join(d.partial, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	sum := newSum()
	buf := bufio.NewWriter(io.MultiWriter(f, sum))
	if err = write(buf); err == nil {
		err = buf.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	d.sums[name] = sum.hex()
	return nil
}

// Sums returns the SHA-256 of every file written so far.
func (d *Dir) Sums() map[string]string { return d.sums }

// Commit puts the directory in its final place.
func (d *Dir) Commit() error {
	if err := os.Rename(d.partial, d.final); err != nil {
		return fmt.Errorf("cannot finish the folder of the run: %w", err)
	}
	parent, err := os.Open(filepath.Dir(d.final))
	if err != nil {
		return nil // some systems cannot open a folder; the rename stands
	}
	defer parent.Close()
	_ = parent.Sync() // nor synchronise one
	return nil
}

// Abandon removes what was written of a run that failed.
func (d *Dir) Abandon() error { return os.RemoveAll(d.partial) }

// Free returns dir, or the first of dir-2, dir-3, ... that is not taken.
func Free(dir string) string {
	for k, name := 2, dir; ; k++ {
		_, err1 := os.Lstat(name)
		_, err2 := os.Lstat(name + ".partial")
		if err1 != nil && err2 != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d", dir, k)
	}
}
