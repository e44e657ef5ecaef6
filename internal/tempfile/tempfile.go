// Package tempfile writes the files that tests read. Only tests import it.
package tempfile

import (
	"os"
	"path/filepath"
	"testing"
)

// Write writes a file into a new folder that lasts as long as the test, and returns its path.
// The name may begin with folders, which are made.
func Write[T string | []byte](t testing.TB, name string, content T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}
