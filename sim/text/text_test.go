package text_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/internal/tempfile"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

var everything = text.Options{Alphabet: text.ASCII, Keep: 100}

// table returns counts as "word:count" for each document.
func table(s *stimulus.Set) (rows []string) {
	for i := range s.Count {
		var row []string
		s.Counts.Each(i, func(j int, x float64) { row = append(row, s.Neurons[j]+strings.Repeat("+", int(x))) })
		rows = append(rows, strings.Join(row, " "))
	}
	return rows
}

func TestWordsAreCounted(t *testing.T) {
	lines := tempfile.Write(t, "a.jsonl", `{"title": "One", "text": "The lead miner's LEAD, 2 leads."}

{"text": ""}
{"title": "Drei", "text": "Ölsand über Naïveté"}
`)
	for _, c := range []struct {
		name string
		o    func(o *text.Options)
		want []string
	}{
		{"ascii", func(o *text.Options) {}, []string{"lead++ leads+ miner+ s+ the+", "", "ber+ lsand+ na+ vet+"}},
		{"unicode", func(o *text.Options) { o.Alphabet = text.Unicode }, []string{"lead++ leads+ miner+ s+ the+", "", "naïveté+ ölsand+ über+"}},
		{"length", func(o *text.Options) { o.MinLength = 4 }, []string{"lead++ leads+ miner+", "", "lsand+"}},
		{"stop", func(o *text.Options) { o.Stop = []string{"the", "s"} }, []string{"lead++ leads+ miner+", "", "ber+ lsand+ na+ vet+"}},
		{"skip and keep: ties in alphabetical order", func(o *text.Options) { o.Skip, o.Keep = 1, 3 }, []string{"leads+", "", "ber+ lsand+"}},
		{"vocabulary", func(o *text.Options) { o.Vocabulary = []string{"the", "lead", "gold"} }, []string{"the+ lead++", "", ""}},
	} {
		o := everything
		c.o(&o)
		s, err := text.Load(context.Background(), lines, o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := cmp.Diff(c.want, table(s)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		if want := []string{"One", "line 3", "Drei"}; !slices.Equal(s.Names, want) {
			t.Errorf("titles %q, want %q", s.Names, want)
		}
	}
}

func TestFolderOfTexts(t *testing.T) {
	first := tempfile.Write(t, "b/second.txt", "gold")
	folder := filepath.Dir(filepath.Dir(first))
	for name, content := range map[string]string{"a.txt": "lead lead", ".hidden.txt": "no", "note.md": "no"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if !text.Holds(t.Context(), folder) || text.Holds(t.Context(), filepath.Join(folder, "note.md")) || text.Holds(t.Context(), t.TempDir()) {
		t.Error("Holds is wrong about folders")
	}
	s, err := text.Load(context.Background(), folder, everything)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"lead++", "gold+"}, table(s)); d != "" {
		t.Error(d)
	}
	if !slices.Equal(s.Names, []string{"a", "second"}) {
		t.Errorf("titles %q", s.Names)
	}
}

// TestArchivesOfTexts reads texts from archives, and takes texts among images for
// notes.
func TestArchivesOfTexts(t *testing.T) {
	content := map[string]string{"b/second.txt": "gold", "a.txt": "lead lead", "._a.txt": "no", "README": "no"}
	order := []string{"b/second.txt", "._a.txt", "README", "a.txt"}
	var packed, zipped bytes.Buffer
	z := gzip.NewWriter(&packed)
	archive, other := tar.NewWriter(z), zip.NewWriter(&zipped)
	for _, name := range order {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(content[name]))}); err != nil {
			t.Fatal(err)
		}
		w, err := other.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []io.Writer{archive, w} {
			if _, err := io.WriteString(w, content[name]); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(archive.Close(), z.Close(), other.Close()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string][]string{"a.tgz": {"second", "a"}, "a.tar.gz": {"second", "a"}, "a.zip": {"a", "second"}} {
		data := packed.String()
		if strings.HasSuffix(name, "zip") {
			data = zipped.String()
		}
		path := tempfile.Write(t, name, data)
		s, err := text.Load(context.Background(), path, everything)
		if err != nil || !text.Holds(t.Context(), path) || !slices.Equal(s.Names, want) {
			t.Errorf("%s: %v, %+v, want %q", name, err, s, want)
		}
		ended, cancel := context.WithCancel(context.Background())
		cancel()
		if text.Holds(ended, path) && name != "a.zip" { // which is not unpacked for its names
			t.Errorf("%s is unpacked although the context has ended", name)
		}
	}
	folder := filepath.Dir(tempfile.Write(t, "README.txt", "faces"))
	if err := os.WriteFile(filepath.Join(folder, "z.pgm"), []byte("P5 1 1 255 x"), 0o666); err != nil {
		t.Fatal(err)
	}
	if text.Holds(t.Context(), folder) {
		t.Error("a folder of images is taken for texts")
	}
	if path := tempfile.Write(t, "a.tar", "this is not a tar"); text.Holds(t.Context(), path) {
		t.Error("a file that is not an archive holds texts")
	} else if _, err := text.Load(context.Background(), path, everything); err == nil {
		t.Error("a file that is not an archive is read")
	}
}

