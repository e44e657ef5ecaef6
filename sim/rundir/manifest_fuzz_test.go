package rundir

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// FuzzManifest demands that a manifest is refused with an error, or lists files of the
// folder alone and is the same as itself.
func FuzzManifest(f *testing.F) {
	for _, s := range []string{
		`{"format": 1, "version": "1", "files": {"arrays/W.npy": "00"}, "stimuli": {"sha256": "00"}, "timing": {"resumed_after": [3]}, "a": [1, {"b": null}]}`,
		`{"format": 1, "files": {"../a": "00"}, "stimuli": {"sha256": "00"}}`,
		`{"format": 0}`, `{`, `[]`, `null`,
	} {
		f.Add([]byte(s))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, ManifestFile), data, 0o666); err != nil {
			t.Fatal(err)
		}
		m, err := ReadManifest(dir)
		if err != nil {
			return
		}
		for name := range m.Files {
			if !fs.ValidPath(name) {
				t.Errorf("it lists %q", name)
			}
		}
		if d := m.Differences(m, 0); d != nil {
			t.Errorf("it differs from itself: %q", d)
		}
		_ = m.Build()
	})
}
