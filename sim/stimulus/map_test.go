package stimulus

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMap(t *testing.T) {
	var data bytes.Buffer
	binary.Write(&data, binary.LittleEndian, []float64{1, 2, 3, 4, 5, 6})
	header := func(descr, fortran, shape string) string {
		h := "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + "}"
		return h + strings.Repeat(" ", 128-10-len(h))
	}
	good := header("<f8", "False", "(2, 3)")
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	set, rates, release, err := Map(write("a.npy", npyFile(good, data.String())), 8)
	if err != nil {
		t.Fatal(err)
	}
	if set.Count != 2 || set.Size != 3 || !bytes.Equal(rates, data.Bytes()) || set.Rates != nil {
		t.Errorf("got %+v and %v", set, rates)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	for _, tt := range []struct{ name, content, want string }{
		{"b.csv", "1,2", "only an .npy file"},
		{"c.npy", npyFile(good, data.String()[:40]), "6 values announced, 40 bytes there"},
		{"d.npy", npyFile(good, data.String()+"x"), "6 values announced, 49 bytes there"},
		{"e.npy", npyFile(strings.Replace(good, "<f8", ">f8", 1), data.String()), "cannot be mapped for this precision"},
		{"f.npy", npyFile(strings.Replace(good, "False", "True ", 1), data.String()), "cannot be mapped for this precision"},
		{"g.npy", npyFile(good[:len(good)-1], data.String()), "not a multiple of 8"},
		{"h.npy", npyFile(strings.Replace(good, "(2, 3)", "(0, 3)", 1), ""), "at least 1 each"},
		{"i.npy", npyFile(strings.Replace(good, "(2, 3)}", "(4611686018427387904, 3)}", 1), ""), "at least 1 each"},
	} {
		if _, _, _, err := Map(write(tt.name, tt.content), 8); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, _, _, err := Map(filepath.Join(dir, "a.npy"), 4); err == nil || !strings.Contains(err.Error(), `np.ascontiguousarray(a, "<f4")`) {
		t.Errorf("float64 for float32: %v", err)
	}
}
