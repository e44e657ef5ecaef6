package stimulus

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/sbinet/npyio/npz"
	"github.com/google/go-cmp/cmp"
)

// TestNPYTypes reads 0, 1 and 2 in every type and byte order, from arrays of
// every version.
func TestNPYTypes(t *testing.T) {
	for descr, values := range map[string]any{
		"b1": []bool{false, true, true}, "i1": []int8{0, 1, 2}, "u1": []uint8{0, 1, 2},
		"i2": []int16{0, 1, 2}, "u2": []uint16{0, 1, 2}, "i4": []int32{0, 1, 2}, "u4": []uint32{0, 1, 2},
		"i8": []int64{0, 1, 2}, "u8": []uint64{0, 1, 2}, "f4": []float32{0, 1, 2}, "f8": []float64{0, 1, 2},
	} {
		want := []float64{0, 1, 2}
		if descr == "b1" {
			want[2] = 1
		}
		for mark, order := range map[string]binary.ByteOrder{"<": binary.LittleEndian, ">": binary.BigEndian, "|": binary.LittleEndian} {
			var b bytes.Buffer
			if err := binary.Write(&b, order, values); err != nil {
				t.Fatal(err)
			}
			header := "{'descr': '" + mark + descr + "', 'fortran_order': False, 'shape': (1, 3), }"
			for _, start := range []string{"\x93NUMPY\x01\x00", "\x93NUMPY\x02\x00", "\x93NUMPY\x03\x00"} {
				length := []byte{byte(len(header)), 0}
				if start[6] > 1 {
					length = append(length, 0, 0)
				}
				set, err := readNPY(strings.NewReader(start + string(length) + header + b.String()))
				if err != nil {
					t.Errorf("%s%s: %v", mark, descr, err)
				} else if d := cmp.Diff(want, set.Rates); d != "" {
					t.Errorf("%s%s: %s", mark, descr, d)
				}
			}
		}
	}
	if _, err := readNPY(strings.NewReader(npyFile("{'descr': '<i2', 'fortran_order': False, 'shape': (1, 1)}", "\xff\xff"))); err != nil {
		t.Error(err) // −1 is read as it stands; Validate refuses it
	}
}

// TestNPYOrders stores the same 2×2×3 stimuli with the last and with the first
// index fastest.
func TestNPYOrders(t *testing.T) {
	const c, fortran = "\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b", "\x00\x06\x03\x09\x01\x07\x04\x0a\x02\x08\x05\x0b"
	want := &Set{Rates: []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, Count: 2, Size: 6, Height: 2, Width: 3}
	for order, data := range map[string]string{"False": c, "True": fortran} {
		got, err := readNPY(strings.NewReader(npyFile("{'shape': (2, 2, 3), 'fortran_order': "+order+", 'descr': '|u1'}", data)))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("fortran_order %s: %s", order, d)
		}
	}
}

// TestNPZ reads archives that another library wrote.
func TestNPZ(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.npz")
	w, err := npz.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, x := range map[string][2][2]float64{"labels": {{9, 9}, {9, 9}}, "V": {{1, 2}, {3, 4}}} {
		if err := w.Write(name, x); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]float64{path: 4, path + ":V": 4, path + ":labels": 9} {
		set, err := Load(context.Background(), file)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		} else if set.Count != 2 || set.Rates[3] != want {
			t.Errorf("%s: got %+v", file, set)
		}
	}
	if _, err := Load(context.Background(), path+":X"); err == nil || !strings.Contains(err.Error(), `there are arrays`) {
		t.Errorf("an array that is not there: %v", err)
	}
}