// TestTextsOutsideAreRefused names entries that would leave their archive: none may vanish
// without a word.
func TestTextsOutsideAreRefused(t *testing.T) {
	var tarred, zipped bytes.Buffer
	archive, other := tar.NewWriter(&tarred), zip.NewWriter(&zipped)
	for _, name := range []string{"a.txt", "../b.txt"} {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: 4}); err != nil {
			t.Fatal(err)
		}
		w, err := other.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range []io.Writer{archive, w} {
			if _, err := io.WriteString(w, "gold"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := errors.Join(archive.Close(), other.Close()); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"a.tar": tarred.String(), "a.zip": zipped.String()} {
		s, err := text.Load(context.Background(), tempfile.Write(t, name, content), everything)
		if err == nil || !strings.Contains(err.Error(), `entry "../b.txt" leads out of the archive`) {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

// TestTitlesAreLines keeps titles on one line each, whatever is in them.
func TestTitlesAreLines(t *testing.T) {
	path := tempfile.Write(t, "a.jsonl", "\ufeff"+`{"title": "One\nand\ttwo ", "text": "a"}
{"title": " \n", "text": "b"}
`)
	s, err := text.Load(context.Background(), path, everything)
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"One and two", "line 2"}; !slices.Equal(s.Names, want) {
		t.Errorf("titles %q, want %q", s.Names, want)
	}
	if list, err := text.ReadList(tempfile.Write(t, "w.txt", "\ufeffgold\r\nlead\r\n\r\n")); err != nil || !slices.Equal(list, []string{"gold", "lead"}) {
		t.Errorf("a list as Windows writes it: %q, %v", list, err)
	}
}

func TestHostileTexts(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"a.jsonl", "{\"text\": \"a\"}\n{\"text\": \"\xff\"}\n", "line 2: byte 11 is not UTF-8"},
		{"a.jsonl", "{\"text\": \"a\"}\n[1]\n", "line 2: json:"},
		{"a.jsonl", "{\"title\": \"a\"}\n", `line 1: there is no "text"`},
		{"a.jsonl", "", "there is no document"},
		{"a.jsonl", "{\"text\": \"12 34\"}\n", "choose a smaller text.skip"},
		{"a.jsonl.gz", "this is not a gzip", "gzip"},
		{"a/b.txt", "one\ntwo \xff", "b.txt: line 2: byte 5 is not UTF-8"},
	} {
		path := tempfile.Write(t, c.name, c.content)
		if dir := filepath.Dir(path); filepath.Base(dir) == "a" {
			path = dir
		}
		_, err := text.Load(context.Background(), path, everything)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q: got %v, want %s", c.content, err, c.want)
		}
	}
	o := everything
	o.Vocabulary = []string{"Gold"}
	if _, err := text.Load(context.Background(), tempfile.Write(t, "a.jsonl", `{"text": "gold"}`), o); err == nil || !strings.Contains(err.Error(), "none of the 1 words") {
		t.Errorf("a vocabulary that matches nothing: %v", err)
	}
	o.Vocabulary = []string{"gold", "gold"}
	if _, err := text.Load(context.Background(), tempfile.Write(t, "a.jsonl", `{"text": "gold"}`), o); err == nil || !strings.Contains(err.Error(), "twice") {
		t.Errorf("a vocabulary with a word twice: %v", err)
	}
	o = everything
	o.Stop = []string{"The"}
	if _, err := text.Load(context.Background(), tempfile.Write(t, "a.jsonl", `{"text": "the gold"}`), o); err == nil || !strings.Contains(err.Error(), "none of the 1 words of text.stop") {
		t.Errorf("a stop list that matches nothing: %v", err)
	}
	if _, err := text.ReadList(tempfile.Write(t, "w.txt", "gold\n\xff\n")); err == nil || !strings.Contains(err.Error(), "w.txt:2: byte 1") {
		t.Errorf("a list that is not UTF-8: %v", err)
	}
	if _, err := text.ReadList(tempfile.Write(t, "w.txt", "\n")); err == nil || !strings.Contains(err.Error(), "empty") {
		t.Errorf("an empty list: %v", err)
	}
}

