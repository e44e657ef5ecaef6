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
// and is on the device when [Log.Append] returns. A process that is killed at any moment leaves
// whole lines and at most one incomplete line, which [LogReader] does not return. Each log has
// one writer, so that nothing depends on locks.
type Log struct{ file *os.File }

// NewLog makes a log of that name, which ends in .log and must not exist.
func (d *Dir) NewLog(name string) (*Log, error) {
	folder, err := d.KeptFolder()
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, name)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	if err := d.disk.SyncDir(folder); err != nil {
		return nil, errors.Join(fmt.Errorf("cannot make %s: %w", path, err), f.Close())
	}
	return &Log{f}, nil
}

// Append writes a text as a line. The text must not contain a newline.
func (l *Log) Append(text []byte) error {
	_, err := l.file.Write(lineOf(text))
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

// LogReader reads the lines of a log, which may be written meanwhile.
type LogReader struct {
	path    string
	read    int64 // bytes of whole lines
	Damaged int   // lines so far, which were left out
}

// Logs returns the names of the logs in the folder of checkpoints.
func (d *Dir) Logs() (names []string, err error) {
	entries, err := os.ReadDir(filepath.Join(d.partial, checkpoints))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), logEnds) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// ReadLog returns a reader of the log of that name.
func (d *Dir) ReadLog(name string) *LogReader {
	return &LogReader{path: filepath.Join(d.partial, checkpoints, name)}
}

// ReadWrittenLog returns a reader of the log that [Dir.WriteLog] wrote into a finished directory.
func ReadWrittenLog(dir, name string) *LogReader { return &LogReader{path: filepath.Join(dir, name)} }

// Stat describes the file.
func (r *LogReader) Stat() (fs.FileInfo, error) { return os.Stat(r.path) }

// Next returns the texts of the whole lines that were written since the call before. Damaged lines
// are left out.
func (r *LogReader) Next() (texts [][]byte, err error) {
	f, err := os.Open(r.path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() <= r.read {
		return nil, nil
	}
	if _, err := f.Seek(r.read, io.SeekStart); err != nil {
		return nil, err
	}
	all, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", r.path, err)
	}
	all = all[:bytes.LastIndexByte(all, '\n')+1]
	r.read += int64(len(all))
	for line := range bytes.Lines(all) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if sum, text, ok := bytes.Cut(line, []byte(" ")); ok && string(sum) == lineSum(text) {
			texts = append(texts, text)
		} else if len(line) > 0 {
			r.Damaged++
		}
	}
	return texts, nil
}

// LogsIn returns the files of the logs in a folder DIR.partial.
func LogsIn(partial string) (logs []string) {
	names, _ := (&Dir{partial: partial}).Logs() // no folder, no logs
	for _, name := range names {
		logs = append(logs, filepath.Join(partial, checkpoints, name))
	}
	return logs
}

// WriteLog writes texts as a log into the directory itself, where it stays when the run is finished,
// so that [Reopen] can continue it.
func (d *Dir) WriteLog(name string, texts [][]byte) error {
	return d.Write(name, func(w io.Writer) (err error) {
		for _, text := range texts {
			if err == nil {
				_, err = w.Write(lineOf(text))
			}
		}
		return err
	})
}

func lineOf(text []byte) []byte {
	return append(append([]byte(lineSum(text)+" "), text...), '\n')
}

func lineSum(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}

// Reopen makes a finished directory an interrupted one, DIR.partial, which goes on behind the log that
// [Dir.WriteLog] left in it. Until all is ready the directory stays as it is.
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