func TestTables(t *testing.T) {
	want := []float64{1, 2.5, 0, 30}
	for _, text := range []string{
		"1,2.5\n0,3e1\n",
		"\ufeffa,b\r\n1,2.5\r\n0,30",
		"# made by hand\n\n\"left\";\"right\"\n\"1\"; 2.5\n0;30\n",
		"1\t2.5\n0\t30\n",
		"1   2.5 \n 0 30\n",
		"\"left; upper\";\"a \"\"b\"\"\"\n1;2.5\n0;30\n", // separators and quotes in quotes
		"\"a, b\nc\",d\n\n \"1\" , \"2.5\"\t\n#\n0,30\n", // a name of two lines
		"\"1\" \"2.5\"\n\"0\"   30\n",
		"a\tb\t\n1\t2.5\t\n0\t30\n", // a tab at the end of a line
	} {
		set, err := readTable(strings.NewReader(text), Table{})
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if set.Count != 2 || set.Size != 2 || cmp.Diff(want, set.Rates) != "" {
			t.Errorf("%q: got %+v", text, set)
		}
	}
	for text, want := range map[string]string{
		"1,2\n\n3,\"4\n5,6\n":        `line 4, column 5: extraneous or missing " in quoted-field`,
		"# c\n\n1,2\n3,4\"5\n":       "line 4, column 4: bare \" in non-quoted-field",
		"# c\n\n1,2\n#\n3,\"4,5\"\n": `line 5, column 2: "4,5" is not a number with the decimal mark "."; stimulus.decimal = "," reads it`,
	} {
		if _, err := readTable(strings.NewReader(text), Table{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	set, err := readTable(strings.NewReader("7\n8\n9\n"), Table{})
	if err != nil || set.Count != 3 || set.Size != 1 {
		t.Errorf("one value a line: %+v, %v", set, err)
	}
}

func TestPGMDepth(t *testing.T) {
	for text, want := range map[string]*picture{
		"P5 2 1 65535\n\x01\x00\xff\xff":        {[]float64{256, 65535}, 1, 2, 65535, 0},
		"P2 2 1 1000\n256 1000":                 {[]float64{256, 1000}, 1, 2, 1000, 0},
		"P2\n# one\n2 #two\n 1\n9\n#three\n8 9": {[]float64{8, 9}, 1, 2, 9, 0},
	} {
		got, err := readPGM(strings.NewReader(text))
		if err != nil {
			t.Errorf("%q: %v", text, err)
		} else if d := cmp.Diff(want, got, cmp.AllowUnexported(picture{})); d != "" {
			t.Errorf("%q: %s", text, d)
		}
	}
}

// TestPNGKeepsGrey writes grey, deep and coloured images and reads them.
func TestPNGKeepsGrey(t *testing.T) {
	box := image.Rect(0, 0, 1, 1)
	grey, deep, colour, clear := image.NewGray(box), image.NewGray16(box), image.NewRGBA(box), image.NewRGBA(box)
	grey.Pix[0] = 200
	deep.SetGray16(0, 0, color.Gray16{Y: 12345})
	colour.Set(0, 0, color.RGBA{255, 0, 0, 255})
	for want, img := range map[float64]image.Image{200: grey, 12345: deep, 76: colour /* 0.299·255 */, math.NaN(): clear} {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		p, err := readPNG(&b)
		switch {
		case math.IsNaN(want):
			if err == nil || !strings.Contains(err.Error(), "transparent") {
				t.Errorf("a transparent image: %v", err)
			}
		case err != nil:
			t.Error(err)
		case p.pixels[0] != want || p.height != 1 || p.width != 1 || (p.maximum == 65535) != (want == 12345):
			t.Errorf("got %+v, want %v", p, want)
		}
	}
}

// gzipped returns the content as a stream of gzip. Streams one after the other unpack to
// their contents one after the other.
func gzipped(content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	w.Write(content)
	w.Close()
	return b.Bytes()
}

// TestBombsAreRefused feeds gzips that unpack to a thousand times their size, and
// a zip whose entries announce more than any set may hold.
func TestBombsAreRefused(t *testing.T) {
	if testing.Short() {
		t.Skip("unpacks 200 MiB")
	}
	root := t.TempDir()
	nothing := make([]byte, 1<<20)
	for _, name := range []string{"a.csv.gz", "a.tgz", "a.npy.gz"} {
		path := filepath.Join(root, name)
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		content := bytes.Clone(nothing)
		switch name {
		case "a.npy.gz":
			f.Write(gzipped([]byte(npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (100000, 2000)}", ""))))
		case "a.tgz":
			var header bytes.Buffer
			tar.NewWriter(&header).WriteHeader(&tar.Header{Name: "a.txt", Size: 1 << 30})
			f.Write(gzipped(header.Bytes()))
		case "a.csv.gz": // few and long numbers, because many take long to read
			content = append(bytes.Repeat([]byte("0"), len(nothing)-1), '\n')
		}
		packed := gzipped(content)
		for range 70 {
			f.Write(packed)
		}
		f.Close()
		_, err = Load(context.Background(), path)
		if err == nil || !strings.Contains(err.Error(), "unpack to more than") {
			t.Errorf("%s: %v", name, err)
		}
	}
	big := []byte(zipOf(entry{"a.pgm", onePixel}, entry{"b.pgm", onePixel}, entry{"c.pgm", onePixel}))
	at := 0
	for range 3 { // the size unpacked in each entry of the central directory
		at += bytes.Index(big[at:], []byte("PK\x01\x02")) + 24
		copy(big[at:], "\xff\xff\xff\x7f")
	}
	path := filepath.Join(root, "a.zip")
	if err := os.WriteFile(path, big, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(context.Background(), path); err == nil || !strings.Contains(err.Error(), "hold more than 536870912 bytes") {
		t.Errorf("a zip bomb: %v", err)
	}
}