// TestPaperRuleOnRealText counts two corpora as an independent program did: the
// dictionary entry by entry, and in campaigns the encyclopaedia in its totals.
func TestPaperRuleOnRealText(t *testing.T) {
	if testing.Short() {
		t.Skip("a dictionary")
	}
	entries, want := shared.Path(t, "data", "foldoc", "entries.jsonl.gz"), shared.Path(t, "data", "foldoc", "docword.8000.txt.gz")
	got, err := text.Load(context.Background(), entries, text.Options{Alphabet: text.ASCII, Skip: 430, Keep: 8000})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := stimulus.Load(context.Background(), want)
	if err != nil {
		t.Fatal(err)
	}
	words, err := text.ReadList(shared.Path(t, "data", "foldoc", "vocab.8000.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got.Neurons, words) {
		t.Fatal("another vocabulary")
	}
	gotStart, gotIndex := got.Counts.Held().Start, got.Counts.Held().Index
	start, index := theirs.Counts.Held().Start, theirs.Counts.Held().Index
	if !slices.Equal(gotStart, start) || !slices.Equal(gotIndex, index) || !slices.Equal(slices.Collect(got.Counts.Rates()), slices.Collect(theirs.Counts.Rates())) {
		t.Fatal("other counts")
	}
	if !suite.Asked() {
		return
	}
	wiki, err := text.Load(context.Background(), shared.Path(t, "data", "wikipedia-schools", "articles.jsonl.gz"), text.Options{Alphabet: text.ASCII, Skip: 430, Keep: 15276})
	if err != nil {
		t.Fatal(err)
	}
	index = wiki.Counts.Held().Index
	total := 0.0
	for x := range wiki.Counts.Rates() {
		total += x
	}
	if wiki.Count != 4604 || len(index) != 2662905 || total != 5284287 {
		t.Errorf("%d documents, %d entries, %v words; want 4604, 2662905, 5284287", wiki.Count, len(index), total)
	}
}

// TestLettersThatTheAlphabetDrops says how many they are, and refuses to drop most.
func TestLettersThatTheAlphabetDrops(t *testing.T) {
	t.Parallel()
	for content, want := range map[string]string{
		`{"text": "plain [words] @ 2"}`:       "",
		`{"text": "a naïve idea"}`:            `text.alphabet = "ascii" drops 1 of 10 letters (10 %) that are not a to z and ends words at them`,
		`{"text": "свинец и золото lead"}`:    `text.alphabet = "ascii" drops 13 of 17 letters (76.5 %) that are not a to z; allowed are "ascii" and "unicode", which keeps every letter`,
		`{"text": "鉛と金 2 « — »"}`:             `text.alphabet = "ascii" drops 3 of 3 letters (100 %)`,
		`{"text": "half ποιο"}`:               `drops 4 of 8 letters (50 %)`,
		`{"text": "numbers 12 « — » and so"}`: "",
	} {
		path := tempfile.Write(t, "a.jsonl", content)
		s, err := text.Load(context.Background(), path, everything)
		said := ""
		switch {
		case err != nil:
			said = err.Error()
		case len(s.Read) > 0:
			said = s.Read[0]
		}
		if !strings.Contains(said, want) || want == "" && said != "" {
			t.Errorf("%s: %q, want %q", content, said, want)
		}
		o := everything
		o.Alphabet = text.Unicode
		if s, err := text.Load(context.Background(), path, o); err != nil || len(s.Read) > 0 {
			t.Errorf("%s: unicode drops no letter, but %v, %v", content, s, err)
		}
	}
}

// TestOneTextBesideDataIsANote asks whether folders hold documents.
func TestOneTextBesideDataIsANote(t *testing.T) {
	t.Parallel()
	for names, want := range map[string]bool{
		"a.txt": true, "a.txt b.txt": true, "a.txt b.txt v.csv": true, "a.txt v.csv": false, "a.txt v.npy": false, "docword.x.txt": false,
		"docword.x.txt vocab.txt": false, "a.txt b.txt c.png": false, "a.txt .v.csv": true, "a.txt x.md": true, "v.csv": false,
	} {
		folder := t.TempDir()
		for name := range strings.FieldsSeq(names) {
			os.WriteFile(filepath.Join(folder, name), nil, 0o666)
		}
		if got := text.Holds(context.Background(), folder); got != want {
			t.Errorf("%s: %v, want %v", names, got, want)
		}
	}
}

// TestTextsSayWhatIsLeftOut reads a folder of texts among others, in the order of their numbers.
func TestTextsSayWhatIsLeftOut(t *testing.T) {
	t.Parallel()
	folder := filepath.Dir(tempfile.Write(t, "p10.txt", "gold"))
	for _, name := range []string{"p9.TXT", "a.csv"} {
		os.WriteFile(filepath.Join(folder, name), []byte("lead"), 0o666)
	}
	s, err := text.Load(context.Background(), folder, everything)
	if err != nil || !slices.Equal(s.Names, []string{"p9", "p10"}) {
		t.Fatalf("%v, %v", s, err)
	}
	want := []string{"1 file of another format left out: a.csv", "texts in the order of the numbers in their names: p9.TXT before p10.txt"}
	if !slices.Equal(s.Read, want) {
		t.Errorf("says %q, want %q", s.Read, want)
	}
}
