package stimulus

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// fill writes files into a new folder.
func fill(t testing.TB, entries ...entry) string {
	t.Helper()
	folder := t.TempDir()
	for _, e := range entries {
		path := filepath.Join(folder, e.name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(e.content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// TestImagesInNaturalOrder reads images whose numbers have no zeros in front, from a folder and
// both kinds of archives, and says what is no image.
func TestImagesInNaturalOrder(t *testing.T) {
	t.Parallel()
	entries := []entry{{"img10.pgm", "P5 1 1 255\nc"}, {"IMG.PGM", "P5 1 1 255\na"}, {"img2.pgm", "P5 1 1 255\nb"}, {"notes.md", "no"}, {".x.pgm", "no"}}
	folder := fill(t, append(entries, entry{"a.zip", zipOf(entries...)})...)
	files := fill(t, entry{"A.ZIP", zipOf(entries...)}, entry{"A.TGZ", gzipOf(tarOf(entries...))}, entry{"a.Tar.GZ", gzipOf(tarOf(entries...))}, entry{"a.tar", tarOf(entries...)})
	for path, notes := range map[string]string{
		folder: "2 files of other formats left out: a.zip, notes.md", files + "/A.ZIP": "1 file of another format left out: notes.md",
		files + "/A.TGZ": "1 file of another format left out: notes.md", files + "/a.Tar.GZ": "1 file of another format left out: notes.md",
		files + "/a.tar": "1 file of another format left out: notes.md",
	} {
		set, err := Load(context.Background(), path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if !slices.Equal(set.Names, []string{"IMG.PGM", "img2.pgm", "img10.pgm"}) || !slices.Equal(set.Rates, []float64{'a', 'b', 'c'}) {
			t.Errorf("%s: %q, %v", path, set.Names, set.Rates)
		}
		want := []string{notes, "1 hidden file left out: .x.pgm", "images in the order of the numbers in their names: img2.pgm before img10.pgm"}
		if d := cmp.Diff(want, set.Read); d != "" {
			t.Errorf("%s: %s", path, d)
		}
	}
	plain := fill(t, entry{"a1.pgm", onePixel}, entry{"a2.pgm", onePixel})
	if set, err := Load(context.Background(), plain); err != nil || len(set.Read) > 0 {
		t.Errorf("nothing to say, but %q, %v", set.Read, err)
	}
}

// TestTheOneFileOfAnArchive reads a table and an array that are packed alone, and refuses to
// choose between two.
func TestTheOneFileOfAnArchive(t *testing.T) {
	t.Parallel()
	table, array := "1,2\n3,4\n5,6\n", npyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2)}", "\x01\x02\x03\x04\x05\x06")
	files := fill(t, entry{"csv.zip", zipOf(entry{"in/Data.CSV", table}, entry{"read.me", ""}, entry{"__MACOSX/._Data.CSV", "x"})},
		entry{"npy.tgz", gzipOf(tarOf(entry{"v.npy", array}))}, entry{"gz.ZIP", zipOf(entry{"v.csv.gz", gzipOf(table)})}, entry{"folder/v.csv", table})
	for name, say := range map[string]string{"csv.zip": "in/Data.CSV", "npy.tgz": "v.npy", "gz.ZIP": "v.csv.gz", "folder": "v.csv"} {
		set, err := Load(context.Background(), filepath.Join(files, name))
		if err != nil || set.Count != 3 || !slices.Equal(set.Rates, []float64{1, 2, 3, 4, 5, 6}) {
			t.Errorf("%s: %+v, %v", name, set, err)
			continue
		}
		if want := say + " read, the one file of stimuli in " + name; set.Read[0] != want {
			t.Errorf("%s: says %q, want %q", name, set.Read, want)
		}
		if name == "csv.zip" && !slices.Contains(set.Read, "1 file of another format left out: read.me") {
			t.Errorf("%s: says %q", name, set.Read)
		}
	}
	notes := filepath.Join(fill(t, entry{"n.zip", zipOf(entry{"READ ME.txt", "1 2"}, entry{"v.csv", table}, entry{"vocab.txt", "x"})}), "n.zip")
	set, err := Load(context.Background(), notes)
	if err != nil || set.Count != 3 || !slices.Contains(set.Read, "2 files of other formats left out: READ ME.txt, vocab.txt") || !HoldsTable(context.Background(), notes, Files{}) {
		t.Errorf("a table beside notes: %+v, %v", set, err)
	}
	words := filepath.Join(fill(t, entry{"w.zip", zipOf(entry{"docword.a.txt", "1\n2\n1\n1 2 3\n"}, entry{"vocab.txt", "x\ny\n"})}), "w.zip")
	if set, err := Load(context.Background(), words); err != nil || set.Counts == nil || HoldsTable(context.Background(), words, Files{}) {
		t.Errorf("a bag of words beside its vocabulary: %+v, %v", set, err)
	}
	for want, packed := range map[string][]entry{
		"but 2 files of other formats: a.csv, b.csv; allowed is one": {{"b.csv", table}, {"a.csv", table}, {"c.md", ""}},
		"and no file of another format, but a.md, b.md":              {{"a.md", ""}, {"b.md", ""}},
		"image in it, and no other file":                             nil,
		"a.csv: line 2, column 1: \"x\" is not a number":             {{"a.csv", "1\nx\n"}},
		"a.npz: a file of several arrays in an archive":              {{"a.npz", zipOf(entry{"a.npy", array})}},
	} {
		_, err := Load(context.Background(), filepath.Join(fill(t, entry{"a.zip", zipOf(packed...)}), "a.zip"))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %s", err, want)
		}
		if alone := !strings.Contains(want, "image") && !strings.Contains(want, "formats") && !strings.Contains(want, "format,"); errors.Is(err, ErrNoStimuli) == alone {
			t.Errorf("%v", err)
		}
	}
}

// TestEndingsInCapitals loads, chooses an array, looks into a head and maps by names in capitals.
func TestEndingsInCapitals(t *testing.T) {
	t.Parallel()
	header := "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}" + strings.Repeat(" ", 61)
	array := npyFile(header, "\x00\x00\x00\x00\x00\x00\xf0\x3f")
	files := fill(t, entry{"V.NPY", array}, entry{"V.NPZ", zipOf(entry{"a.NPY", array}, entry{"b.npy", array})}, entry{"V.CSV", "1\n"}, entry{"V.TXT.GZ", gzipOf("1\n")},
		entry{"V.MTX", "%%MatrixMarket matrix array real general\n1 1\n1\n"}, entry{"DOCWORD.V.TXT", "1\n1\n1\n1 1 1\n"}, entry{"V-UBYTE", "\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x01\x01"})
	for _, name := range []string{"V.NPY", "V.NPZ:a", "V.CSV", "V.TXT.GZ", "V.MTX", "DOCWORD.V.TXT", "V-UBYTE"} {
		set, err := Load(context.Background(), filepath.Join(files, name))
		if err != nil || set.Count != 1 || set.Size != 1 || set.Counts == nil && set.Rates[0] != 1 {
			t.Errorf("%s: %+v, %v", name, set, err)
		}
	}
	if _, _, ok := PeekShape(filepath.Join(files, "V.NPY")); !ok {
		t.Error("the head of V.NPY says no shape")
	}
	set, _, release, err := Map(filepath.Join(files, "V.NPY"), 8)
	if err != nil || set.Count != 1 {
		t.Fatalf("V.NPY is not mapped: %v", err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
}

// turnedJPEG returns a JPEG of 24×16 with four squares of grey at its corners and an
// orientation in its EXIF.
func turnedJPEG(t testing.TB, order binary.AppendByteOrder, orientation uint16) []byte {
	img := image.NewGray(image.Rect(0, 0, 24, 16))
	for y := range 16 {
		for x := range 24 {
			img.SetGray(x, y, color.Gray{Y: uint8(40 + 50*(x/12) + 100*(y/8))})
		}
	}
	var plain bytes.Buffer
	if err := jpeg.Encode(&plain, img, &jpeg.Options{Quality: 100}); err != nil {
		t.Fatal(err)
	}
	exif := []byte("Exif\x00\x00II\x2a\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		exif = []byte("Exif\x00\x00MM\x00\x2a")
	}
	exif = order.AppendUint32(exif, 8) // where the directory begins
	exif = order.AppendUint16(exif, 2)
	for _, e := range [][2]uint16{{0x0100, 24}, {0x0112, orientation}} {
		exif = order.AppendUint16(exif, e[0])
		exif = order.AppendUint16(exif, 3)
		exif = order.AppendUint32(exif, 1)
		exif = order.AppendUint16(exif, e[1])
		exif = order.AppendUint16(exif, 0)
	}
	out := append([]byte{0xff, 0xd8, 0xff, 0xfe, 0, 4, 'h', 'i', 0xff, 0xe1}, binary.BigEndian.AppendUint16(nil, uint16(len(exif)+2))...)
	return append(append(out, exif...), plain.Bytes()[2:]...)
}

// TestPhotographsAreTurned reads a photograph at every orientation of EXIF, which says where
// its four corners belong: the order is top left, top right, bottom left, bottom right.
func TestPhotographsAreTurned(t *testing.T) {
	t.Parallel()
	const a, b, c, d = 40, 90, 140, 190
	for o, want := range map[uint16][4]float64{
		0: {a, b, c, d}, 1: {a, b, c, d}, 2: {b, a, d, c}, 3: {d, c, b, a}, 4: {c, d, a, b},
		5: {a, c, b, d}, 6: {c, a, d, b}, 7: {d, b, c, a}, 8: {b, d, a, c}, 9: {a, b, c, d},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			p, err := readJPEG(bytes.NewReader(turnedJPEG(t, order, o)))
			if err != nil {
				t.Fatal(err)
			}
			height, width := 16, 24
			if o >= 5 && o <= 8 {
				height, width = width, height
			}
			if p.height != height || p.width != width {
				t.Errorf("orientation %d: %d×%d, want %d×%d", o, p.height, p.width, height, width)
				continue
			}
			got := [4]float64{p.pixels[0], p.pixels[width-1], p.pixels[(height-1)*width], p.pixels[height*width-1]}
			for k := range got {
				if max(got[k]-want[k], want[k]-got[k]) > 3 { // JPEG loses a little
					t.Errorf("orientation %d: corners %v, want %v", o, got, want)
				}
			}
		}
	}
	folder := fill(t, entry{"a.jpg", string(turnedJPEG(t, binary.LittleEndian, 3))}, entry{"b.JPEG", string(turnedJPEG(t, binary.LittleEndian, 1))})
	set, err := Load(context.Background(), folder)
	if err != nil || !slices.Equal(set.Read, []string{"1 of 2 images turned as EXIF says: a.jpg (3)"}) {
		t.Errorf("%q, %v", set.Read, err)
	}
}

// FuzzOrientation gives the reader of EXIF what is none.
func FuzzOrientation(f *testing.F) {
	f.Add(turnedJPEG(f, binary.LittleEndian, 6)[:80])
	f.Add(turnedJPEG(f, binary.BigEndian, 8)[:80])
	f.Fuzz(func(t *testing.T, data []byte) {
		if o := orientation(data); o < 1 || o > 8 {
			t.Errorf("orientation %d", o)
		}
	})
}
