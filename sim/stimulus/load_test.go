package stimulus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"partsnet/internal/tempfile"
)

const onePixel = "P5 1 1 255\nx"

// entry is a file of an archive.
type entry struct{ name, content string }

func zipOf(entries ...entry) string {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, _ := z.Create(e.name)
		w.Write([]byte(e.content))
	}
	z.Close()
	return b.String()
}

func tarOf(entries ...entry) string {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, e := range entries {
		w.WriteHeader(&tar.Header{Name: e.name, Mode: 0o600, Size: int64(len(e.content))})
		w.Write([]byte(e.content))
	}
	w.Close()
	return b.String()
}

func gzipOf(content string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write([]byte(content))
	w.Close()
	return b.String()
}

// npyFile returns an NPY file of version 1.
func npyFile(header, data string) string {
	return "\x93NUMPY\x01\x00" + string([]byte{byte(len(header)), byte(len(header) >> 8)}) + header + data
}

// TestWhatIsSaidOfBadFiles gives every reader something broken and compares
// the whole message; FILE stands for the path.
func TestWhatIsSaidOfBadFiles(t *testing.T) {
	link := func() string {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		w.WriteHeader(&tar.Header{Name: "a.pgm", Typeflag: tar.TypeSymlink, Linkname: "/etc/passwd"})
		w.Close()
		return b.String()
	}
	encrypted := []byte(zipOf(entry{"a.pgm", onePixel}))
	for _, at := range []string{"PK\x03\x04", "PK\x01\x02"} {
		i := bytes.Index(encrypted, []byte(at))
		encrypted[i+6+2*(int(at[2])&1)] |= 1
	}
	tests := []struct{ file, content, want string }{
		{"a-ubyte", "", "FILE: no IDX header: EOF"},
		{"a-ubyte", "\x00\x00\x0d\x02", "FILE: header 00 00 0d 02; allowed are IDX files of unsigned bytes (00 00 08) with 2 or 3 dimensions"},
		{"a-ubyte", "\x00\x00\x08\x02\x00\x00", "FILE: the IDX header ends early: unexpected EOF"},
		{"a-ubyte", "\x00\x00\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff", "FILE: dimensions [4294967295 4294967295]; allowed are at least 1 each and 268435456 values in all"},
		{"a-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x02\x00\x00\x00\x02abc", "FILE: 4 values announced, 3 there: unexpected EOF"},
		{"a-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02abc", "FILE: more than the 2 values announced"},
		{"a-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x00\x00\x00\x00\x02", "FILE: dimensions [0 2]; allowed are at least 1 each and 268435456 values in all"},
		{"a-ubyte.gz", "this is not a gzip", "FILE: gzip: invalid header"},
		{"a-ubyte.gz", gzipOf("\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02ab")[:25], "FILE: after 2 values: unexpected EOF"},

		{"a.npy", "1,2", "FILE: no NPY header; it must begin with \\x93NUMPY"},
		{"a.npy", "\x93NUMPY\x09\x00", "FILE: NPY version 9; allowed are 1, 2 and 3"},
		{"a.npy", "\x93NUMPY\x02\x00\xff\xff\xff\xff", "FILE: an NPY header of 4294967295 bytes; allowed are 65536"},
		{"a.npy", npyFile("{}", ""), `FILE: the NPY header "{}" has no descr, fortran_order and shape`},
		{"a.npy", npyFile("{'descr': '|O', 'fortran_order': False, 'shape': (1, 1)}", ""), "FILE: an array of type |O; allowed are real numbers: b1, i1 to i8, u1 to u8, f4, f8. In NumPy, a.astype(float) converts"},
		{"a.npy", npyFile("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1, 1)}", ""), "FILE: an array of type [('a', '<f8')]; allowed are real numbers: b1, i1 to i8, u1 to u8, f4, f8. In NumPy, a.astype(float) converts"},
		{"a.npy", npyFile("{'descr': '<c16', 'fortran_order': False, 'shape': (1, 1)}", ""), "FILE: an array of type <c16; allowed are real numbers: b1, i1 to i8, u1 to u8, f4, f8. In NumPy, a.astype(float) converts"},
		{"a.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}", ""), "FILE: an array of shape (3,); allowed are stimuli × neurons and stimuli × height × width"},
		{"a.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999, 99999999)}", "12345678"), "FILE: dimensions [99999999 99999999]; allowed are at least 1 each and 268435456 values in all"},
		{"a.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (10000, 10000)}", "12345678"), "FILE: 100000000 values announced, 1 there: unexpected EOF"},
		{"a.npy", npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}", "\x00\x00\x00\x00\x00\x00\xf8\x7f"), "FILE: stimulus 0, visible neuron 0 (counted from 0) has the value NaN; rates are finite and never negative; stimulus.missing = \"mask\" reads it as missing"},
		{"a.npz", zipOf(entry{"u.npy", ""}, entry{"v.npy", ""}), `FILE: there are arrays ["u" "v"]; choose one with --set stimulus.path=FILE:NAME`},
		{"a.npz", zipOf(entry{"u.npy", ""}), `FILE: array u: no NPY header; it must begin with \x93NUMPY`},

		{"a.zip", "no zip", "FILE: zip: not a valid zip file"},
		{"a.zip", zipOf(entry{"../a.pgm", onePixel}), `FILE: entry "../a.pgm" leads out of the archive and is refused`},
		{"a.zip", zipOf(entry{"/etc/a.pgm", onePixel}), `FILE: entry "/etc/a.pgm" leads out of the archive and is refused`},
		{"a.zip", zipOf(entry{`..\a.pgm`, onePixel}), `FILE: entry "..\\a.pgm" leads out of the archive and is refused`},
		{"a.zip", zipOf(entry{"a.md", "x"}, entry{".b.pgm", onePixel}, entry{"__MACOSX/c.pgm", onePixel}), "FILE: no stimuli found: there is no .pgm, .png or .jpg image in it, and no file of another format, but .b.pgm, __MACOSX/c.pgm, a.md"},
		{"a.zip", string(encrypted), `FILE: entry "a.pgm" is encrypted; unpack the archive first`},
		{"a.zip", zipOf(entry{"a.pgm", onePixel}, entry{"a.pgm", onePixel}), "FILE: the archive has two entries a.pgm; allowed is one"},
		{"a.tar", "no tar", "FILE: after 0 images: unexpected EOF"},
		{"a.tar", tarOf(entry{"../a.pgm", onePixel}), `FILE: entry "../a.pgm" leads out of the archive and is refused`},
		{"a.tar", link(), `FILE: entry "a.pgm" is a link and is refused`},
		{"a.tar", tarOf(entry{"a.pgm", onePixel}, entry{"a.pgm", onePixel}), "FILE: the archive has two entries a.pgm; allowed is one"},
		{"a.tgz", gzipOf(tarOf(entry{"a.pgm", onePixel})[:100]), "FILE: after 0 images: unexpected EOF"},

		{"d/a.pgm", "P6 1 1 255\n1", `FILE: a.pgm: begins with "P6"; allowed are PGM images, which begin with P5 or P2`},
		{"d/a.pgm", "P5 2 2 255\nabc", "FILE: a.pgm: 4 values announced, 3 there: unexpected EOF"},
		{"d/a.pgm", "P2 2 2 255\n1 2 3", "FILE: a.pgm: 4 values announced, 3 there: unexpected EOF"},
		{"d/a.pgm", "P2 2 1 255\n1 x", `FILE: a.pgm: pixel 1 is "x", which is not a number`},
		{"d/a.pgm", "P5 99999999 99999999 255\nabc", "FILE: a.pgm: a PGM of 99999999×99999999 with maximum 255; allowed are up to 16777216 pixels and a maximum of 1 to 65535"},
		{"d/a.pgm", "P5 1 x 255\na", `FILE: a.pgm: the PGM header is damaged at "x"`},
		{"d/a.pgm", "P5 1 1 10\nz", "FILE: a.pgm: pixel 0 is 122, above the maximum 10 that the header gives"},
		{"d/a.png", "\x89PNG\r\n\x1a\nxx", "FILE: a.png: unexpected EOF"},
		{"d/a.txt", "", "FILE: a.txt: no stimuli found"},

		{"a.csv", "a,b\n1,2\n3,x\n", `FILE: line 3, column 2 (b): "x" is not a number; stimulus.columns = ["-b"] leaves the column out`},
		{"a.csv", "1,2\n3\n", "FILE: line 2: 1 value; expected 2, separated by commas as in line 1"},
		{"a.csv", "1,2\n3,\n", `FILE: line 2, column 2: the value is missing (""); stimulus.missing = "mask" learns without it; stimulus.columns = ["-2"] leaves the column out`},
		{"a.csv", "1,-2\n", "FILE: stimulus 0, visible neuron 1 (counted from 0) has the value -2; rates are finite and never negative; stimulus.rectify = true sets negative values to 0"},
		{"a.csv", "1,Inf\n", `FILE: line 1, column 2: the value is infinite ("Inf"); rates are finite`},
		{"a.csv", "# nothing\n", "FILE: no stimuli found"},

		{"a.doc", "1,2", "FILE: the name does not tell the format; allowed are " + Allowed(formats)},
		{"a.mat", "1,2", "FILE: no MATLAB header of 128 bytes"},
		{"missing.npy", "", "FILE: cannot read stimuli: stat FILE: no such file or directory"},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), tt.file)
		os.MkdirAll(filepath.Dir(path), 0o777)
		if !strings.HasPrefix(tt.file, "missing") {
			if err := os.WriteFile(path, []byte(tt.content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if strings.HasPrefix(tt.file, "d/") {
			path = filepath.Dir(path)
		}
		_, err := Load(context.Background(), path)
		if err == nil {
			t.Errorf("%s %.60q: no error; want %s", tt.file, tt.content, tt.want)
			continue
		}
		if d := cmp.Diff(tt.want, strings.ReplaceAll(err.Error(), path, "FILE")); d != "" {
			t.Errorf("%s %.60q: %s", tt.file, tt.content, d)
		}
	}
}

func TestUnalikeImages(t *testing.T) {
	path := tempfile.Write(t, "a.zip", zipOf(entry{"a.pgm", onePixel}, entry{"b/b.pgm", "P5 2 1 255\nab"}))
	_, err := Load(context.Background(), path)
	if want := path + ": b/b.pgm is 1×2 with maximum 255, but a.pgm is 1×1 with maximum 255; all images must be alike"; err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// TestSourcesAgree writes the same three images in every form that holds
// images, in several orders, and reads the same set.
func TestSourcesAgree(t *testing.T) {
	images := []entry{{"b/2.pgm", "P2 # a comment\r\n2 1\r\n255\r\n3 4"}, {"a.pgm", "P5 2 1 255\n\x01\x02"}, {"notes.txt", "x"}, {"c.PGM", "P5\n#c\n2 1\n255\n\x05\x06"}}
	root := t.TempDir()
	want := &Set{Rates: []float64{1, 2, 3, 4, 5, 6}, Count: 3, Size: 2, Height: 1, Width: 2, Names: []string{"a.pgm", "b/2.pgm", "c.PGM"}, Read: []string{"1 file of another format left out: notes.txt"}}
	for _, e := range images {
		os.MkdirAll(filepath.Dir(filepath.Join(root, "d", e.name)), 0o777)
		os.WriteFile(filepath.Join(root, "d", e.name), []byte(e.content), 0o666)
	}
	files := map[string]string{
		"a.zip": zipOf(images...), "a.tar": tarOf(images...), "a.tgz": gzipOf(tarOf(images...)), "a.tar.gz": gzipOf(tarOf(images...)),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"d", "a.zip", "a.tar", "a.tgz", "a.tar.gz"} {
		set, err := Load(context.Background(), filepath.Join(root, name))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		set.Source = ""
		if d := cmp.Diff(want, set); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// TestLoadingEnds reads every format with a context that has ended.
func TestLoadingEnds(t *testing.T) {
	ended, end := context.WithCancel(context.Background())
	end()
	for _, f := range Formats() {
		for _, ending := range f.Endings {
			path := filepath.Join(t.TempDir(), f.Prefix+"a"+ending)
			content := zipOf(entry{"a.pgm", onePixel}, entry{"V.npy", npyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", "1")})
			if strings.HasSuffix(ending, "gz") {
				content = gzipOf(tarOf(entry{"a.pgm", onePixel}))
			}
			if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
				t.Fatal(err)
			}
			if _, err := Load(ended, path); !errors.Is(err, context.Canceled) {
				t.Errorf("%s: %v", filepath.Base(path), err)
			}
		}
	}
}

func TestAllowed(t *testing.T) {
	want := "images (a folder, .zip, .tar, .tar.gz, .tgz); IDX file (*ubyte, .idx, also .gz); bag of words (docword*.txt, also .gz)"
	if got := Allowed([]Format{imagesFormat, idxFormat, docwordFormat}); got != want {
		t.Errorf("got %s", got)
	}
}
