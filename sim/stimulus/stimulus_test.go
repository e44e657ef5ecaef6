package stimulus

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/shared"
)

// TestPaperScaling reproduces the scaled faces that circulate, on every pixel,
// from the images and from the IDX file.
func TestPaperScaling(t *testing.T) {
	want, err := Load(shared.Path(t, "data", "mit-cbcl-faces", "faces-leeseung-scaled-idx3-ubyte.gz"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"faces-pgm.zip", "faces-idx3-ubyte.gz"} {
		set, err := Load(shared.Path(t, "data", "mit-cbcl-faces", name))
		if err != nil {
			t.Fatal(err)
		}
		if set.Count != 2429 || set.Height != 19 || set.Width != 19 || set.Rates[0] != 104 || set.Rates[6] != 167 {
			t.Fatalf("%s: %d stimuli of %d×%d beginning with %v", name, set.Count, set.Height, set.Width, set.Rates[:7])
		}
		if err := set.Scale("lee-seung"); err != nil {
			t.Fatal(err)
		}
		for i, x := range set.Rates {
			if math.Floor(255*x) != want.Rates[i] {
				t.Fatalf("%s: pixel %d is floor(255·%v), want %v", name, i, x, want.Rates[i])
			}
		}
	}
}

func TestScalingAtTheEdges(t *testing.T) {
	constant := Set{Rates: []float64{7, 7, 0, 0}, Count: 2, Size: 2}
	if err := constant.Scale("lee-seung"); err != nil {
		t.Fatal(err)
	}
	for _, x := range constant.Rates {
		if x != 0.25 {
			t.Errorf("a constant stimulus became %v", constant.Rates)
		}
	}
	one := Set{Rates: []float64{3}, Count: 1, Size: 1}
	if err := one.Scale("lee-seung"); err != nil || one.Rates[0] != 0.25 {
		t.Errorf("a single neuron became %v, %v", one.Rates, err)
	}
	top := Set{Rates: []float64{0, 2, 4, 1}, Count: 2, Size: 2}
	if err := top.Scale("unit-maximum"); err != nil || top.Rates[1] != 0.5 || top.Rates[2] != 1 {
		t.Errorf("got %v, %v", top.Rates, err)
	}
	if err := top.Scale("z-score"); err == nil {
		t.Error("an unknown scaling was accepted")
	}
}

// TestBadFilesAreNamed gives every reader something broken.
func TestBadFilesAreNamed(t *testing.T) {
	dir := t.TempDir()
	archive := func(names ...string) []byte {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, n := range names {
			w, _ := z.Create(n)
			w.Write([]byte("P5 1 1 255\nx"))
		}
		z.Close()
		return b.Bytes()
	}
	tests := []struct{ file, content, want string }{
		{"a-ubyte", "", "no IDX header"},
		{"b-ubyte", "\x00\x00\x0d\x02", "allowed are IDX files of unsigned bytes"},
		{"c-ubyte", "\x00\x00\x08\x02\x00\x00", "header ends early"},
		{"d-ubyte", "\x00\x00\x08\x02\xff\xff\xff\xff\xff\xff\xff\xff", "values in all"},
		{"e-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x02\x00\x00\x00\x02abc", "4 values announced, 3 there"},
		{"f-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02abc", "more than the 2 values"},
		{"g-ubyte", "\x00\x00\x08\x02\x00\x00\x00\x00\x00\x00\x00\x02", "at least 1 each"},
		{"h-ubyte.gz", "this is no gzip at all", "gzip: invalid header"},
		{"i.zip", "no zip", "not a valid zip"},
		{"j.zip", string(archive("../a.pgm")), "climbs out"},
		{"k.zip", string(archive("a.txt")), "no .pgm or .png image"},
		{"l.mat", "1,2", "cannot tell the format"},
		{"l.csv", "a,b\n1,2\n3,x\n", "l.csv:3:3: \"x\" is no number"},
		{"l2.csv", "1,2\n3\n", "wrong number of fields"},
		{"l3.csv", "1,-2\n", "visible neuron 1 (counted from 0) has the value -2"},
		{"l4.csv", "1,NaN\n", "has the value NaN"},
		{"l5.csv", "", "no stimuli found"},
		{"l6.csv", "a,b\n1,2\n", ""},
		{"s/a.png", "\x89PNG\r\n\x1a\nxx", "unexpected EOF"},
		{"t.tar", "no tar", "EOF"},
		{"u.tar", string(tarOf("../a.pgm")), "climbs out"},
		{"v.tar", string(tarOf("b/a.pgm")), ""},
		{"m/a.pgm", "P2 1 1 255\n1", "begins with P5"},
		{"n/a.pgm", "P5 2 2 255\nabc", "3 of 4 pixels"},
		{"o/a.pgm", "P5 99999999 99999999 255\nabc", "allowed are up to"},
		{"p/a.pgm", "P5 1 x 255\na", "damaged at \"x\""},
		{"q/a.pgm", "P5 1 1 10\nz", "above the maximum 10"},
		{"r/a.pgm", "P5 1 1 255\na", ""},
		{"r/b.pgm", "P5 2 1 255\nab", "b.pgm is 1×2 with maximum 255, but a.pgm is 1×1"},
		{"missing-ubyte", "", "no such file"},
	}
	for _, tt := range tests {
		name := filepath.Join(dir, tt.file)
		if !strings.HasPrefix(tt.file, "missing") {
			os.MkdirAll(filepath.Dir(name), 0o777)
			if err := os.WriteFile(name, []byte(tt.content), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		if strings.HasSuffix(name, ".pgm") || strings.HasSuffix(name, ".png") {
			name = filepath.Dir(name)
		}
		_, err := Load(name)
		if (tt.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %q", tt.file, err, tt.want)
		}
	}
}

func tarOf(name string) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	const image = "P5 1 1 255\nx"
	w.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(image))})
	w.Write([]byte(image))
	w.Close()
	return b.Bytes()
}

