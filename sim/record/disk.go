package record

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Disk is the file system that a run writes to. [OS] is that of the system; tests use others
// that fail.
type Disk interface {
	// Create makes a file, or empties an existing one.
	Create(path string) (File, error)
	// Update opens a file to change parts of it, or makes it.
	Update(path string) (Updated, error)
	// MkdirAll makes a folder and those above it that do not exist.
	MkdirAll(path string) error
	// Mkdir makes one folder, which must not exist.
	Mkdir(path string) error
	// Rename renames a file or folder atomically.
	Rename(from, to string) error
	// SyncDir writes the names in a folder to the device.
	SyncDir(path string) error
	// RemoveAll removes a file, or a folder with its contents.
	RemoveAll(path string) error
}

// File is a file that is being written.
type File interface {
	io.Writer
	Sync() error
	Close() error
}

// Updated is a file of which parts are changed.
type Updated interface {
	io.WriterAt
	Truncate(size int64) error
	Sync() error
	Close() error
}

// OS is the disk of the operating system.
var OS Disk = system{}

type system struct{}

// Create is os.Create.
func (system) Create(path string) (File, error) { return os.Create(path) }

// Update is os.OpenFile for writing.
func (system) Update(path string) (Updated, error) {
	return os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o666)
}

// MkdirAll is os.MkdirAll.
func (system) MkdirAll(path string) error { return os.MkdirAll(path, 0o777) }

// Mkdir is os.Mkdir.
func (system) Mkdir(path string) error { return os.Mkdir(path, 0o777) }

// Rename is os.Rename.
func (system) Rename(from, to string) error { return os.Rename(from, to) }

// RemoveAll is os.RemoveAll.
func (system) RemoveAll(path string) error { return os.RemoveAll(path) }

// SyncDir synchronises a folder. Systems that cannot synchronise folders, and folders that may
// be written but not opened, are not an error; a device that fails is.
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
