package dataset

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partsnet/internal/shared"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// publisher serves one content and counts the bytes it sends.
func publisher(t *testing.T, content []byte, ranges bool) (*httptest.Server, *int) {
	sent := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !ranges {
			r.Header.Del("Range")
		}
		counted := &counter{w, &sent}
		http.ServeContent(counted, r, "file", time.Time{}, bytes.NewReader(content))
	}))
	t.Cleanup(s.Close)
	return s, &sent
}

type counter struct {
	http.ResponseWriter
	sent *int
}

func (c *counter) Write(b []byte) (int, error) {
	*c.sent += len(b)
	return c.ResponseWriter.Write(b)
}

func published(url string, content []byte) *Set {
	sum := sha256.Sum256(content)
	return &Set{Name: "x", Files: []File{{Name: "x.bin", URL: url, SHA256: hex.EncodeToString(sum[:])}}, Use: "x.bin"}
}

func TestGet(t *testing.T) {
	content := bytes.Repeat([]byte("0123456789"), 1000)
	for _, ranges := range []bool{true, false} {
		server, sent := publisher(t, content, ranges)
		set := published(server.URL, content)
		last := int64(0)
		cache := &Cache{Dir: t.TempDir(), Progress: func(_ string, have, size int64) {
			if last = have; size != int64(len(content)) {
				t.Errorf("size %d", size)
			}
		}}
		part := filepath.Join(cache.Dir, "x", "x.bin.part")
		if err := os.MkdirAll(filepath.Dir(part), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(part, content[:7000], 0o666); err != nil { // what a killed run left
			t.Fatal(err)
		}
		if cache.Has(set) {
			t.Error("a part counts as the whole")
		}
		path, err := cache.Get(context.Background(), set)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(path)
		if err != nil || !bytes.Equal(got, content) {
			t.Errorf("%d bytes, %v", len(got), err)
		}
		if want := map[bool]int{true: 3000, false: 10000}[ranges]; *sent != want || last != 10000 {
			t.Errorf("%d bytes were sent and %d told, want %d and 10000", *sent, last, want)
		}
		*sent = 0
		if _, err := cache.Get(context.Background(), set); err != nil || *sent != 0 || !cache.Has(set) {
			t.Errorf("again: %v, %d bytes", err, *sent)
		}
	}
}

func TestGetFails(t *testing.T) {
	content := []byte("content")
	server, _ := publisher(t, content, true)
	wrong := published(server.URL, []byte("other"))
	cache := &Cache{Dir: t.TempDir()}
	if _, err := cache.Get(context.Background(), wrong); err == nil || !strings.Contains(err.Error(), "not the file that was published: its SHA-256 is ") {
		t.Errorf("a wrong checksum: %v", err)
	}
	if left, _ := os.ReadDir(filepath.Join(cache.Dir, "x")); len(left) != 0 {
		t.Errorf("a wrong file leaves %v", left)
	}
	missing := httptest.NewServer(http.NotFoundHandler())
	defer missing.Close()
	if _, err := cache.Get(context.Background(), published(missing.URL, content)); err == nil || !strings.Contains(err.Error(), "404 Not Found") {
		t.Errorf("nothing there: %v", err)
	}
	server.Close()
	if _, err := cache.Get(context.Background(), published(server.URL, content)); err == nil || !strings.Contains(err.Error(), "cannot fetch "+server.URL) || !strings.Contains(err.Error(), "run the same command again to continue") {
		t.Errorf("off line: %v", err)
	}
	short := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write(content)
	}))
	defer short.Close()
	if _, err := cache.Get(context.Background(), published(short.URL, content)); err == nil || cache.Has(published("", nil)) {
		t.Errorf("a connection that ends early: %v", err)
	}
}

// TestGetBeginsAgain has more on disk than the publisher has: another file.
func TestGetBeginsAgain(t *testing.T) {
	content := []byte("content")
	server, _ := publisher(t, content, true)
	set := published(server.URL, content)
	for _, left := range []string{"content", "content of another file"} {
		cache := &Cache{Dir: t.TempDir()}
		if err := os.MkdirAll(filepath.Join(cache.Dir, "x"), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(cache.Dir, "x", "x.bin.part"), []byte(left), 0o666); err != nil {
			t.Fatal(err)
		}
		path, err := cache.Get(context.Background(), set)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, content) {
			t.Errorf("%q, %v", got, err)
		}
	}
}

