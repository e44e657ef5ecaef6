package figure

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot"

	"partsnet/sim/figure/formats"
)

// written returns the bytes of a figure.
func written(t *testing.T, f *Figure, format string) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := f.Write(&buf, format); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func decoded(t *testing.T, f *Figure) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(written(t, f, "png")))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestPartsAreCrisp looks at every device pixel of two tiles of 2×2 in the file
// that a reader opens.
func TestPartsAreCrisp(t *testing.T) {
	img := decoded(t, Parts(Look{}, []float64{0, 2, 1, 0, 8, 0, 0, 0}, 2, 2))
	mag := (img.Bounds().Dx() - 3*gutter) / 4
	want := [][]uint8{{255, 0, 127, 255}, {0, 255, 255, 255}}
	for a, tile := range want {
		for y := range 2 * mag {
			for x := range 2 * mag {
				got := color.GrayModel.Convert(img.At(gutter+a*(2*mag+gutter)+x, gutter+numberStrip+y))
				if w := (color.Gray{Y: tile[y/mag*2+x/mag]}); got != w {
					t.Fatalf("part %d at %d,%d is %v, want %v", a, x, y, got, w)
				}
			}
		}
	}
}

// courseOf is a time course with everything that one can have.
func courseOf(w []float64, r int) Course {
	zero := func(int) []float64 { return make([]float64, 6) }
	return Course{Rates: w, Hidden: r, Step: 1, Axis: "time", Unit: "spike", Stimulus: w[:6], Height: 3, Width: 2,
		Prediction: zero, Spikes: []int{0, -1, 3, 5, 1}, Visible: 6}
}

// all makes every figure of r neurons over six visible ones.
func all(r int) map[string]func() *Figure {
	w := make([]float64, r*6)
	return map[string]func() *Figure{
		"parts":         func() *Figure { return Parts(Look{}, w, 2, 3) },
		"decomposition": func() *Figure { return Decomposition(Look{}, w, w[:r], w[:6], w[:6], 2, 3) },
		"recovery":      func() *Figure { return Recovery(Look{}, w[:6], w, []int{-1}, []float64{0}, 0.9, 2, 3) },
		"matrix": func() *Figure {
			return Matrix(Look{}, w, Axes{Rows: Counted{Label: "row", Count: 6}, Columns: Counted{Label: "column", Count: r}, Shade: "shade"})
		},
		"parts and rates": func() *Figure {
			return PartsAndRates(Look{}, Factors{W: w, H: w, Used: w[:r], Visible: Counted{Count: 6}, Stimuli: Counted{Count: 6}})
		},
		"profile": func() *Figure {
			return Profile(Look{}, Seen{H: w[:r], Prediction: w[:6], Stimulus: w[:6], Visible: Counted{Label: "visible neuron", Count: 6}})
		},
		"time course": func() *Figure { return TimeCourse(Look{}, courseOf(w, r)) },
		"objective":   func() *Figure { return Objective(Look{}, []int{1}, []float64{0}, "D") },
		"comparison": func() *Figure {
			return Comparison(Look{}, []Factorisation{{"one", w, w[:r], w[:6]}, {"two", w, w[:r], w[:6]}}, w[:6], 3, 2)
		},
		"film": func() *Figure { return Film(Look{}, []Frame{{0, 0, w}, {1, 0, w}}, []int{1}, []float64{0}, "D", 3, 2) },
		"network": func() *Figure {
			return Network(Look{}, w, w[:6], []Settling{{0, w[:r], w[:6]}, {1, w[:r], w[:6]}}, nil, Divisive, 3, 2)
		},
		"subtractive": func() *Figure {
			return Network(Look{}, w, w[:6], []Settling{{0, w[:r], w[:6]}}, []int{r - 1}, Subtractive, 3, 2)
		},
		"competition": func() *Figure {
			return Network(Look{}, w, w[:6], []Settling{{0, w[:r], w[:6]}}, nil, Competition, 3, 2)
		},
		"features": func() *Figure {
			return Features([]Feature{{0, []Word{{"a", 0}}, 0}}, Document{"empty", nil}, Meaning{})
		},
		"meanings": func() *Figure {
			return Features([]Feature{{0, []Word{{"a", 1}}, 0}}, Document{"one", []Word{{"a", 1}}}, Meaning{"a", []Feature{{0, nil, 0}}, []float64{1}})
		},
	}
}

