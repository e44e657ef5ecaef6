// Package shared lets tests find data that lie beside the project and are not
// part of it: reference numbers and data sets that may not be redistributed.
package shared

import (
	"os"
	"path/filepath"
	"testing"
)

// Path returns the path of a file below the folder "shared" beside the
// project. Where the folder is absent the test is skipped, unless the
// environment says CI=true: there, absence is a failure.
func Path(t testing.TB, elem ...string) string {
	t.Helper()
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		if root == filepath.Dir(root) {
			t.Fatal("the test does not run inside the project")
		}
		root = filepath.Dir(root)
	}
	path := filepath.Join(append([]string{root, "..", "shared"}, elem...)...)
	if _, err := os.Stat(path); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("shared data are absent, and CI needs them: %v", err)
		}
		t.Skipf("shared data are absent: %v", err)
	}
	return path
}
