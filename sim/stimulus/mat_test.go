package stimulus

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMAT reads files that SciPy wrote with savemat, with and without compression:
//
//	V 2×3 double, U 2×2 uint8, F 1×2×2 single, S 3×4 sparse with three entries,
//	and a text
func TestMAT(t *testing.T) {
	for _, file := range []string{"testdata/packed.mat", "testdata/plain.mat"} {
		for name, want := range map[string][][]float64{
			"":   {{1, 2, 3}, {4, 5.5, 6}},
			":V": {{1, 2, 3}, {4, 5.5, 6}},
			":U": {{1, 255}, {0, 7}},
			":F": {{1, 2, 3, 4}},
			":S": {{0, 2, 0, 0}, {0, 0, 0, 0}, {7, 0, 0, 1}},
		} {
			s, err := Load(file + name)
			if err != nil {
				t.Errorf("%s%s: %v", file, name, err)
				continue
			}
			if d := cmp.Diff(want, dense(s)); d != "" {
				t.Errorf("%s%s: %s", file, name, d)
			}
			if (s.Counts != nil) != (name == ":S") || name == ":F" && (s.Height != 2 || s.Width != 2) {
				t.Errorf("%s%s: counts %v, %d×%d", file, name, s.Counts != nil, s.Height, s.Width)
			}
		}
		if _, err := Load(file + ":text"); err == nil || !strings.Contains(err.Error(), `there are arrays of numbers ["F" "S" "U" "V"]`) {
			t.Errorf("a text: %v", err)
		}
	}
}

func TestDamagedMAT(t *testing.T) {
	whole, err := os.ReadFile("testdata/plain.mat")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.mat")
	for end := 128; end < len(whole); end += 8 {
		if err := os.WriteFile(path, whole[:end], 0o666); err != nil {
			t.Fatal(err)
		}
		if s, err := Load(path + ":V"); err == nil && s.Size != 3 {
			t.Errorf("%d of %d bytes are read as %d×%d", end, len(whole), s.Count, s.Size)
		}
	}
	modern := append([]byte("MATLAB 7.3 MAT-file"), make([]byte, 200)...)
	if err := os.WriteFile(path, modern, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "save(file, '-v7')") {
		t.Errorf("version 7.3: %v", err)
	}
}
