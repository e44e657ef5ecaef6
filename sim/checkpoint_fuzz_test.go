package sim

import (
	"os"
	"path/filepath"
	"testing"
)

// FuzzCheckpoint demands that nothing but a whole checkpoint is read as one: its
// checksum makes that all but impossible to find by chance.
func FuzzCheckpoint(f *testing.F) {
	f.Add([]byte(checkpointMagic))
	f.Add([]byte(checkpointMagic + "\xff\xff\xff\xff{}01234567890123456789012345678901"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "c")
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if c, _, err := readCheckpoint(path); err == nil {
			t.Errorf("read %+v", c)
		}
	})
}
