package campaign

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// claimPath returns the file of claim number n of a job.
func (l *Ledger) claimPath(key string, n int) string {
	return filepath.Join(l.folder, "claims", fmt.Sprintf("%s.%d", hashed(key), n))
}

// freed is appended to the name of a claim that is void as a scheduler has ended the process.
const freed = ".void"

// claim claims a job for this process; mine is false where another process does it, or has done it,
// as far as is known. A claim that is void is followed by the next number, which again one process
// alone can create.
func (l *Ledger) claim(key string) (mine bool, err error) {
	for n := 1; ; n++ {
		path := l.claimPath(key, n)
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err == nil {
			_, err = f.WriteString(l.own + "\n")
			return err == nil, errors.Join(err, f.Close())
		}
		if !errors.Is(err, fs.ErrExist) {
			return false, fmt.Errorf("cannot claim %s: %w", key, err)
		}
		void, err := l.void(path)
		if err != nil || !void {
			return false, err
		}
		if l.has(key) { // it had done it
			return false, nil
		}
	}
}

// void reports whether a claim is void. What its process wrote before is then known.
func (l *Ledger) void(path string) (bool, error) {
	owner, err := l.ownerOf(path)
	if err != nil || owner == l.own {
		return false, err
	}
	o, err := l.otherOf(owner)
	if err != nil {
		return false, err
	}
	l.mu.Lock()
	gone := l.gone(owner, o)
	l.mu.Unlock()
	if !gone {
		if _, err := os.Lstat(path + freed); err != nil {
			return false, nil
		}
	}
	return true, l.reread(owner) // all of it
}

// otherOf returns the ledger of another process, as far as it is written.
func (l *Ledger) otherOf(name string) (*other, error) {
	if err := l.reread(name); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.others[name], nil
}

// ownerOf returns the name of the ledger of the process that made a claim. One that was killed between
// creating and writing it has the name of the claim, which no ledger has, and grows old.
func (l *Ledger) ownerOf(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	if n := len(text); n > 1 && text[n-1] == '\n' {
		return string(text[:n-1]), nil
	}
	return "empty-" + filepath.Base(path), nil
}

// free makes void the claims of a job that elements of an array made, all of which the scheduler has
// ended.
func (l *Ledger) free(key string) error {
	for n := 1; ; n++ {
		path := l.claimPath(key, n)
		owner, err := l.ownerOf(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		var o *other
		if err == nil {
			o, err = l.otherOf(owner)
		}
		if err == nil && o.Element != "" {
			err = os.WriteFile(path+freed, nil, 0o666)
		}
		if err != nil {
			return err
		}
	}
}
