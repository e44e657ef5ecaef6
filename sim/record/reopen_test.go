package record_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"partsnet/sim/record"
)

// failing is a disk whose operation number at fails, counted from 0.
type failing struct {
	record.Disk
	at, done int
}

func (d *failing) next() error {
	d.done++
	if d.done-1 == d.at {
		return errBroken
	}
	return nil
}

func (d *failing) Create(path string) (record.File, error) {
	if err := d.next(); err != nil {
		return nil, err
	}
	return d.Disk.Create(path)
}

func (d *failing) MkdirAll(path string) error { return errors.Join(d.next(), d.Disk.MkdirAll(path)) }

func (d *failing) Rename(from, to string) error {
	if err := d.next(); err != nil {
		return err
	}
	return d.Disk.Rename(from, to)
}

func (d *failing) SyncDir(path string) error { return errors.Join(d.next(), d.Disk.SyncDir(path)) }

// TestReopen breaks the disk at each of its operations in turn: the finished directory is whole, or
// is DIR.partial with its log, from which it goes on.
func TestReopen(t *testing.T) {
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
	for at := 0; ; at++ {
		dir := filepath.Join(t.TempDir(), "r")
		d, err := record.Create(dir)
		if err != nil {
			t.Fatal(err)
		}
		log, err := d.NewLog("runs-1.log")
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(log.Append([]byte("first")), log.Close(), d.Write("table", hello), d.WriteLog("runs.log", [][]byte{[]byte("first")}), d.Commit()); err != nil {
			t.Fatal(err)
		}
		disk := &failing{Disk: record.OS, at: at}
		broken := record.Reopen(disk, dir, "runs.log")
		if _, err := os.Stat(dir); err == nil {
			if broken == nil {
				t.Error("the directory is still there")
			}
			if got, err := os.ReadFile(filepath.Join(dir, "table")); err != nil || string(got) != "hello" {
				t.Errorf("operation %d: %q, %v", at, got, err)
			}
			if err := record.RemoveTransient(record.OS, dir); err != nil {
				t.Errorf("operation %d: %v", at, err)
			}
			continue
		}
		d, err = record.Open(record.OS, dir, true)
		if err != nil {
			t.Fatalf("operation %d: %v", at, err)
		}
		lines, err := d.ReadLog("runs.log").Next()
		if err != nil || len(lines) != 1 || string(lines[0]) != "first" {
			t.Errorf("operation %d: lines %q, %v", at, lines, err)
		}
		if err := d.Abandon(); err != nil {
			t.Error(err)
		}
		if at >= disk.done {
			if broken != nil {
				t.Error(broken)
			}
			return
		}
	}
}
