package stimulus

import (
	"archive/zip"
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
)

// pngOf returns a PNG of a header and no pixels.
func pngOf(width, height uint32, depth, colour byte) string {
	head := append([]byte("IHDR"), binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)...)
	head = append(head, depth, colour, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\r"), head...)
	return string(binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head)))
}

// matOf returns a MATLAB file of elements.
func matOf(elements ...[]byte) string {
	b := append(make([]byte, 124), 0, 1, 'I', 'M')
	for _, e := range elements {
		b = append(b, e...)
	}
	return string(b)
}

// compressed returns a MATLAB element that unpacks to the array "name" of 2¹⁷ zeros.
func compressed(name byte) []byte {
	le := binary.LittleEndian
	tag := func(kind, size uint32) []byte { return le.AppendUint32(le.AppendUint32(nil, kind), size) }
	const zeros = 1 << 20
	var array []byte
	array = append(append(array, tag(6, 8)...), le.AppendUint32(le.AppendUint32(nil, 6), 0)...)
	array = append(append(array, tag(5, 8)...), le.AppendUint32(le.AppendUint32(nil, 1<<9), 1<<8)...)
	array = append(array, 1, 0, 1, 0, name, 0, 0, 0)
	array = append(append(array, tag(9, zeros)...), make([]byte, zeros)...)
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(append(tag(14, uint32(len(array))), array...))
	_ = z.Close()
	return append(tag(15, uint32(packed.Len())), packed.Bytes()...)
}

// TestHeadersBuyNoMemory gives every reader a file of some bytes whose header announces as
// much as it may. What is allocated must follow what is there.
func TestHeadersBuyNoMemory(t *testing.T) {
	const most = 3 << 20
	for name, content := range map[string]string{
		"a.pgm":     "P5 4096 4096 65535\nab",
		"b.pgm":     "P2 4096 4096 65535\n1 2",
		"a.png":     pngOf(4096, 4096, 16, 6),
		"b.png":     pngOf(16, 1<<20, 8, 0),
		"a.jpg":     "\xff\xd8\xff\xc0\x00\x0b\x08\x10\x00\x10\x00\x01\x01\x11\x00",
		"a-ubyte":   "\x00\x00\x08\x03\x00\x00\x10\x00\x00\x00\x10\x00\x00\x00\x00\x10ab",
		"a.npy":     npyFile("{'descr': '<f8', 'fortran_order': True, 'shape': (16384, 16384)}", "12345678"),
		"b.npy":     "\x93NUMPY\x02\x00\x00\x00\x01\x00{}",
		"a.npz":     zipOf(entry{"V.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (16384, 16384)}", "12345678")}),
		"docword":   "16777216\n16777216\n268435456\n1 1 1\n",
		"docword.1": "16777216\n16777216\n1\n1 1 1\n",
		"a.mtx":     "%%MatrixMarket matrix coordinate real general\n16777216 16777216 1\n1 1 1\n",
		"b.mtx":     "%%MatrixMarket matrix array real general\n16384 16384\n1\n",
		"a.mat":     matOf([]byte("\x0e\x00\x00\x00\xf0\xff\xff\xff\x06\x00\x00\x00\x08\x00\x00\x00\x06\x00\x00\x00\x00\x00\x00\x00\x05\x00\x00\x00\x08\x00\x00\x00\x00\x40\x00\x00\x00\x40\x00\x00\x01\x00\x01\x00V\x00\x00\x00\x09\x00\x00\x00\x00\x00\x00\x7f")),
		"a.zip":     zipOf(entry{"a.png", pngOf(4096, 4096, 16, 6)}),
		"a.tar":     tarOf(entry{"a.pgm", "P5 4096 4096 65535\nab"}),
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		switch {
		case strings.HasPrefix(name, "docword"):
			path += ".txt"
		case strings.HasSuffix(name, ".pgm"), strings.HasSuffix(name, ".png"), strings.HasSuffix(name, ".jpg"):
			dir, path = path, filepath.Join(path, name)
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		if filepath.Base(filepath.Dir(path)) == name {
			path = filepath.Dir(path)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := Load(context.Background(), path)
		runtime.ReadMemStats(&after)
		if err == nil {
			t.Errorf("%s was read", name)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > most {
			t.Errorf("%s: %d bytes were allocated for a file of %d: %v", name, took, len(content), err)
		}
	}
}

// TestProportion refuses archives that unpack out of proportion, whatever they say of
// themselves.
func TestProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("packs 200 MB")
	}
	nothing := strings.Repeat("\x00", 9<<20)
	packed := func(entries ...entry) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, e := range entries {
			w, _ := z.Create(e.name)
			_, _ = w.Write([]byte(e.content))
		}
		_ = z.Close()
		return b.String()
	}
	var images []entry
	for k := range 9 {
		images = append(images, entry{string(rune('a'+k)) + ".pgm", "P5 3072 1536 65535\n" + nothing})
	}
	array := npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (9, 1179648)}", strings.Repeat(nothing, 9))
	elements := slices.Repeat([][]byte{compressed('A')}, 100)
	for name, content := range map[string]string{
		"a.zip": packed(images...),
		"a.npz": packed(entry{"V.npy", array}),
		"a.mat": matOf(elements...),
	} {
		path := tempfile.Write(t, name, content)
		if _, err := Load(context.Background(), path); err == nil || !strings.Contains(err.Error(), "allowed is a ratio of 200") {
			t.Errorf("%s of %d bytes: %v", name, len(content), err)
		}
	}
}

// TestRegularFilesAlone refuses a folder in which an image is a pipe: nothing would come.
func TestRegularFilesAlone(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("/dev/zero", filepath.Join(dir, "a.pgm")); err != nil {
		t.Skip(err)
	}
	if _, err := Load(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "a.pgm is not a regular file") {
		t.Errorf("got %v", err)
	}
}
