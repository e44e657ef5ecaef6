package record

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// SaveCheckpoint writes a checkpoint of that number, atomically, and removes all but the
// newest two. What has grown until then is on the device before the checkpoint is.
func (d *Dir) SaveCheckpoint(number int, write func(w io.Writer) error) error {
	if err := d.saveGrown(); err != nil {
		return err
	}
	folder := filepath.Join(d.partial, checkpoints)
	if err := d.disk.MkdirAll(folder); err != nil {
		return fmt.Errorf("cannot write a checkpoint: %w", err)
	}
	err := d.replace(filepath.Join(folder, fmt.Sprintf("%09d", number)), write)
	for _, f := range []string{folder, d.partial, filepath.Dir(d.partial)} { // a file is lost with the name of any folder above it
		if err == nil {
			err = d.disk.SyncDir(f)
		}
	}
	if err != nil {
		return fmt.Errorf("cannot write a checkpoint: %w", err)
	}
	kept := d.Checkpoints()
	for _, old := range kept[min(2, len(kept)):] {
		if err := d.disk.RemoveAll(old); err != nil {
			return fmt.Errorf("cannot remove an old checkpoint: %w", err)
		}
	}
	return nil
}

// Checkpoints returns the files of the checkpoints, the newest first.
func (d *Dir) Checkpoints() []string { return CheckpointsIn(d.partial) }

// CheckpointsIn returns the files of the checkpoints in a folder DIR.partial, the newest
// first.
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

// Quarantine renames a damaged checkpoint to NAME.damaged, so that [Dir.Checkpoints] no longer
// lists it.
func (d *Dir) Quarantine(checkpoint string) error {
	if err := d.disk.Rename(checkpoint, checkpoint+".damaged"); err != nil {
		return fmt.Errorf("cannot rename a damaged checkpoint: %w", err)
	}
	return nil
}

// resumable reports whether there is a checkpoint, a log or a group from which a run can continue.
func (d *Dir) resumable() bool {
	entries, err := os.ReadDir(filepath.Join(d.partial, checkpoints))
	log := func(e fs.DirEntry) bool { return strings.HasSuffix(e.Name(), logEnds) }
	return len(d.Checkpoints()) > 0 || d.HasMembers() || err == nil && slices.ContainsFunc(entries, log)
}

// NextFree returns dir, or the first of dir-2, dir-3, ... that does not exist, either as a
// finished directory or as DIR.partial.
func NextFree(dir string) string {
	for k, name := 2, dir; ; k++ {
		_, err1 := os.Lstat(name)
		_, err2 := os.Lstat(name + ".partial")
		if err1 != nil && err2 != nil {
			return name
		}
		name = fmt.Sprintf("%s-%d", dir, k)
	}
}