// TestPNGKeepsGrey writes grey and coloured images and reads them.
func TestPNGKeepsGrey(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 2, 1))
	grey.Pix[0], grey.Pix[1] = 7, 200
	colour := image.NewRGBA(image.Rect(0, 0, 1, 1))
	colour.Set(0, 0, color.RGBA{255, 0, 0, 255})
	clear := image.NewRGBA(image.Rect(0, 0, 1, 1))
	encode := func(img image.Image) *bytes.Buffer {
		var b bytes.Buffer
		if err := png.Encode(&b, img); err != nil {
			t.Fatal(err)
		}
		return &b
	}
	if p, h, w, top, err := readPNG(encode(grey)); err != nil || h != 1 || w != 2 || top != 255 || p[0] != 7 || p[1] != 200 {
		t.Errorf("grey: %v %d×%d %d, %v", p, h, w, top, err)
	}
	if p, _, _, _, err := readPNG(encode(colour)); err != nil || p[0] != 76 { // 0.299·255
		t.Errorf("red: %v, %v", p, err)
	}
	if _, _, _, _, err := readPNG(encode(clear)); err == nil {
		t.Error("a transparent image was accepted")
	}
}

func FuzzPGM(f *testing.F) {
	f.Add([]byte("P5 # comment\n2 1 255\nab"))
	f.Add([]byte("P5 99999999 99999999 255\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		pixels, h, w, _, err := readPGM(bytes.NewReader(data))
		if err == nil && len(pixels) != h*w {
			t.Errorf("%d pixels of %d×%d", len(pixels), h, w)
		}
	})
}

func FuzzIDX(f *testing.F) {
	f.Add([]byte("\x00\x00\x08\x02\x00\x00\x00\x01\x00\x00\x00\x02ab"))
	f.Add([]byte("\x00\x00\x08\x03\x7f\xff\xff\xff\x7f\xff\xff\xff\x00\x00\x00\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if set, err := readIDX(bytes.NewReader(data), "fuzz"); err == nil {
			if err := set.Validate(); err != nil {
				t.Error(err)
			}
		}
	})
}