// TestDeadNetworksAreDrawn draws networks whose every synapse is zero, of one neuron and of
// several, in every format, the second time with the same bytes. Nothing that is divided by
// a largest rate or synapse of zero may reach the page: an SVG names no place that is not a
// number, a PNG has the size of the figure and shows more than empty paper.
func TestDeadNetworksAreDrawn(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every figure in every format")
	}
	for _, r := range []int{1, 4} {
		for name, figure := range all(r) {
			t.Run(fmt.Sprintf("%s of %d", name, r), func(t *testing.T) {
				t.Parallel()
				for _, format := range formats.Names {
					f := figure()
					text := written(t, f, format)
					switch format {
					case "png":
						notBlank(t, f, text)
					case "svg":
						wellFormed(t, text)
					case "pdf":
						if !bytes.HasPrefix(text, []byte("%PDF-")) || !bytes.HasSuffix(bytes.TrimSpace(text), []byte("%%EOF")) {
							t.Error("not a PDF")
						}
					}
					if r > 1 && !bytes.Equal(written(t, figure(), format), text) {
						t.Errorf("%s differs on repeat", format)
					}
				}
			})
		}
	}
}

// TestShadesOfNothing gives the shades their range, and one of a range that is empty: a dead
// network is white paper, and its words are as dark as others.
func TestShadesOfNothing(t *testing.T) {
	for _, tt := range []struct {
		got  color.Color
		want color.Color
	}{
		{shade(0, 0), paper}, {shade(0, 2), color.Gray{Y: 255}}, {shade(1, 2), color.Gray{Y: 127}}, {shade(3, 2), color.Gray{Y: 0}},
		{shade(-2, 2), red}, {fade(0, 0), ink}, {fade(1, 1), color.Gray{Y: 0x10}}, {fade(0, 1), color.Gray{Y: 0xb4}},
	} {
		if tt.got != tt.want {
			t.Errorf("got %v, want %v", tt.got, tt.want)
		}
	}
}

// notBlank demands a PNG of the size of the figure with at least two colours.
func notBlank(t *testing.T, f *Figure, text []byte) {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	box := img.Bounds()
	if w, h := float64(f.width/pixel), float64(f.height/pixel); math.Abs(w-float64(box.Dx())) > 1 || math.Abs(h-float64(box.Dy())) > 1 {
		t.Errorf("the PNG has %v pixels, the figure %v×%v", box.Size(), w, h)
	}
	for y := range box.Dy() {
		for x := range box.Dx() {
			if img.At(x, y) != img.At(0, 0) {
				return
			}
		}
	}
	t.Error("the PNG is empty")
}

// wellFormed demands an SVG that an XML parser reads to its end, with a drawing in it and
// with numbers alone for places.
func wellFormed(t *testing.T, text []byte) {
	t.Helper()
	drawn := 0
	for d := xml.NewDecoder(bytes.NewReader(text)); ; {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if element.Name.Local == "path" || element.Name.Local == "image" {
			drawn++
		}
		for _, a := range element.Attr {
			if !strings.HasPrefix(a.Value, "data:") && (strings.Contains(a.Value, "NaN") || strings.Contains(a.Value, "Inf")) {
				t.Errorf("<%s %s=%.80q", element.Name.Local, a.Name.Local, a.Value)
			}
		}
	}
	if drawn == 0 {
		t.Error("the SVG draws nothing")
	}
}

func TestUnknownFormat(t *testing.T) {
	err := Parts(Look{}, []float64{1}, 1, 1).Write(&bytes.Buffer{}, "gif")
	if err == nil || !strings.Contains(err.Error(), `"gif"`) {
		t.Errorf("got %v", err)
	}
}