// TestGetByHand tells where a set is that no program fetches, and how to learn from
// it once it is there.
func TestGetByHand(t *testing.T) {
	set, err := Named("grolier")
	if err != nil {
		t.Fatal(err)
	}
	cache := &Cache{Dir: t.TempDir()}
	folder := filepath.Join(cache.Dir, "grolier")
	if _, err := cache.Get(context.Background(), set); err == nil || !strings.Contains(err.Error(), "https://cs.nyu.edu/~roweis/data.html into "+folder) {
		t.Errorf("got %v", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "grolier15276.mat"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	path, err := cache.Get(context.Background(), set)
	if err != nil {
		t.Fatal(err)
	}
	command := strings.Join(set.Command(path), " ")
	for _, want := range []string{"run paper/figure-4 --set stimulus.path=" + folder + "/grolier15276.mat:grolier ", " stimulus.words=" + folder + "/grolier15276_words.txt "} {
		if !strings.Contains(command, want) {
			t.Errorf("%q has no %q", command, want)
		}
	}
}

// TestNewsgroupsArePrepared extracts posts in ISO 8859-1 from their archive.
func TestNewsgroupsArePrepared(t *testing.T) {
	dir := t.TempDir()
	var archive bytes.Buffer
	pack(t, &archive, func(add func(name string, b []byte)) {
		add("20news-bydate-test/sci.space/1", []byte("no"))
		add("20news-bydate-train/sci.space/2", []byte("Caf\xe9 \"moon\"\n\x00"))
	})
	if err := os.WriteFile(filepath.Join(dir, "20news-bydate.tar.gz"), archive.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := prepareNewsgroups(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	set, err := text.Load(context.Background(), filepath.Join(dir, newsgroups), text.Options{Alphabet: text.Unicode, Keep: 9})
	if err != nil || !slices.Equal(set.Names, []string{"sci.space/2"}) || !slices.Equal(set.Neurons, []string{"café", "moon"}) {
		t.Errorf("%+v, %v", set, err)
	}
	archive.Reset()
	pack(t, &archive, func(add func(name string, b []byte)) { add("other", nil) })
	if err := os.WriteFile(filepath.Join(dir, "20news-bydate.tar.gz"), archive.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := prepareNewsgroups(context.Background(), dir); err == nil || !strings.Contains(err.Error(), "no post") {
		t.Errorf("an archive of something else: %v", err)
	}
}

// TestFacesArePrepared packs the faces as the publisher does and takes them out again.
func TestFacesArePrepared(t *testing.T) {
	z, err := zip.OpenReader(shared.Path(t, "data", "mit-cbcl-faces", "faces-pgm.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var inner bytes.Buffer
	pack(t, &inner, func(add func(name string, b []byte)) {
		add("train/non-face/B1_00001.pgm", []byte("P5 1 1 255 x"))
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(r)
			if err != nil {
				t.Fatal(err)
			}
			add("train/face/"+filepath.Base(f.Name), b)
		}
	})
	dir := t.TempDir()
	var outer bytes.Buffer
	pack(t, &outer, func(add func(name string, b []byte)) {
		add("README", []byte("faces"))
		add("faces/face.train.tar.gz", inner.Bytes())
	})
	if err := os.WriteFile(filepath.Join(dir, "faces.tar.gz"), outer.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := prepareFaces(context.Background(), dir); err != nil {
		t.Fatal(err)
	}
	set, err := stimulus.Load(context.Background(), filepath.Join(dir, "train-faces.tar"))
	if err != nil || set.Count != 2429 || !slices.Equal(set.Row(0)[:3], []float64{104, 122, 142}) {
		t.Errorf("%v, %+v", err, set)
	}
}

func pack(t *testing.T, w io.Writer, fill func(add func(name string, b []byte))) {
	t.Helper()
	z := gzip.NewWriter(w)
	a := tar.NewWriter(z)
	fill(func(name string, b []byte) {
		if err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(b))}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Write(b); err != nil {
			t.Fatal(err)
		}
	})
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestRegistry(t *testing.T) {
	for i, s := range Sets {
		if i > 0 && s.Name <= Sets[i-1].Name {
			t.Errorf("%s stands after %s", s.Name, Sets[i-1].Name)
		}
		file, _, _ := strings.Cut(s.Use, ":")
		there := s.Prepare != nil || s.Page != ""
		for _, f := range s.Files {
			there = there || f.Name == file
			if !strings.HasPrefix(f.URL, "http") || len(f.SHA256)%64 != 0 || len(f.MD5)%32 != 0 {
				t.Errorf("%s: %+v", s.Name, f)
			}
		}
		if !there || s.What == "" || s.Terms == "" || (s.Run == "") != (s.Settings == nil && s.Note != "") {
			t.Errorf("%s is not complete", s.Name)
		}
	}
	if _, err := Named("nothing"); err == nil || !strings.Contains(err.Error(), "mit-cbcl-faces") {
		t.Errorf("got %v", err)
	}
}
