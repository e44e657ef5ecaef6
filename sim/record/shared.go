package record

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Share starts or continues a directory as [Open] does, but one that several processes write, on
// several machines too. It leaves what is in DIR.partial as it is, and it is for the processes to say
// who writes what: each its own log, and one, when all is done, the results after [Dir.Clear]. The
// lock keeps other kinds of runs out of the directory, where the file system has locks.
func Share(disk Disk, dir string, resume bool) (*Dir, error) { return start(disk, dir, resume, true) }

// Clear removes results, as [Open] does with resume.
func (d *Dir) Clear() error { return d.clear() }

// KeptFolder returns the folder of checkpoints and logs, which is removed when the run is finished. It
// makes it where it is missing.
func (d *Dir) KeptFolder() (string, error) {
	folder := filepath.Join(d.partial, checkpoints)
	if err := d.disk.MkdirAll(folder); err != nil {
		return "", fmt.Errorf("cannot make %s: %w", folder, err)
	}
	return folder, nil
}

// Keep writes a file into the folder of checkpoints, atomically, also where several processes write it at
// the same time: one of them is the last.
func (d *Dir) Keep(name string, write func(w io.Writer) error) error {
	folder, err := d.KeptFolder()
	if err == nil {
		part := filepath.Join(folder, fmt.Sprintf("%s.%s.new", name, rand.Text()))
		if err = d.write(part, write); err == nil {
			err = d.disk.Rename(part, filepath.Join(folder, name))
		}
		if err != nil {
			_ = d.disk.RemoveAll(part) // the disk may be full
		}
	}
	if err == nil {
		err = d.disk.SyncDir(folder)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	return nil
}

// ReadKept returns the content of a file of [Dir.Keep] in a folder DIR.partial.
func ReadKept(partial, name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(partial, checkpoints, name))
}

// Remove removes DIR.partial with all that is in it.
func (d *Dir) Remove() error {
	if !movesOpen {
		d.release()
	}
	defer d.release()
	return d.disk.RemoveAll(d.partial)
}
