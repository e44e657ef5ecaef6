package memory

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

// TestGroupRoom reads the limits of control groups of both versions: of the group, and of
// those above it.
func TestGroupRoom(t *testing.T) {
	root := t.TempDir()
	for name, text := range map[string]string{
		"a/memory.max": "max\n", "a/memory.current": "500\n",
		"a/b/memory.max": "3000\n", "a/b/memory.current": "400\n",
		"a/b/c/memory.max": "max\n", "a/b/c/memory.current": "100\n",
		"f/memory.max": "1000\n", "f/memory.current": "900\n", "f/memory.stat": "anon 1\ninactive_file 700\ntotal_inactive_file 5\n",
		"memory/g/memory.limit_in_bytes": "1000\n", "memory/g/memory.usage_in_bytes": "900\n", "memory/g/memory.stat": "inactive_file 5\ntotal_inactive_file 600\n",
		"memory/d/memory.limit_in_bytes": "9223372036854771712\n", "memory/d/memory.usage_in_bytes": "7\n",
		"memory/d/e/memory.limit_in_bytes": "1000\n", "memory/d/e/memory.usage_in_bytes": "1200\n",
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for groups, want := range map[string]float64{
		"0::/a/b/c\n":                       2600,
		"0::/f\n":                           800,
		"4:memory:/g\n":                     700,
		"0::/a\n":                           math.Inf(1),
		"0::/\n":                            math.Inf(1),
		"4:memory:/d/e\n0::/\n":             0,
		"4:memory:/d\n3:cpuset:/a/b\n0::/x": math.Inf(1),
		"":                                  math.Inf(1),
	} {
		if got := groupRoom(root, groups); got != want {
			t.Errorf("%q leaves %v, want %v", groups, got, want)
		}
	}
	if have, ok := available(); !ok || have <= 0 {
		t.Errorf("available: %v, %v", have, ok)
	}
}
