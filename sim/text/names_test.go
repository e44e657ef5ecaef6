package text_test

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/text"
)

// TestNames reads names as they stand, in quotes, and from a column; and refuses to take a line
// of several columns for a name.
func TestNames(t *testing.T) {
	t.Parallel()
	const genes, table = "id1\tTP 53\tprotein\nid2\tp\"q\tprotein\nid3\t \tRNA\n", "number,\"muscle, left\"\n1,\"vastus, lateralis\"\n2,\"infra \"\"spinatus\"\"\"\n"
	for _, c := range []struct {
		file, content, column string
		want                  []string
		err                   string
	}{
		{"a.txt", "vastus, lateralis\nrectus  femoris\n\nplain\n", "", []string{"vastus, lateralis", "rectus  femoris", "", "plain"}, ""},
		{"a.txt", "a\tb\nplain\n", "", []string{"a\tb", "plain"}, ""},
		{"a.csv", "\"vastus, lateralis\"\n\"infra \"\"spinatus\"\"\"\nplain name\n", "", []string{"vastus, lateralis", `infra "spinatus"`, "plain name"}, ""},
		{"a.tsv", genes, ":2", []string{"TP 53", `p"q`, " "}, ""},
		{"a.tsv", genes, ":id1", []string{"id2", "id3"}, ""},
		{"a.txt", genes, ":3", []string{"protein", "protein", "RNA"}, ""},
		{"A.CSV", table, ":muscle, left", []string{"vastus, lateralis", `infra "spinatus"`}, ""},
		{"a.csv", table, ":1", []string{"number", "1", "2"}, ""},
		{"a.txt", "plain\nname\n", ":1", []string{"plain", "name"}, ""},
		{"a.tsv", genes, "", nil, `the key: FILE has 3 columns, in its first line ["id1" "TP 53" "protein"]; choose one by its number from 1, --set the key=FILE:2, or, where`},
		{"a.csv", table, "", nil, `FILE has 2 columns, in its first line ["number" "muscle, left"]; choose one`},
		{"a.tsv", genes, ":0", nil, "there is no column 0; they are counted from 1"},
		{"a.tsv", genes, ":4", nil, "there is no column 4"},
		{"a.tsv", genes, ":symbol", nil, `there is no column "symbol"`},
		{"a.csv", "a,b\n1\n", ":2", nil, "the key: FILE: line 2 has 1 columns; the first has 2"},
		{"a.csv", "a,b\n", ":b", nil, "there is no name below the first line"},
		{"a.txt", "a\xff\n", "", nil, "FILE:1: byte 2 is not UTF-8"},
	} {
		path := tempfile.Write(t, c.file, c.content)
		names, err := text.ReadNames("the key", path+c.column)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), strings.ReplaceAll(c.err, "FILE", path)) {
				t.Errorf("%s%s of %q: %v, want %s", c.file, c.column, c.content, err, c.err)
			}
			continue
		}
		if err != nil || !slices.Equal(names, c.want) {
			t.Errorf("%s%s of %q: %q, %v; want %q", c.file, c.column, c.content, names, err, c.want)
		}
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write([]byte("1,x y\n2,z\n"))
	w.Close()
	if names, err := text.ReadNames("the key", tempfile.Write(t, "a.CSV.gz", packed.String())+":2"); err != nil || !slices.Equal(names, []string{"x y", "z"}) {
		t.Errorf("packed names: %q, %v", names, err)
	}
	path := tempfile.Write(t, "a:1", "x\n")
	if file, column := text.SplitColumn(path); file != path || column != "" {
		t.Errorf("a file with a colon in its name is split into %q and %q", file, column)
	}
	if _, err := text.ReadNames("the key", path+"0:2"); err == nil || !strings.Contains(err.Error(), "the key: cannot read the list") {
		t.Errorf("a file that is not there: %v", err)
	}
}

// FuzzNames reads names from every kind of file.
func FuzzNames(f *testing.F) {
	f.Add([]byte("id\tname\n1\ta b\n"), "a.tsv", "2")
	f.Add([]byte("id,\"the name\"\n1,\"a, b\"\n"), "a.csv", "the name")
	f.Add([]byte("a b\nc\n"), "a.txt", "")
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, file, column string) {
		path := filepath.Join(dir, []string{"a.txt", "a.csv", "a.tsv"}[len(file)%3])
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if column != "" {
			path += ":" + column
		}
		names, err := text.ReadNames("key", path)
		if (err == nil) != (len(names) > 0) {
			t.Errorf("%d names, %v", len(names), err)
		}
	})
}