func TestTicks(t *testing.T) {
	for _, tt := range []struct {
		lo, hi float64
		want   string
	}{
		{0, 1, "0 0.2 0.4 0.6 0.8 1"},
		{0, 62_186, "0 10,000 20,000 30,000 40,000 50,000 60,000"},
		{0, 0.031, "0 0.005 0.01 0.015 0.02 0.025 0.03"},
		{-3, 5, "−2 0 2 4"},
		{2, 2, "2"},
		{0, 4e-7, "0 1e−7 2e−7 3e−7 4e−7"},
	} {
		var got []string
		for _, k := range round(tt.lo, tt.hi) {
			got = append(got, k.Label)
		}
		if d := cmp.Diff(tt.want, strings.Join(got, " ")); d != "" {
			t.Errorf("round(%v, %v): %s", tt.lo, tt.hi, d)
		}
	}
	var labels []string
	for _, k := range decades(1, 50_000) {
		if k.Label != "" {
			labels = append(labels, k.Label)
		}
	}
	if d := cmp.Diff("1 10 100 1000 10,000", strings.Join(labels, " ")); d != "" {
		t.Error(d)
	}
}

// TestTicksEnd asks for the ticks of axes whose limits are not numbers, or lie closer together or
// farther apart than numbers can divide: there are few, and none of them is outside.
func TestTicksEnd(t *testing.T) {
	nan, inf, tiny := math.NaN(), math.Inf(1), math.SmallestNonzeroFloat64
	limits := []float64{nan, -inf, inf, 0, tiny, -tiny, 1e-310, 1, math.Nextafter(1, 2), 1 + 1e-13, -1, 1e300, -1e300, math.MaxFloat64, -math.MaxFloat64, 1e17, 1e17 + 64}
	for _, lo := range limits {
		for _, hi := range limits {
			done := make(chan [2][]plot.Tick, 1)
			go func() { done <- [2][]plot.Tick{round(lo, hi), decades(lo, hi)} }()
			select {
			case ticks := <-done:
				if len(ticks[0]) > 11 || len(ticks[1]) > 9*640 {
					t.Errorf("%v to %v: %d and %d ticks", lo, hi, len(ticks[0]), len(ticks[1]))
				}
				for _, k := range slices.Concat(ticks[0], ticks[1]) {
					if slack := 1e-9 * max(math.Abs(lo), math.Abs(hi)); hi > lo && !(k.Value >= lo-slack && k.Value <= hi+slack) {
						t.Errorf("%v to %v: a tick at %v", lo, hi, k.Value)
					}
				}
			case <-time.After(5 * time.Second):
				t.Fatalf("%v to %v: the ticks do not end", lo, hi)
			}
		}
		if got := nextTick(lo); lo > 0 && got < lo {
			t.Errorf("the axis to %v ends at %v", lo, got)
		}
	}
}

// TestFiguresOfNoNumbers draws figures of numbers that overflowed and of none: they end, and are
// readable.
func TestFiguresOfNoNumbers(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64} {
		for name, f := range map[string]*Figure{
			"score":     Score([]Panel{{Title: "a", Axis: "b", Points: []Interval{{Label: "c", Mean: x, Low: x, High: x}, {Label: "d", Mean: 1, Low: math.NaN(), High: math.NaN()}}}}),
			"series":    Series("a", []Curve{{Of: "b", Label: "c", Points: []Interval{{At: 1, Mean: x, Low: x, High: x}, {At: 2, Mean: 1, Low: x, High: x}}}}),
			"places":    Series("a", []Curve{{Of: "b", Label: "c", Points: []Interval{{At: x, Mean: 1, Low: 1, High: 1}, {At: 2, Mean: 1, Low: 1, High: 1}}}}),
			"objective": Objective(Look{}, []int{1, 2}, []float64{x, 1}, "D"),
		} {
			done := make(chan error, 1)
			go func() { done <- f.Write(io.Discard, "svg") }()
			select {
			case err := <-done:
				if err != nil {
					t.Errorf("%s of %v: %v", name, x, err)
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s of %v does not end", name, x)
			}
		}
	}
}

func TestLabelsKeepApart(t *testing.T) {
	got := apart([]float64{5, 9, 4.9, 0}, []int{1, 0, 2, 3}, 1)
	if d := cmp.Diff([]float64{9, 5, 4, 0}, got); d != "" {
		t.Error(d)
	}
	got = apart([]float64{0.5, 0.2, 0}, []int{0, 1, 2}, 1)
	if d := cmp.Diff([]float64{2, 1, 0}, got); d != "" {
		t.Error(d)
	}
}

