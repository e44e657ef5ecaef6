package record

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Log is a file in the folder of checkpoints to which lines are appended, one for each finished
// part of a run, so that a killed run continues with the rest. A line is
//
//	SHA-256 of the text, its first 16 digits ‖ space ‖ text ‖ newline
//
// and is on the device when [Log.Append] returns. A run that is killed at any moment leaves
// whole lines and at most one incomplete line, which [Dir.OpenLog] cuts off.
type Log struct{ file *os.File }

// OpenLog opens the log of that name, which ends in .log, or makes it, and returns the texts
// of its lines. Damaged lines are left out; damaged lists their numbers, counted from 1.
func (d *Dir) OpenLog(name string) (log *Log, texts [][]byte, damaged []int, err error) {
	folder := filepath.Join(d.partial, checkpoints)
	if err := d.disk.MkdirAll(folder); err != nil {
		return nil, nil, nil, fmt.Errorf("cannot make %s: %w", folder, err)
	}
	path := filepath.Join(folder, name)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, nil, nil, err
	}
	all, err := io.ReadAll(f)
	whole := bytes.LastIndexByte(all, '\n') + 1
	if err == nil && whole < len(all) {
		err = f.Truncate(int64(whole))
	}
	if err == nil {
		_, err = f.Seek(int64(whole), io.SeekStart)
	}
	if err == nil {
		err = d.disk.SyncDir(folder)
	}
	if err != nil {
		return nil, nil, nil, errors.Join(fmt.Errorf("cannot open %s: %w", path, err), f.Close())
	}
	texts, damaged = linesOf(all[:whole])
	return &Log{f}, texts, damaged, nil
}

// linesOf returns the texts of whole lines, and the numbers of those that are damaged.
func linesOf(all []byte) (texts [][]byte, damaged []int) {
	for k, line := range bytes.Split(all, []byte("\n")) {
		sum, text, ok := bytes.Cut(line, []byte(" "))
		switch {
		case ok && string(sum) == lineSum(text):
			texts = append(texts, text)
		case len(line) > 0:
			damaged = append(damaged, k+1)
		}
	}
	return texts, damaged
}

// ReadLog returns the texts of the whole lines of a log in a folder DIR.partial, which may be
// written meanwhile; nil if there is none.
func ReadLog(partial, name string) [][]byte {
	all, err := os.ReadFile(filepath.Join(partial, checkpoints, name))
	if err != nil {
		return nil
	}
	texts, _ := linesOf(all)
	return texts
}

// LogsIn returns the files of the logs in a folder DIR.partial.
func LogsIn(partial string) (logs []string) {
	folder := filepath.Join(partial, checkpoints)
	entries, _ := os.ReadDir(folder) // no folder, no logs
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), logEnds) {
			logs = append(logs, filepath.Join(folder, e.Name()))
		}
	}
	return logs
}

// Append writes a text as a line. The text must not contain a newline.
func (l *Log) Append(text []byte) error {
	line := append([]byte(lineSum(text)+" "), text...)
	_, err := l.file.Write(append(line, '\n'))
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", l.file.Name(), err)
	}
	return nil
}

// Close closes the file.
func (l *Log) Close() error { return l.file.Close() }

func lineSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// CopyLog writes a log into the directory itself, where it stays when the run is finished, so that
// [Reopen] can continue it.
func (d *Dir) CopyLog(name string) error {
	return d.Write(name, func(w io.Writer) error {
		f, err := os.Open(filepath.Join(d.partial, checkpoints, name))
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	})
}

// Reopen makes a finished directory an interrupted one, DIR.partial, which goes on behind the log that
// [Dir.CopyLog] left in it. Until all is ready the directory stays as it is.
func Reopen(disk Disk, dir, name string) error {
	dir = filepath.Clean(dir)
	partial, folder := dir+".partial", filepath.Join(dir, checkpoints)
	if _, err := os.Lstat(partial); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s cannot be continued, as %s is there already", dir, partial)
	}
	text, err := os.ReadFile(filepath.Join(dir, name))
	if err == nil {
		err = disk.MkdirAll(folder)
	}
	d := &Dir{disk: disk}
	for _, f := range []struct {
		path string
		text []byte
	}{{filepath.Join(folder, name), text}, {filepath.Join(dir, lockFile), nil}} {
		if err == nil {
			err = d.write(f.path, func(w io.Writer) error { _, err := w.Write(f.text); return err })
		}
	}
	for _, made := range []string{folder, dir} {
		if err == nil {
			err = disk.SyncDir(made)
		}
	}
	if err == nil {
		err = disk.Rename(dir, partial)
	}
	if err == nil {
		err = disk.SyncDir(filepath.Dir(dir))
	}
	if err != nil {
		return fmt.Errorf("cannot continue %s: %w", dir, err)
	}
	return nil
}
