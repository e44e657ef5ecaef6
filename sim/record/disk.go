package record

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Disk is what a run writes to. [OS] is the usual one; tests put one in its place that
// fails.
type Disk interface {
	// Create makes a file, or empties the one that is there.
	Create(path string) (File, error)
	// MkdirAll makes a folder and those above it, where they are not there.
	MkdirAll(path string) error
	// Mkdir makes one folder, which must not be there.
	Mkdir(path string) error
	// Rename gives a file or folder another name, at once.
	Rename(from, to string) error
	// SyncDir writes the names in a folder through to the device.
	SyncDir(path string) error
	// RemoveAll removes a file or folder with all it holds.
	RemoveAll(path string) error
}

// File is a file that is being written.
type File interface {
	io.Writer
	Sync() error
	Close() error
}

// OS is the disk of the operating system.
var OS Disk = system{}

type system struct{}

// Create is os.Create.
func (system) Create(path string) (File, error) { return os.Create(path) }

// MkdirAll is os.MkdirAll.
func (system) MkdirAll(path string) error { return os.MkdirAll(path, 0o777) }

// Mkdir is os.Mkdir.
func (system) Mkdir(path string) error { return os.Mkdir(path, 0o777) }

// Rename is os.Rename.
func (system) Rename(from, to string) error { return os.Rename(from, to) }

// RemoveAll is os.RemoveAll.
func (system) RemoveAll(path string) error { return os.RemoveAll(path) }

// SyncDir synchronises a folder. Some systems cannot do that with a folder, and some
// folders may be written and not opened: there is nothing to be done about that. A device
// that fails is an error.
func (system) SyncDir(path string) error {
	f, err := os.Open(path)
	if err == nil {
		err = errors.Join(f.Sync(), f.Close())
	}
	for _, cannot := range []error{fs.ErrPermission, syscall.EINVAL, errors.ErrUnsupported} {
		if errors.Is(err, cannot) {
			return nil
		}
	}
	return err
}
