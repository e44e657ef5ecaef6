package figure

import (
	"bytes"
	"fmt"
	"image"
	imagedraw "image/draw"
	"io"
	"sync"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgpdf"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Formats are the names that [Figure.Write] knows.
var Formats = []string{"png", "svg", "pdf"}

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
}

// pdfDates are set once, so that the same run gives the same bytes.
var pdfDates = sync.OnceFunc(func() {
	fpdf.SetDefaultCreationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultModificationDate(time.Unix(0, 0).UTC())
	fpdf.SetDefaultCatalogSort(true)
})

// dotted is a page of pixels. A picture that covers the page, one pixel on one
// pixel, is copied; the canvas would interpolate it, which takes ten times as
// long for the same pixels.
type dotted struct{ vgimg.PngCanvas }

// DrawImage draws the image into the box.
func (c dotted) DrawImage(box vg.Rectangle, img image.Image) {
	page := c.Image()
	if box.Min == (vg.Point{}) && img.Bounds() == page.Bounds() {
		imagedraw.Draw(page, page.Bounds(), img, image.Point{}, imagedraw.Src)
		return
	}
	c.PngCanvas.DrawImage(box, img)
}

// Write draws the figure into w in one of the [Formats]. The bytes depend on the
// figure alone. In SVG and PDF letters are outlines and tiles one embedded
// picture.
func (f *Figure) Write(w io.Writer, format string) error {
	var buf bytes.Buffer
	var err error
	switch format {
	case "png":
		page := vgimg.PngCanvas{Canvas: vgimg.NewWith(vgimg.UseWH(f.width, f.height), vgimg.UseDPI(dpi))}
		f.draw(draw.New(dotted{page}))
		_, err = page.WriteTo(&buf)
	case "svg":
		page := vgsvg.NewWith(vgsvg.UseWH(f.width, f.height))
		f.draw(draw.New(outlined{page, false}))
		_, err = page.WriteTo(&buf)
	case "pdf":
		pdfDates()
		page := vgpdf.New(f.width, f.height)
		f.draw(draw.New(outlined{page, true}))
		_, err = page.WriteTo(&buf)
	default:
		return fmt.Errorf("figure: there is no format %q; there are %q", format, Formats)
	}
	if err != nil {
		return err
	}
	// The SVG canvas embeds PNG and calls it JPEG; some viewers believe it.
	text := bytes.Replace(buf.Bytes(), []byte("data:image/jpg;"), []byte("data:image/png;"), 1)
	_, err = w.Write(text)
	return err
}
