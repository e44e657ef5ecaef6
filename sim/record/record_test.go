package record_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/record"
)

func TestRunIsCompleteOrAbsent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "runs", "a")
	d, err := record.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.Create(dir); err == nil || !strings.Contains(err.Error(), "another run is writing it") {
		t.Errorf("a second run in one place: %v", err)
	}
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
	if err := d.Write("arrays/x", hello); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("the run is in place before it is finished")
	}
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "arrays", "x")); err != nil || string(got) != "hello" {
		t.Errorf("read %q, %v", got, err)
	}
	// printf hello | sha256sum
	if got := d.Sums()["arrays/x"]; got != "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" {
		t.Errorf("checksum %s", got)
	}
	if _, err := record.Create(dir); err == nil || !strings.Contains(err.Error(), "already there") {
		t.Errorf("a run over a finished one: %v", err)
	}
	if got := record.NextFree(dir); got != dir+"-2" {
		t.Errorf("the next free place is %s", got)
	}
}

func TestFailedRunLeavesNothing(t *testing.T) {
	root := t.TempDir()
	d, err := record.Create(filepath.Join(root, "a"))
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("no space left on device")
	err = d.Write("x", func(io.Writer) error { return full })
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "cannot write x") {
		t.Errorf("got %v", err)
	}
	if err := d.Abandon(); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(root); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// TestConfigStays continues a directory: the config and the checkpoint stay, results do not,
// and a config that cannot be written leaves the one before.
func TestConfigStays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a")
	broken := &unwritable{Disk: record.OS}
	d, err := record.Open(broken, dir, false)
	if err != nil {
		t.Fatal(err)
	}
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
	if err := errors.Join(d.SaveConfig("seed = 1\n"), d.SaveCheckpoint(3, hello), d.Write("metrics.csv", hello)); err != nil {
		t.Fatal(err)
	}
	// printf 'seed = 1\n' | sha256sum
	if got := d.Sums()[record.ConfigFile]; got != "46545c629053298cb8b068758bd6cb0ba83f1533f50a054de71575535afea66b" {
		t.Errorf("checksum %s", got)
	}
	broken.broken = true
	if err := d.SaveConfig("seed = 2\n"); !errors.Is(err, errBroken) {
		t.Errorf("got %v", err)
	}
	holds := func(when string) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir+".partial", "config.toml"))
		if err != nil || string(text) != "seed = 1\n" {
			t.Errorf("%s: the config is %q, %v", when, text, err)
		}
		entries, err := os.ReadDir(dir + ".partial")
		if err != nil || len(entries) != 3 || len(record.CheckpointsIn(dir+".partial")) != 1 {
			t.Errorf("%s: %v is left, %v", when, entries, err)
		}
	}
	if err := d.Abandon(); err != nil {
		t.Fatal(err)
	}
	holds("abandoned")
	if d, err = record.Open(record.OS, dir, true); err != nil {
		t.Fatal(err)
	}
	holds("opened again")
	if err := d.Abandon(); err != nil {
		t.Fatal(err)
	}
}

var errBroken = errors.New("the disk is broken")

// unwritable is a disk on which, once broken, files can be made and not written.
type unwritable struct {
	record.Disk
	broken bool
}

type unwritableFile struct{ record.File }

func (unwritableFile) Write([]byte) (int, error) { return 0, errBroken }

func (d *unwritable) Create(path string) (record.File, error) {
	f, err := d.Disk.Create(path)
	if d.broken && err == nil {
		return unwritableFile{f}, nil
	}
	return f, err
}
