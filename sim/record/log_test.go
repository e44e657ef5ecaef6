package record_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"partsnet/sim/record"
)

// TestLog reads a log while it is written: whole lines once each, damaged ones not, and one that is not
// complete when it is.
func TestLog(t *testing.T) {
	dir, err := record.Create(filepath.Join(t.TempDir(), "run"))
	if err != nil {
		t.Fatal(err)
	}
	log, err := dir.NewLog("runs-1.log")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dir.NewLog("runs-1.log"); err == nil {
		t.Error("a log was made twice")
	}
	reader := dir.ReadLog("runs-1.log")
	holds := func(damaged int, want ...string) {
		t.Helper()
		texts, err := reader.Next()
		var got []string
		for _, text := range texts {
			got = append(got, string(text))
		}
		if err != nil || !slices.Equal(got, want) || reader.Damaged != damaged {
			t.Errorf("%q, %d damaged, %v; want %q and %d", got, reader.Damaged, err, want, damaged)
		}
	}
	add := func(raw string) {
		t.Helper()
		f, err := os.OpenFile(filepath.Join(dir.Partial(), "checkpoint", "runs-1.log"), os.O_WRONLY|os.O_APPEND, 0)
		if err == nil {
			_, err = f.WriteString(raw)
		}
		if err == nil {
			err = f.Close()
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	holds(0)
	for _, text := range []string{"one", `{"two": 2}`} {
		if err := log.Append([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	holds(0, "one", `{"two": 2}`)
	holds(0)
	// printf three | sha256sum
	add("8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f x\n8b5b9db0c13db242 thr")
	holds(1)
	add("ee\n")
	holds(1, "three")
	if names, err := dir.Logs(); err != nil || !slices.Equal(names, []string{"runs-1.log"}) {
		t.Errorf("logs %v, %v", names, err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if err := dir.Abandon(); err != nil {
		t.Fatal(err)
	}
}
