package stimulus

import (
	"bytes"
	"context"
	"image"
	"image/jpeg"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"
)

// fuzz demands that a reader returns a consistent set or an error, whatever it
// is given.
func fuzz(f *testing.F, read func(r io.Reader) (*Set, error), seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		set, err := read(bytes.NewReader(data))
		if err != nil {
			return
		}
		if set.Counts != nil && (set.Counts.Stimuli() != set.Count || set.Counts.Neurons() != set.Size) {
			t.Errorf("counts of %d stimuli of %d in a set of %d of %d", set.Counts.Stimuli(), set.Counts.Neurons(), set.Count, set.Size)
		}
		if set.Count < 1 || set.Size < 1 || set.Counts == nil && len(set.Rates) != set.Count*set.Size || set.Height*set.Width != 0 && set.Height*set.Width != set.Size {
			t.Errorf("%d values as %d stimuli of %d, %d×%d", len(set.Rates), set.Count, set.Size, set.Height, set.Width)
		}
	})
}

// alone makes a set of one image.
func alone(read func(r io.Reader) (*picture, error)) func(r io.Reader) (*Set, error) {
	return func(r io.Reader) (*Set, error) {
		p, err := read(r)
		if err != nil {
			return nil, err
		}
		return &Set{Rates: p.pixels, Count: 1, Size: p.height * p.width, Height: p.height, Width: p.width}, nil
	}
}

func FuzzPGM(f *testing.F) {
	fuzz(f, alone(readPGM), "P5 # comment\n2 1 255\nab", "P5 99999999 99999999 255\n", "P2 2 1 300\n1 299", "P5 1 1 65535\nab")
}

func FuzzPNG(f *testing.F) {
	fuzz(f, alone(readPNG), "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU")
}

func FuzzJPEG(f *testing.F) {
	var small bytes.Buffer
	if err := jpeg.Encode(&small, image.NewGray(image.Rect(0, 0, 9, 3)), nil); err != nil {
		f.Fatal(err)
	}
	var colour bytes.Buffer
	if err := jpeg.Encode(&colour, image.NewYCbCr(image.Rect(0, 0, 9, 3), image.YCbCrSubsampleRatio420), nil); err != nil {
		f.Fatal(err)
	}
	fuzz(f, alone(readJPEG), small.String(), colour.String(), small.String()[:200])
}

func FuzzIDX(f *testing.F) {
	fuzz(f, readIDX, "\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02ab", "\x00\x00\x08\x03\x7f\xff\xff\xff\x7f\xff\xff\xff\x00\x00\x00\x01")
}

func FuzzNPY(f *testing.F) {
	fuzz(f, readNPY, npyFile("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 1)}", "12345678"),
		npyFile("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 1, 2)}", "1234"))
}