// TestEmbeddedPictures checks that the picture in an SVG is what it says it is.
func TestEmbeddedPictures(t *testing.T) {
	text := string(written(t, Parts(Look{}, []float64{0, 1}, 2, 1), "svg"))
	_, data, ok := strings.Cut(text, "data:image/png;base64,")
	data, _, _ = strings.Cut(data, `"`)
	if !ok {
		t.Fatal("there is no PNG in the SVG")
	}
	img, err := png.Decode(base64.NewDecoder(base64.StdEncoding, strings.NewReader(data)))
	if err != nil {
		t.Fatal(err)
	}
	low := img.Bounds().Max.Y - gutter - 1
	high := gutter + numberStrip
	grey := func(img image.Image, y int) color.Color { return color.GrayModel.Convert(img.At(gutter, y)) }
	if grey(img, high) != (color.Gray{Y: 255}) || grey(img, low) != (color.Gray{Y: 0}) {
		t.Error("the picture in the SVG is not the part")
	}
}

// TestTextIsText reads the words of a figure in its SVG and in its PDF, with letters that
// are in no code page of one byte, and its size on paper in its PNG.
func TestTextIsText(t *testing.T) {
	f := Matrix(Look{Width: OneColumn}, []float64{1, 2}, Axes{Rows: Counted{Label: "Σ neurons", Count: 1}, Columns: Counted{Label: "naïve Мышцы ≈", Count: 2}, Shade: "rate"})
	svg := string(written(t, f, "svg"))
	for _, word := range []string{">Σ neurons</text>", ">naïve Мышцы ≈</text>"} {
		if !strings.Contains(svg, word) {
			t.Errorf("the SVG has no text %q", word)
		}
	}
	pdf := written(t, f, "pdf")
	var streams []string
	for _, part := range bytes.Split(pdf, []byte("\nstream\n"))[1:] {
		if r, err := zlib.NewReader(bytes.NewReader(part)); err == nil {
			text, _ := io.ReadAll(r)
			streams = append(streams, string(text))
		}
	}
	all := strings.Join(streams, "\n")
	for _, word := range []string{"Σ neurons", "naïve Мышцы ≈"} {
		var wide []byte
		for _, letter := range utf16.Encode([]rune(word)) {
			wide = append(wide, byte(letter>>8), byte(letter))
		}
		if !strings.Contains(all, string(wide)) {
			t.Errorf("the PDF has no text %q", word)
		}
	}
	for _, part := range []string{"/ToUnicode", "/FontFile2", "/Type0"} {
		if !bytes.Contains(pdf, []byte(part)) {
			t.Errorf("the PDF has no %s", part)
		}
	}
	_, chunk, ok := strings.Cut(string(written(t, f, "png")), "pHYs")
	if !ok {
		t.Fatal("the PNG has no resolution")
	}
	if perMetre := binary.BigEndian.Uint32([]byte(chunk)); perMetre != 11339 {
		t.Errorf("%d dots a metre; 288 dots an inch are 11339", perMetre)
	}
	if wide := float64(f.pixels().Rect.Dx()) / 11339 * 1000; math.Abs(wide-OneColumn) > 0.2 {
		t.Errorf("%v mm wide", wide)
	}
}

// TestIndexedPicturesShowTheSame gives pictures a palette where 256 colours are
// enough, and leaves the one that has more as it is.
func TestIndexedPicturesShowTheSame(t *testing.T) {
	for _, colours := range []int{1, 2, 256, 257} {
		whole := image.NewRGBA(image.Rect(0, 0, 40, 30))
		for k := range 40 * 30 {
			c := (k / 2 * 7) % colours
			whole.SetRGBA(k%40, k/40, color.RGBA{uint8(c), uint8(c / 256), uint8(255 - c), 255})
		}
		picture := whole.SubImage(image.Rect(0, 0, 37, 30)).(*image.RGBA)
		shown := indexed(picture)
		paletted, ok := shown.(*image.Paletted)
		if ok != (colours <= 256) || ok && len(paletted.Palette) != colours {
			t.Fatalf("%d colours: %T", colours, shown)
		}
		for y := range 30 {
			for x := range 37 {
				if shown.At(x, y) != color.Color(picture.RGBAAt(x, y)) {
					t.Fatalf("%d colours: %v at %d,%d, want %v", colours, shown.At(x, y), x, y, picture.RGBAAt(x, y))
				}
			}
		}
	}
}
