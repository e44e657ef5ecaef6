package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/archive"
)

// entry is a file of an archive.
type entry struct{ name, content string }

func tarOf(t testing.TB, entries ...entry) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.content))}
		if target, link := strings.CutPrefix(e.content, "-> "); link {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, target, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeSymlink {
			io.WriteString(w, e.content)
		}
	}
	w.Close()
	return b.String()
}

func zipOf(t testing.TB, entries ...entry) string {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if strings.HasPrefix(e.content, "-> ") {
			h.SetMode(fs.ModeSymlink | 0o777)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, e.content)
	}
	w.Close()
	return b.String()
}

func gzipOf(content string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, content)
	w.Close()
	return b.String()
}

// texts asks for the .txt files.
func texts(limit int64) archive.Files {
	return archive.Files{What: "texts", Want: func(name string) bool { return strings.HasSuffix(name, ".txt") }, Bytes: limit}
}

// read returns what a walk visits, each file as "name=content".
func read(path string, files archive.Files) (found []string, err error) {
	err = archive.Walk(context.Background(), path, files, func(name string, r io.Reader) error {
		text, err := io.ReadAll(r)
		found = append(found, name+"="+string(text))
		return err
	})
	return found, err
}

// TestFormsAgree reads the same files from every form, in the order of their paths, or of
// their entries in a .tar.
func TestFormsAgree(t *testing.T) {
	entries := []entry{{"b/c.txt", "gold"}, {"b.txt", "zinc"}, {"./a.txt", "lead"}, {"note.md", "no"}}
	folder := t.TempDir()
	for _, e := range entries {
		os.MkdirAll(filepath.Dir(filepath.Join(folder, e.name)), 0o777)
		os.WriteFile(filepath.Join(folder, e.name), []byte(e.content), 0o666)
	}
	sorted := []string{"a.txt=lead", "b.txt=zinc", "b/c.txt=gold"}
	stored := []string{"b/c.txt=gold", "b.txt=zinc", "a.txt=lead"}
	for path, want := range map[string][]string{
		folder: sorted,
		tempfile.Write(t, "a.zip", zipOf(t, entries...)):            sorted,
		tempfile.Write(t, "a.tar", tarOf(t, entries...)):            stored,
		tempfile.Write(t, "A.TGZ", gzipOf(tarOf(t, entries...))):    stored,
		tempfile.Write(t, "a.tar.gz", gzipOf(tarOf(t, entries...))): stored,
	} {
		if got, err := read(path, texts(100)); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v; want %q", path, got, err, want)
		}
		var listed []string
		err := archive.List(context.Background(), path, func(name string) error {
			listed = append(listed, name)
			return nil
		})
		slices.Sort(listed)
		if want := []string{"a.txt", "b.txt", "b/c.txt", "note.md"}; err != nil || !slices.Equal(listed, want) {
			t.Errorf("%s: lists %q, %v", path, listed, err)
		}
		if _, err := read(path, texts(11)); err == nil || !strings.Contains(err.Error(), "the texts hold more than 11 bytes") {
			t.Errorf("%s: twelve bytes where eleven are allowed: %v", path, err)
		}
		first := 0
		err = archive.Walk(context.Background(), path, texts(100), func(string, io.Reader) error { first++; return fs.SkipAll })
		if first != 1 || err != nil {
			t.Errorf("%s: SkipAll ends after %d files with %v", path, first, err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		err = archive.Walk(ctx, path, texts(100), func(_ string, r io.Reader) error {
			cancel()
			_, err := io.ReadAll(r)
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: the context ends it with %v", path, err)
		}
	}
}

// TestEntriesAreRefused gives every archive entries that none may have.
func TestEntriesAreRefused(t *testing.T) {
	for _, c := range []struct {
		entries []entry
		want    string
	}{
		{[]entry{{"a.txt", "a"}, {"../b.txt", "b"}}, `entry "../b.txt" leads out of the archive`},
		{[]entry{{"a.txt", "a"}, {"b/../../c.md", "b"}}, `entry "b/../../c.md" leads out of the archive`},
		{[]entry{{"/etc/a.txt", "a"}}, `entry "/etc/a.txt" leads out of the archive`},
		{[]entry{{`..\a.txt`, "a"}}, `entry "..\\a.txt" leads out of the archive`},
		{[]entry{{`C:\a.txt`, "a"}}, `entry "C:\\a.txt" leads out of the archive`},
		{[]entry{{"a.txt", "-> /etc/passwd"}}, `entry "a.txt" is a link`},
		{[]entry{{"a.txt", "a"}, {"./a.txt", "b"}}, "the archive has two entries a.txt"},
	} {
		for name, content := range map[string]string{"a.tar": tarOf(t, c.entries...), "a.zip": zipOf(t, c.entries...), "a.tgz": gzipOf(tarOf(t, c.entries...))} {
			if got, err := read(tempfile.Write(t, name, content), texts(100)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s with %q: %q, %v; want %s", name, c.entries, got, err, c.want)
			}
		}
	}
	// What nobody asks for may be a link.
	for name, content := range map[string]string{"a.tar": tarOf(t, entry{"README", "-> a.txt"}, entry{"a.txt", "a"}), "a.zip": zipOf(t, entry{"README", "-> a.txt"}, entry{"a.txt", "a"})} {
		if got, err := read(tempfile.Write(t, name, content), texts(100)); err != nil || !slices.Equal(got, []string{"a.txt=a"}) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

// TestBackslashesSeparateFoldersOfZips reads names as programs for Windows write them.
func TestBackslashesSeparateFoldersOfZips(t *testing.T) {
	t.Parallel()
	path := tempfile.Write(t, "a.zip", zipOf(t, entry{`b\`, ""}, entry{`b\c.txt`, "gold"}, entry{`b\d\a.txt`, "lead"}))
	if got, err := read(path, texts(100)); err != nil || !slices.Equal(got, []string{"b/c.txt=gold", "b/d/a.txt=lead"}) {
		t.Errorf("%q, %v", got, err)
	}
	same := tempfile.Write(t, "a.zip", zipOf(t, entry{`b\c.txt`, "gold"}, entry{"b/c.txt", "lead"}))
	if _, err := read(same, texts(100)); err == nil || !strings.Contains(err.Error(), "the archive has two entries b/c.txt") {
		t.Errorf("two of one name: %v", err)
	}
	tar := tempfile.Write(t, "a.tar", tarOf(t, entry{`b\c.txt`, "gold"}))
	if _, err := read(tar, texts(100)); err == nil || !strings.Contains(err.Error(), "leads out") {
		t.Errorf("a backslash in a .tar: %v", err)
	}
}

// TestNaturalOrder sorts names with numbers, and holds the order to the laws of one.
func TestNaturalOrder(t *testing.T) {
	t.Parallel()
	want := []string{"", "0", "00", "01", "1", "1a", "2", "10", "a", "a/b", "a01", "a1", "a1b", "a2", "a2b1", "a2b10", "a10", "a99999999999999999999", "a100000000000000000000", "ab", "b"}
	got := slices.Clone(want)
	slices.Sort(got)
	archive.SortNaturally(got)
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for i, a := range want {
		for k, b := range want {
			if c := archive.Compare(a, b); (c < 0) != (i < k) || (c > 0) != (i > k) {
				t.Errorf("%q and %q: %d", a, b, c)
			}
		}
	}
}

// TestReport says what was met beside the texts, and that the order is not the plain one.
func TestReport(t *testing.T) {
	t.Parallel()
	entries := []entry{{"x10.txt", "b"}, {"x2.txt", "a"}, {"c.md", ""}, {"d.md", ""}, {"e.md", ""}, {"f.md", ""}, {".DS_Store", ""}}
	folder := t.TempDir()
	for _, e := range entries {
		os.WriteFile(filepath.Join(folder, e.name), []byte(e.content), 0o666)
	}
	for _, path := range []string{folder, tempfile.Write(t, "a.zip", zipOf(t, entries...))} {
		r := &archive.Report{}
		files := texts(100)
		files.Report = r
		got, err := read(path, files)
		if err != nil || !slices.Equal(got, []string{"x2.txt=a", "x10.txt=b"}) {
			t.Errorf("%s: %q, %v", path, got, err)
		}
		want := []string{
			"4 files of other formats left out: c.md, d.md, e.md and 1 more",
			"1 hidden file left out: .DS_Store",
			"texts in the order of the numbers in their names: x2.txt before x10.txt",
		}
		if said := r.Said("texts"); !slices.Equal(said, want) {
			t.Errorf("%s: says %q, want %q", path, said, want)
		}
	}
}

// TestLinksToFolders follows links to folders, each folder once, and walks no circle.
func TestLinksToFolders(t *testing.T) {
	t.Parallel()
	root, other := t.TempDir(), t.TempDir()
	for _, f := range []string{root + "/a/1.txt", other + "/2.txt", other + "/in/3.txt"} {
		os.MkdirAll(filepath.Dir(f), 0o777)
		os.WriteFile(f, []byte("x"), 0o666)
	}
	for name, target := range map[string]string{
		root + "/link": other, root + "/again": other + "/in", root + "/own": "a", root + "/up": "..", root + "/a/round": "..",
		other + "/in/back": root, root + "/broken": "nowhere", root + "/.hidden": other + "/in",
	} {
		if err := os.Symlink(target, name); err != nil {
			t.Skip(err)
		}
	}
	r := &archive.Report{}
	files := texts(100)
	files.Report = r
	got, err := read(root, files)
	if want := []string{"a/1.txt=x", "again/3.txt=x", "link/2.txt=x"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v; want %q", got, err, want)
	}
	said := strings.Join(r.Said("texts"), "\n")
	if !strings.Contains(said, "4 links to folders that are read anyway or hold the link left out: ") || !strings.Contains(said, "broken") {
		t.Errorf("says %q", said)
	}
	if got, err := read(filepath.Join(root, "link"), texts(100)); err != nil || len(got) != 3 {
		t.Errorf("a link itself: %q, %v", got, err)
	}
}

// TestFoldersFollowFilesAlone follows a link to a file, and refuses one to a device.
func TestFoldersFollowFilesAlone(t *testing.T) {
	folder := t.TempDir()
	other := tempfile.Write(t, "b.txt", "gold")
	if err := os.Symlink(other, filepath.Join(folder, "a.txt")); err != nil {
		t.Skip(err)
	}
	if got, err := read(folder, texts(100)); err != nil || !slices.Equal(got, []string{"a.txt=gold"}) {
		t.Errorf("%q, %v", got, err)
	}
	if err := os.Symlink("/dev/zero", filepath.Join(folder, "c.txt")); err != nil {
		t.Fatal(err)
	}
	if _, err := read(folder, texts(100)); err == nil || !strings.Contains(err.Error(), "c.txt is not a regular file") {
		t.Errorf("a device: %v", err)
	}
}

func TestDamage(t *testing.T) {
	for name, want := range map[string]string{
		"a.tar": "after 1 texts: unexpected EOF", "a.zip": "zip: not a valid zip file", "a.md": "not an archive; allowed are",
	} {
		whole := tarOf(t, entry{"a.txt", "a"}, entry{"b.txt", "b"})
		if _, err := read(tempfile.Write(t, name, whole[:1300]), texts(100)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
	if _, err := archive.Open(context.Background(), tempfile.Write(t, "a.gz", "this is not a gzip")); err == nil {
		t.Error("what is not a gzip is opened")
	}
}

// TestRatio counts the content of two streams of one file together: 40 MB each, of zeros.
func TestRatio(t *testing.T) {
	packed := gzipOf(strings.Repeat("\x00", 40<<20))
	var r archive.Ratio
	for k, want := range []string{"<nil>", "allowed is a ratio of 200"} {
		content, err := r.Unpack(strings.NewReader(packed), func(p io.Reader) (io.Reader, error) { return gzip.NewReader(p) })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, content); !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("stream %d: %v, want %s", k, err, want)
		}
	}
}

// FuzzWalk is given archives of every form, and demands that what is visited has a path
// within the archive and no more bytes than are allowed.
func FuzzWalk(f *testing.F) {
	entries := []entry{{"a.txt", "lead"}, {"b/c.txt", "gold"}, {"../d.txt", "no"}, {"link.txt", "-> a.txt"}}
	for k := range entries {
		for form, content := range []string{tarOf(f, entries[:k+1]...), zipOf(f, entries[:k+1]...), gzipOf(tarOf(f, entries[:k+1]...))} {
			f.Add([]byte(content), form)
		}
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, form int) {
		path := filepath.Join(dir, []string{"a.tar", "a.zip", "a.tgz"}[uint(form)%3])
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		total := 0
		_ = archive.Walk(context.Background(), path, texts(1000), func(name string, r io.Reader) error {
			if !fs.ValidPath(name) || strings.Contains(name, `\`) || !strings.HasSuffix(name, ".txt") {
				t.Errorf("visits %q", name)
			}
			text, err := io.ReadAll(r)
			if total += len(text); total > 1000 {
				t.Errorf("%d bytes", total)
			}
			return err
		})
	})
}
