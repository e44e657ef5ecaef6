package text

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"

	"partsnet/sim/stimulus"
)

// consistent demands that documents were refused with an error, or counted as a set whose
// parts fit.
func consistent(t *testing.T, s *stimulus.Set, err error) {
	t.Helper()
	if err == nil && (s.Count < 1 || s.Count != len(s.Names) || s.Size != len(s.Neurons) || s.Counts.Stimuli() != s.Count || s.Counts.Neurons() != s.Size) {
		t.Errorf("%d documents, %d titles, %d words", s.Count, len(s.Names), len(s.Neurons))
	}
}

var few = Options{Alphabet: Unicode, Keep: 50}

func FuzzJSONLines(f *testing.F) {
	for _, s := range []string{`{"title": "a", "text": "b c b"}`, "{\"text\": \"\xff\"}\n[]", "{\"title\": null, \"text\": \"\\u0130 \\ud800\"}\n\n{\"Text\": \"x\", \"text\": \"y\"}"} {
		f.Add([]byte(s))
	}
	path := filepath.Join(f.TempDir(), "a.jsonl")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Load(context.Background(), path, few)
		consistent(t, s, err)
	})
}

// FuzzPackedJSONLines is given the gzip itself.
func FuzzPackedJSONLines(f *testing.F) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write([]byte(`{"title": "a", "text": "b c b"}`))
	_ = z.Close()
	f.Add(packed.Bytes())
	f.Add(packed.Bytes()[:20])
	path := filepath.Join(f.TempDir(), "a.jsonl.gz")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		s, err := Load(context.Background(), path, few)
		consistent(t, s, err)
	})
}

// FuzzTextFolder is given the texts of a folder and how words are chosen.
func FuzzTextFolder(f *testing.F) {
	f.Add([]byte("An apple, a pear"), []byte("b \u0130 e\u0301"), 1, 0, true)
	f.Add([]byte("\xff"), []byte(""), 2, 1, false)
	dir := f.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "b"), 0o777); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, a, b []byte, length, skip int, unicode bool) {
		o := Options{Alphabet: ASCII, MinLength: length, Skip: max(0, skip), Keep: 50}
		if unicode {
			o.Alphabet = Unicode
		}
		for name, data := range map[string][]byte{"a.txt": a, "b/c.TXT": b, ".d.txt": a, "e.pgm": b} {
			if err := os.WriteFile(filepath.Join(dir, name), data, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		s, err := Load(context.Background(), dir, o)
		consistent(t, s, err)
		if err == nil && (s.Count != 2 || !utf8.Valid(a) || !utf8.Valid(b)) {
			t.Errorf("%d documents of %q and %q", s.Count, a, b)
		}
	})
}

// FuzzTextZip is given the archive itself.
func FuzzTextZip(f *testing.F) {
	var packed bytes.Buffer
	z := zip.NewWriter(&packed)
	for _, name := range []string{"a.txt", "b/c.txt", "../d.txt"} {
		f.Add(packed.Bytes())
		w, _ := z.Create(name)
		_, _ = w.Write([]byte("a b a"))
		_ = z.Flush()
	}
	_ = z.Close()
	f.Add(packed.Bytes())
	path := filepath.Join(f.TempDir(), "a.zip")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if !Holds(t.Context(), path) {
			return
		}
		s, err := Load(context.Background(), path, few)
		consistent(t, s, err)
	})
}

// FuzzTextTar is given the archive itself.
func FuzzTextTar(f *testing.F) {
	var packed bytes.Buffer
	w := tar.NewWriter(&packed)
	for _, name := range []string{"a.txt", "b/c.txt", "../d.txt"} {
		f.Add(packed.Bytes())
		_ = w.WriteHeader(&tar.Header{Name: name, Size: 5})
		_, _ = w.Write([]byte("a b a"))
	}
	_ = w.Close()
	f.Add(packed.Bytes())
	path := filepath.Join(f.TempDir(), "a.tar")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if !Holds(t.Context(), path) {
			return
		}
		s, err := Load(context.Background(), path, few)
		consistent(t, s, err)
	})
}

// FuzzList demands that a list is refused or has no line at its end that is empty.
func FuzzList(f *testing.F) {
	f.Add([]byte("a\nb\r\n\n"))
	f.Add([]byte("\xff"))
	path := filepath.Join(f.TempDir(), "a")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if list, err := ReadList(path); err == nil && (len(list) == 0 || list[len(list)-1] == "") {
			t.Errorf("%q", list)
		}
	})
}
