// Package record writes the directory of a run.
//
// A run is written beside its final place, in DIR.partial, and renamed when all
// of it is on disk: DIR is complete or absent. Every file in it is written,
// synchronised and closed before the rename. DIR.partial also holds what a killed run
// goes on from, in the folder checkpoint, and a lock that ends with the process.
package record

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Dir is the directory of a run that is being written.
type Dir struct {
	disk           Disk
	final, partial string
	sums           map[string]string
	folders        map[string]bool // with names that are not synchronised
	release        func()          // of the lock
}

// Folders and files of a directory that are no results.
const (
	checkpoints = "checkpoint"
	lockFile    = "lock"
	logEnds     = ".log"
)

// Passing are those of a run on its way. One that was killed in its last moment leaves
// them in its finished directory.
var Passing = []string{checkpoints, lockFile}

// Create starts the directory of a run on the disk of the system. It refuses a place
// that is taken, by a finished run or by one that is being written or was killed.
func Create(dir string) (*Dir, error) { return Open(OS, dir, false) }

// Finished is the error of a directory that is complete.
type Finished struct{ Dir string }

// Error says what to do.
func (e *Finished) Error() string {
	return fmt.Sprintf("%s is already there; choose another place with --out", e.Dir)
}

// Open starts the directory of a run, or goes on with one that was killed, if there is
// one and resume says so.
func Open(disk Disk, dir string, resume bool) (*Dir, error) {
	dir = filepath.Clean(dir) // DIR/ is DIR
	d := &Dir{disk: disk, final: dir, partial: dir + ".partial", sums: map[string]string{}, folders: map[string]bool{}}
	if err := d.vacant(); err != nil {
		return nil, err
	}
	if err := makeAll(disk, filepath.Dir(dir)); err != nil {
		return nil, fmt.Errorf("cannot make the folder for runs: %w", err)
	}
	err := disk.Mkdir(d.partial)
	there := errors.Is(err, fs.ErrExist)
	if err != nil && !there {
		return nil, fmt.Errorf("cannot make the folder of the run: %w", err)
	}
	if there && !d.ours() {
		return nil, fmt.Errorf("%s is already there, and was not created by partsnet; remove it, or choose another place with --out", d.partial)
	}
	d.release, err = lock(filepath.Join(d.partial, lockFile))
	finished := d.vacant() // what was there may have been finished before it was locked
	if err == nil && finished != nil {
		d.release()
	}
	if (err != nil || finished != nil) && !there && !errors.Is(err, errLocked) {
		_ = disk.RemoveAll(d.partial) // or it would look like that of a killed run
	}
	if finished != nil {
		return nil, finished
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w; choose another place with --out", d.partial, err)
	}
	if there && !resume {
		d.release()
		return nil, fmt.Errorf("%s is already there: a run was killed or ran into an error; go on with --resume, remove it, or choose another place with --out", d.partial)
	}
	if err := d.clear(); err != nil {
		d.release()
		return nil, fmt.Errorf("cannot clear what an interrupted run left: %w", err)
	}
	return d, nil
}

// ours reports whether the folder that is there was made for a run: it has the lock, or
// nothing at all where the run was killed before it had.
func (d *Dir) ours() bool {
	entries, err := os.ReadDir(d.partial)
	return err == nil && (len(entries) == 0 || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == lockFile }))
}

// clear removes results that were written: they may be half of a file, or of another
// experiment. What a run goes on from stays.
func (d *Dir) clear() error {
	entries, err := os.ReadDir(d.partial)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !slices.Contains(Passing, e.Name()) {
			err = errors.Join(err, d.disk.RemoveAll(filepath.Join(d.partial, e.Name())))
		}
	}
	return err
}

// vacant returns an error if the place of the finished directory is taken.
func (d *Dir) vacant() error {
	if _, err := os.Lstat(d.final); err == nil {
		return &Finished{d.final}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("cannot read %s: %w", d.final, err)
	}
	return nil
}

// makeAll makes a folder and those above it, and synchronises where their names stand.
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

// Partial returns the folder that is being written.
func (d *Dir) Partial() string { return d.partial }

