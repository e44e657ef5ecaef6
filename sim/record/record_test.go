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
