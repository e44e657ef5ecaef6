package record_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/record"
)

// TestGrowing lets a file grow in two sessions, the second of which cuts what the first wrote behind
// its checkpoint, and demands its bytes and its checksum.
func TestGrowing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	long := bytes.Repeat([]byte("0123456789abcdef"), 10_000) // more than is kept back
	d, err := record.Create(dir)
	if err != nil {
		t.Fatal(err)
	}
	g, err := d.Grow("a.npy", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range [][]byte{[]byte("head"), long, []byte("kept")} {
		if _, err := g.Write(part); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.SaveCheckpoint(1, func(io.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir+".partial", "recorded", "a.npy")
	if info, err := os.Stat(path); err != nil || info.Size() != int64(len(long))+8 {
		t.Errorf("a checkpoint leaves %v, %v", info, err)
	}
	if _, err := g.Write([]byte("lost")); err != nil {
		t.Fatal(err)
	}
	if err := d.SaveCheckpoint(2, func(io.Writer) error { return nil }); err != nil {
		t.Fatal(err)
	}
	if err := d.Abandon(); err != nil {
		t.Fatal(err)
	}
	if d, err = record.Open(record.OS, dir, true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Grow("a.npy", int64(len(long))+100); err == nil || !strings.Contains(err.Error(), "does not hold the 160100 bytes") {
		t.Errorf("more than there is: %v", err)
	}
	if g, err = d.Grow("a.npy", int64(len(long))+8); err != nil {
		t.Fatal(err)
	}
	if _, err := g.Write([]byte("!")); err != nil {
		t.Fatal(err)
	}
	if err := g.Overwrite([]byte("HEAD")); err != nil {
		t.Fatal(err)
	}
	if err := g.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "recorded", "a.npy")
	want := "HEAD" + string(long) + "kept!"
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%d bytes, %v; want %d", len(got), err, len(want))
	}
	if sum, err := record.FileSum(path); err != nil || d.Sums()["recorded/a.npy"] != sum {
		t.Errorf("checksum %s, %v; the run has %s", sum, err, d.Sums()["recorded/a.npy"])
	}
}