// Keep writes a checkpoint of that number, atomically, and removes all but it and the
// one before.
func (d *Dir) Keep(number int, write func(w io.Writer) error) error {
	folder := filepath.Join(d.partial, checkpoints)
	if err := d.disk.MkdirAll(folder); err != nil {
		return fmt.Errorf("cannot write a checkpoint: %w", err)
	}
	name := filepath.Join(folder, fmt.Sprintf("%09d", number))
	err := d.write(name+".new", write)
	if err == nil {
		err = d.disk.Rename(name+".new", name)
	}
	for _, f := range []string{folder, d.partial, filepath.Dir(d.partial)} { // a name is lost with any above it
		if err == nil {
			err = d.disk.SyncDir(f)
		}
	}
	if err != nil {
		_ = d.disk.RemoveAll(name + ".new") // it takes room that there may not be
		return fmt.Errorf("cannot write a checkpoint: %w", err)
	}
	kept := d.Kept()
	for _, old := range kept[min(2, len(kept)):] {
		if err := d.disk.RemoveAll(old); err != nil {
			return fmt.Errorf("cannot remove an old checkpoint: %w", err)
		}
	}
	return nil
}

// Kept returns the files of the checkpoints, the newest first.
func (d *Dir) Kept() []string { return CheckpointsIn(d.partial) }

// CheckpointsIn returns the checkpoints in the directory of a run on its way, DIR.partial,
// the newest first.
func CheckpointsIn(partial string) []string {
	folder := filepath.Join(partial, checkpoints)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil // no folder, no checkpoints
	}
	var kept []string
	for _, e := range entries {
		if strings.Trim(e.Name(), "0123456789") == "" {
			kept = append(kept, filepath.Join(folder, e.Name()))
		}
	}
	slices.SortFunc(kept, func(a, b string) int { return cmp.Compare(b, a) })
	return kept
}

// SetAside takes a checkpoint that is damaged out of those kept, and leaves it beside them.
func (d *Dir) SetAside(checkpoint string) error {
	if err := d.disk.Rename(checkpoint, checkpoint+".damaged"); err != nil {
		return fmt.Errorf("cannot set a damaged checkpoint aside: %w", err)
	}
	return nil
}

// goesOn reports whether there is a checkpoint or a log to go on from.
func (d *Dir) goesOn() bool {
	entries, err := os.ReadDir(filepath.Join(d.partial, checkpoints))
	log := func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), logEnds) }
	return len(d.Kept()) > 0 || err == nil && slices.ContainsFunc(entries, log)
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
	d.sums[name] = sum.hex()
	for folder := filepath.Dir(path); len(folder) >= len(d.partial); folder = filepath.Dir(folder) {
		d.folders[folder] = true
	}
	return nil
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

// Commit puts the directory in its final place, when all names in it are on disk. What a
// killed run would have gone on from is removed then.
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
	return errors.Join(d.disk.SyncDir(filepath.Dir(d.final)), Tidy(d.disk, d.final))
}

// Tidy removes from a finished directory what a run goes on from, which is left where it
// was killed at the very end.
func Tidy(disk Disk, dir string) (err error) {
	for _, name := range Passing {
		err = errors.Join(err, disk.RemoveAll(filepath.Join(dir, name)))
	}
	return err
}

// Abandon ends a run that failed: it removes what was written of it, unless there is a
// checkpoint to go on from.
func (d *Dir) Abandon() error {
	defer d.release() // after the folder is gone, or another run could have begun in it
	if d.goesOn() {
		return d.clear()
	}
	if !movesOpen {
		d.release()
	}
	return d.disk.RemoveAll(d.partial)
}

// Leave ends what is not finished and leaves what was written of it in the place on the
// way, beside the log from which it goes on. What goes on removes it.
func (d *Dir) Leave() error {
	defer d.release()
	for _, folder := range slices.Sorted(maps.Keys(d.folders)) {
		if err := d.disk.SyncDir(folder); err != nil {
			return fmt.Errorf("cannot finish the folder: %w", err)
		}
	}
	return nil
}

// Discard removes all that was written, also what could be gone on from.
func (d *Dir) Discard() error { return d.disk.RemoveAll(filepath.Join(d.partial, checkpoints)) }

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
