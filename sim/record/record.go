// Package record writes the directory of a run.
//
// A run is written into DIR.partial and renamed to DIR when all of it is on disk: DIR is
// complete or absent. Every file is written, synchronised and closed before the rename.
// DIR.partial also holds the checkpoints from which a killed run continues, in the folder
// checkpoint, and a lock that the system releases when the process ends.
package record

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
)

// Dir is the directory of a run that is being written.
type Dir struct {
	disk           Disk
	final, partial string
	sums           map[string]string
	folders        map[string]bool // with names that are not synchronised
	growing        []*Growing      // that are open
	release        func()          // of the lock
	shared         bool            // with other processes, see [Share]
	made           bool            // by this process
}

// ConfigFile is the config of a run: the first file that it writes. DIR.partial has it from the
// beginning, so that it tells which experiment it belongs to (see [Dir.SaveConfig]).
const ConfigFile = "config.toml"

// Folders and files of a directory that are not results.
const (
	checkpoints = "checkpoint"
	lockFile    = "lock"
	logEnds     = ".log"
)

// Transient lists the folders and files that exist only while a run is being written. A run
// that is killed between the rename and their removal leaves them in its finished directory.
var Transient = []string{checkpoints, lockFile}

// Create starts the directory of a new run on the disk of the system. It returns an error if
// the directory exists, or DIR.partial of a run that is being written or was killed.
func Create(dir string) (*Dir, error) { return Open(OS, dir, false) }

// ExistsError is the error of [Open] for a directory that exists.
type ExistsError struct{ Dir string }

// Error says what to do.
func (e *ExistsError) Error() string {
	return fmt.Sprintf("%s is already there; choose another place with --out", e.Dir)
}

// Open starts the directory of a run. With resume it continues DIR.partial of a run that was
// killed, if there is one; without it, such a folder is an error.
func Open(disk Disk, dir string, resume bool) (*Dir, error) { return start(disk, dir, resume, false) }

func start(disk Disk, dir string, resume, shared bool) (*Dir, error) {
	dir = filepath.Clean(dir) // DIR/ is DIR
	d := &Dir{disk: disk, final: dir, partial: dir + ".partial", sums: map[string]string{}, folders: map[string]bool{}, shared: shared}
	if err := d.vacant(); err != nil {
		return nil, err
	}
	if err := makeAll(disk, filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("cannot make the folder for runs: %w", err)
	}
	err := disk.Mkdir(d.partial)
	there := errors.Is(err, fs.ErrExist)
	d.made = !there
	if err != nil && !there {
		return nil, fmt.Errorf("cannot make the folder of the run: %w", err)
	}
	if there && !d.ours() {
		return nil, fmt.Errorf("%s is already there, and was not created by partsnet; remove it, or choose another place with --out", d.partial)
	}
	d.release, err = lock(filepath.Join(d.partial, lockFile), shared)
	finished := d.vacant() // another process may have finished the run before this one got the lock
	if err == nil && finished != nil {
		d.release()
	}
	if (err != nil || finished != nil) && !there && !errors.Is(err, errLocked) {
		_ = disk.RemoveAll(d.partial) // it would look like that of a killed run
	}
	if finished != nil {
		return nil, finished
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; choose another place with --out", d.partial, err)
	}
	if there && !resume {
		d.release()
		return nil, fmt.Errorf("%s is already there: a run was killed or ended with an error; continue it with --resume, remove it, or choose another place with --out", d.partial)
	}
	if shared {
		return d, nil
	}
	if err := d.clear(); err != nil {
		d.release()
		return nil, fmt.Errorf("cannot clear what an interrupted run left: %w", err)
	}
	return d, nil
}

// ours reports whether an existing DIR.partial was made by a run: it holds the lock file, or
// nothing if the run was killed before it made one.
func (d *Dir) ours() bool {
	entries, err := os.ReadDir(d.partial)
	return err == nil && (len(entries) == 0 || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == lockFile }))
}

// clear removes results: they may be half written, or belong to another experiment. The
// files of [Transient] stay, among them the checkpoints, and so do the config, which is
// written atomically, the runs of groups, each of which is complete or clears itself, and what
// has grown up to a checkpoint.
func (d *Dir) clear() error {
	entries, err := os.ReadDir(d.partial)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() != ConfigFile && e.Name() != MembersFolder && e.Name() != GrownFolder && !slices.Contains(Transient, e.Name()) {
			err = errors.Join(err, d.disk.RemoveAll(filepath.Join(d.partial, e.Name())))
		}
	}
	return err
}

// vacant returns an error if the finished directory exists.
func (d *Dir) vacant() error {
	if _, err := os.Lstat(d.final); err == nil {
		return &ExistsError{d.final}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot read %s: %w", d.final, err)
	}
	return nil
}