// FuzzFormats gives every format what is stored in any.
func FuzzFormats(f *testing.F) {
	for k, seed := range []string{
		zipOf(entry{"a.pgm", onePixel}), npyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", "1"),
		zipOf(entry{"V.npy", npyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", "1")}),
		"\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02ab", matOf(), "1\n1\n1\n1 1 1\n",
		"%%MatrixMarket matrix array real general\n1 1\n1\n", "a,b\n1,2\n",
	} {
		f.Add([]byte(seed), k)
		f.Add([]byte(gzipOf(seed)), k+len(formats))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte, k int) {
		format := formats[uint(k)%uint(len(formats))]
		name := filepath.Join(dir, format.Prefix+"a"+format.Endings[0])
		if format.Gzip && uint(k)/uint(len(formats))%2 == 1 {
			name += ".gz"
		}
		if err := os.WriteFile(name, data, 0o666); err != nil {
			t.Fatal(err)
		}
		if got, ok := formatOf(name); !ok || got.Name != format.Name {
			t.Fatalf("%s is taken for %q", name, got.Name)
		}
		count, size, peeked := PeekShape(name)
		set, err := Load(context.Background(), name)
		if err != nil {
			return
		}
		if set.Count < 1 || set.Size < 1 || set.Counts == nil && len(set.Rates) != set.Count*set.Size || set.Counts != nil && !format.Counts {
			t.Errorf("%s: %d values as %d stimuli of %d", name, len(set.Rates), set.Count, set.Size)
		}
		if peeked && (count != set.Count || size != set.Size) {
			t.Errorf("%s: the head says %d×%d, and it holds %d×%d", name, count, size, set.Count, set.Size)
		}
	})
}

func FuzzTable(f *testing.F) {
	fuzz(f, func(r io.Reader) (*Set, error) { return readTable(r, Table{}) }, "a,b\n1,2\n", "1;2\n3;4\n", "# x\n1 2\n", "\"1\"\t2", "\"a,b\",c\n\"1\" ,2\n", "\"1\" 2\n 3   4")
}

// FuzzTableKeys reads tables as keys say, and demands that names and axis fit the rates.
func FuzzTableKeys(f *testing.F) {
	f.Add([]byte(",a,b\n0,1,2\n1,3,4\n"), uint8(0), "auto", "auto", "")
	f.Add([]byte("sep=;\ntime;a;b,\n0;1,5;2\n1;1.204,5;2\n;;\n"), uint8(7), "none", "1", "-b,")
	f.Add([]byte("\xff\xfea\x00\t\x00b\x00\r\x001\x00\t\x002\x00"), uint8(1), "a", "none", "#2")
	f.Add([]byte("what,a\nwalk,1\nwalk,2\nrun,3\n"), uint8(144), "auto", "auto", "")
	f.Add([]byte("\"x\" \"y\"\n\"1\" 1 2\n\"2\" 3 4 \n"), uint8(9), "auto", "auto", "y")
	f.Fuzz(func(t *testing.T, data []byte, marks uint8, names, time, column string) {
		how := Table{Names: names, Time: time, Header: []string{Auto, Yes, No}[marks%3], Decimal: DecimalMarks[marks/3%3], Thousands: ThousandsMarks[marks/9%5]}
		if column != "" {
			how.Columns = []string{column}
		}
		if how.Decimal == how.Thousands {
			return // refused before
		}
		if marks >= 128 {
			how.Condition = "1"
		}
		set, err := readTable(bytes.NewReader(data), how)
		if err != nil {
			return
		}
		if set.Count < 1 || set.Size < 1 || len(set.Rates) != set.Count*set.Size {
			t.Errorf("%d values as %d stimuli of %d", len(set.Rates), set.Count, set.Size)
		}
		for _, list := range []struct{ got, want int }{{len(set.Names), set.Count}, {len(set.Neurons), set.Size}, {len(set.Axis), set.Count}} {
			if list.got != 0 && list.got != list.want {
				t.Errorf("%d for %d in %+v", list.got, list.want, set)
			}
		}
		end := 0
		for _, r := range set.Recordings {
			if r.From != end || r.To <= r.From || r.Condition == "" {
				t.Errorf("recordings %+v", set.Recordings)
			}
			end = r.To
		}
		if (marks >= 128) != (end == set.Count) {
			t.Errorf("recordings end at %d of %d", end, set.Count)
		}
		for _, x := range append(set.Rates, set.Axis...) {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Errorf("%v was read", x)
			}
		}
		for _, name := range append(set.Names, set.Neurons...) {
			if name == "" || strings.ContainsAny(name, "\r\n") || !utf8.ValidString(name) {
				t.Errorf("a name is %q", name)
			}
		}
	})
}

func FuzzEvents(f *testing.F) {
	fuzz(f, func(r io.Reader) (*Set, error) { return readEvents(r, Table{Bin: 0.1}) }, "unit,time\na,0.3\nb,0.1\n", "1 0.25\n2 -0.5\n",
		"time;id;depth\n0,1;x;3\n,,\n", "a,1e300\n")
}

func FuzzTar(f *testing.F) {
	fuzz(f, fromFile(f, "a.tar", images), tarOf(entry{"a.pgm", onePixel}), tarOf(entry{"../a.pgm", onePixel}))
}

func FuzzZip(f *testing.F) {
	fuzz(f, fromFile(f, "a.zip", images), zipOf(entry{"a.pgm", onePixel}), zipOf(entry{"../a.pgm", onePixel}))
}

func FuzzNPZ(f *testing.F) {
	read := func(file string) (*Set, error) { return readNPZ(context.Background(), file, "") }
	seeds := sparseSeeds()
	fuzz(f, fromFile(f, "a.npz", read), seeds["csr"], seeds["csc"], seeds["coo"], zipOf(entry{"V.npy", npyFile("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1)}", "1")}))
}

func images(file string) (*Set, error) { return readImages(context.Background(), file) }

// fromFile lets a reader of files read from memory.
func fromFile(f *testing.F, name string, read func(file string) (*Set, error)) func(r io.Reader) (*Set, error) {
	dir := f.TempDir()
	return func(r io.Reader) (*Set, error) {
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, data, 0o666); err != nil {
			return nil, err
		}
		return read(path)
	}
}

func FuzzMAT(f *testing.F) {
	var seeds []string
	for _, name := range []string{"../matlab/testdata/packed.mat", "../matlab/testdata/plain.mat"} {
		b, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		seeds = append(seeds, string(b))
	}
	fuzz(f, func(r io.Reader) (*Set, error) { return readMAT(r, "a.mat", "") }, seeds...)
}
