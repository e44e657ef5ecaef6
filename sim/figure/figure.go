package figure

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	imagedraw "image/draw"
	"image/png"
	"io"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"partsnet/sim/figure/formats"
)

// dpi is the resolution of PNG, and pixel one device pixel of it. Figures place
// tiles on multiples of pixel.
const (
	dpi   = 288
	pixel = vg.Length(72.0 / dpi)
)

// Figure is a drawing of a fixed size on paper.
type Figure struct {
	width, height vg.Length
	draw          func(c draw.Canvas)
	notes         []string // what must be known to read it, a sentence each
}

// narrowest is the width of a figure that a caption has room in.
const narrowest = vg.Length(160)

// captionSize is the size of the letters of a caption, and captionLine the height of a
// line.
const (
	captionSize = 7
	captionLine = vg.Length(9)
)

// Captioned returns the figure with a text below it, which is followed by what must be known
// to read the figure: what is averaged and what is left out.
func (f *Figure) Captioned(text string) *Figure {
	style := lettering(captionSize, ink)
	style.XAlign, style.YAlign = draw.XLeft, draw.YTop
	margin, width := vg.Points(4), max(f.width, narrowest)
	whole := strings.Join(append([]string{text}, f.notes...), " ")
	lines := strings.Split(folded(whole, style, width-2*margin), "\n")
	below := vg.Length(len(lines))*captionLine + margin
	left := vg.Length(math.Floor(float64((width-f.width)/2/pixel))) * pixel
	return &Figure{width: width, height: f.height + below, draw: func(c draw.Canvas) {
		c.SetColor(paper)
		c.Fill(vg.Rectangle{Max: vg.Point{X: width, Y: f.height + below}}.Path())
		c.Push()
		c.Translate(vg.Point{X: left, Y: below})
		f.draw(draw.Canvas{Canvas: c.Canvas, Rectangle: vg.Rectangle{Max: vg.Point{X: f.width, Y: f.height}}})
		c.Pop()
		for k, line := range lines {
			c.FillText(style, vg.Point{X: margin, Y: below - vg.Length(k)*captionLine}, line)
		}
	}}
}

// pdfDates are set once, so that the same run gives the same bytes.
var pdfDates = sync.OnceFunc(func() {
	fpdf.SetDefaultCreationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultModificationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultCatalogSort(true)
})

// dotted is a page of pixels. A picture of which each pixel covers one of the page is copied;
// the canvas would interpolate it, which takes ten times as long for the same pixels.
type dotted struct {
	vgimg.PngCanvas
	plane
}

func (c *dotted) Push()                 { c.PngCanvas.Push(); c.plane.push() }
func (c *dotted) Pop()                  { c.PngCanvas.Pop(); c.plane.pop() }
func (c *dotted) Translate(by vg.Point) { c.PngCanvas.Translate(by); c.translate(by) }
func (c *dotted) Rotate(by float64)     { c.PngCanvas.Rotate(by); c.rotate(by) }
func (c *dotted) Scale(x, y float64)    { c.PngCanvas.Scale(x, y); c.scale(x, y) }

// DrawImage draws the image into the box.
func (c *dotted) DrawImage(box vg.Rectangle, img image.Image) {
	page := c.Image()
	low, high := c.onPage(box.Min), c.onPage(box.Max)
	x, y := int(math.Round(float64(low.X/pixel))), page.Bounds().Dy()-int(math.Round(float64(high.Y/pixel)))
	size := image.Pt(int(math.Round(float64((high.X-low.X)/pixel))), int(math.Round(float64((high.Y-low.Y)/pixel))))
	if size == img.Bounds().Size() {
		imagedraw.Draw(page, image.Rectangle{Max: size}.Add(image.Pt(x, y)), img, img.Bounds().Min, imagedraw.Src)
		return
	}
	c.PngCanvas.DrawImage(box, img)
}

// pixels draws the figure.
func (f *Figure) pixels() *image.RGBA {
	page := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(f.width, f.height), vgimg.UseDPI(dpi))}
	f.draw(draw.New(&dotted{PngCanvas: page}))
	return page.Image().(*image.RGBA)
}

// Write draws the figure into w in one of [formats.Names]. The bytes depend on the
// figure alone. In SVG and PDF texts are texts and tiles one embedded picture.
func (f *Figure) Write(w io.Writer, format string) error {
	var buf bytes.Buffer
	var err error
	switch format {
	case "png":
		err = png.Encode(&buf, indexed(f.pixels()))
		sized(&buf)
	case "svg":
		page := vgsvg.NewWith(vgsvg.UseWH(f.width, f.height))
		f.draw(draw.New(page))
		_, err = page.WriteTo(&buf)
	case "pdf":
		page := newPortable(f.width, f.height)
		f.draw(draw.Canvas{Canvas: page, Rectangle: vg.Rectangle{Max: vg.Point{X: f.width, Y: f.height}}})
		_, err = page.WriteTo(&buf)
	default:
		return fmt.Errorf("figure: there is no format %q; there are %q", format, formats.Names)
	}
	if err != nil {
		return err
	}
	text := buf.Bytes()
	if format == "svg" {
		// The canvas embeds PNG and calls it JPEG; some viewers believe it. It names one font, which
		// a reader may not have; the others have letters of the same widths.
		text = bytes.Replace(text, []byte("data:image/jpg;"), []byte("data:image/png;"), 1)
		text = bytes.ReplaceAll(text, []byte("font-family:Liberation Sans;"), []byte("font-family:'Liberation Sans',Arimo,Arial,Helvetica,sans-serif;"))
	}
	_, err = w.Write(text)
	return err
}

// sized puts the resolution into a PNG, so that it is as large on paper as in the other
// formats.
func sized(b *bytes.Buffer) {
	const header, metre = 33, 1 // the signature and the first chunk; the unit
	chunk := binary.BigEndian.AppendUint32(nil, 9)
	chunk = append(chunk, "pHYs"...)
	for range 2 {
		chunk = binary.BigEndian.AppendUint32(chunk, uint32(math.Round(dpi/0.0254)))
	}
	chunk = append(chunk, metre)
	chunk = binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
	if text := slices.Clone(b.Bytes()); len(text) > header {
		b.Reset()
		b.Write(slices.Concat(text[:header], chunk, text[header:]))
	}
}