// makeAll makes a folder and those above it, and synchronises the folders that hold their
// names.
func makeAll(disk Disk, path string) error {
	var above []string
	for ; path != filepath.Dir(path); path = filepath.Dir(path) {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		above = append(above, path)
	}
	if len(above) == 0 {
		return disk.MkdirAll(path)
	}
	err := disk.MkdirAll(above[0])
	for _, made := range above {
		if err == nil {
			err = disk.SyncDir(filepath.Dir(made))
		}
	}
	return err
}

// Partial returns the folder that is being written, DIR.partial.
func (d *Dir) Partial() string { return d.partial }

// SaveConfig writes the config of the run, [ConfigFile], atomically: the config in DIR.partial
// is whole whenever the run is killed.
func (d *Dir) SaveConfig(text string) error {
	sum := newSum()
	err := d.replace(filepath.Join(d.partial, ConfigFile), func(w io.Writer) error {
		_, err := io.WriteString(io.MultiWriter(w, sum), text)
		return err
	})
	if err == nil {
		err = d.disk.SyncDir(d.partial)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", ConfigFile, err)
	}
	d.sums[ConfigFile] = sum.hex()
	return nil
}

// replace writes a file under another name and renames it when all of it is on the device.
func (d *Dir) replace(path string, write func(w io.Writer) error) error {
	err := d.write(path+".new", write)
	if err == nil {
		err = d.disk.Rename(path+".new", path)
	}
	if err != nil {
		_ = d.disk.RemoveAll(path + ".new") // the disk may be full
	}
	return err
}

// WriteFile writes a file that is in no directory of a run: it is whole, or stays as it was.
func WriteFile(disk Disk, path string, write func(w io.Writer) error) error {
	d := &Dir{disk: disk}
	err := d.replace(path, write)
	if err == nil {
		err = disk.SyncDir(filepath.Dir(path))
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}

// Write writes one file, whose name is relative to the directory with slashes.
func (d *Dir) Write(name string, write func(w io.Writer) error) error {
	path := filepath.Join(d.partial, filepath.FromSlash(name))
	if err := d.disk.MkdirAll(filepath.Dir(path)); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	sum := newSum()
	if err := d.write(path, func(w io.Writer) error { return write(io.MultiWriter(w, sum)) }); err != nil {
		return fmt.Errorf("cannot write %s: %w", name, err)
	}
	d.wrote(name, path, sum.hex())
	return nil
}

// wrote notes that a file is written, with its checksum.
func (d *Dir) wrote(name, path, sum string) {
	d.sums[name] = sum
	for folder := filepath.Dir(path); len(folder) >= len(d.partial); folder = filepath.Dir(folder) {
		d.folders[folder] = true
	}
}

// write writes a file and synchronises it.
func (d *Dir) write(path string, write func(w io.Writer) error) error {
	f, err := d.disk.Create(path)
	if err != nil {
		return err
	}
	buf := bufio.NewWriterSize(f, 1<<16)
	if err = write(buf); err == nil {
		err = buf.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

// Sums returns the SHA-256 of every file written so far.
func (d *Dir) Sums() map[string]string { return d.sums }

// Commit synchronises the folders, renames DIR.partial to DIR and removes the checkpoints and
// the lock.
func (d *Dir) Commit() error {
	for _, folder := range slices.Sorted(maps.Keys(d.folders)) {
		if err := d.disk.SyncDir(folder); err != nil {
			return fmt.Errorf("cannot finish the folder of the run: %w", err)
		}
	}
	if !movesOpen {
		d.release()
	}
	if err := d.disk.Rename(d.partial, d.final); err != nil {
		return fmt.Errorf("cannot finish the folder of the run: %w", err)
	}
	d.release()
	return errors.Join(d.disk.SyncDir(filepath.Dir(d.final)), RemoveTransient(d.disk, d.final))
}

// RemoveTransient removes the files of [Transient] from a finished directory. They are there
// if the run was killed right after the rename.
func RemoveTransient(disk Disk, dir string) (err error) {
	for _, name := range Transient {
		err = errors.Join(err, disk.RemoveAll(filepath.Join(dir, name)))
	}
	return err
}

// Abandon ends a run that failed. It removes the results, and DIR.partial as a whole if there
// is neither a checkpoint nor a log nor a group from which the run can continue. Of a directory that
// is shared ([Share]) it removes nothing that another process may have made.
func (d *Dir) Abandon() error {
	defer d.release() // after the folder is removed, so that no other run begins in it
	for _, g := range d.growing {
		_ = g.file.Close() // what failed is reported
	}
	if d.shared && (!d.made || d.resumable()) {
		return nil
	}
	if d.resumable() {
		return d.clear()
	}
	if !movesOpen {
		d.release()
	}
	return d.disk.RemoveAll(d.partial)
}

// Leave ends a run that is not complete and leaves DIR.partial with its results and the log
// from which it continues. [Open] with resume removes those results.
func (d *Dir) Leave() error {
	defer d.release()
	for _, folder := range slices.Sorted(maps.Keys(d.folders)) {
		if err := d.disk.SyncDir(folder); err != nil {
			return fmt.Errorf("cannot finish the folder: %w", err)
		}
	}
	return nil
}
