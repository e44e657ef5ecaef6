package figure

import (
	"image"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// outlined is a page of a vector format on which letters are drawn as
// outlines. They look the same in every viewer, need no font in the file, and
// any letter of the font can be used; the PDF canvas would know those of one
// code page only.
type outlined struct {
	vg.CanvasSizer
	flipImages bool // the PDF canvas draws them upside down
}

// FillString draws the text with its base line beginning at the point.
func (c outlined) FillString(f font.Face, at vg.Point, text string) {
	const unitsPerEm = 4096 // of the coordinates in which outlines are asked for
	scale := f.Font.Size / unitsPerEm
	length := func(x fixed.Int26_6) vg.Length { return vg.Length(x) / 64 * scale }
	point := func(p fixed.Point26_6) vg.Point {
		return vg.Point{X: at.X + length(p.X), Y: at.Y - length(p.Y)}
	}
	var buf sfnt.Buffer
	var letters vg.Path
	for _, letter := range text {
		glyph, err := f.Face.GlyphIndex(&buf, letter)
		if err != nil {
			continue // no outline: as blank as a letter that the font lacks
		}
		segments, err := f.Face.LoadGlyph(&buf, glyph, fixed.I(unitsPerEm), nil)
		if err != nil {
			continue
		}
		for k, s := range segments {
			switch s.Op {
			case sfnt.SegmentOpMoveTo:
				if k > 0 {
					letters.Close()
				}
				letters.Move(point(s.Args[0]))
			case sfnt.SegmentOpLineTo:
				letters.Line(point(s.Args[0]))
			case sfnt.SegmentOpQuadTo:
				letters.QuadTo(point(s.Args[0]), point(s.Args[1]))
			case sfnt.SegmentOpCubeTo:
				letters.CubeTo(point(s.Args[0]), point(s.Args[1]), point(s.Args[2]))
			}
		}
		if len(segments) > 0 {
			letters.Close()
		}
		if advance, err := f.Face.GlyphAdvance(&buf, glyph, fixed.I(unitsPerEm), 0); err == nil {
			at.X += length(advance)
		}
	}
	c.Fill(letters)
}

// DrawImage draws the image upright.
func (c outlined) DrawImage(box vg.Rectangle, img image.Image) {
	picture := img.(*image.RGBA)
	if c.flipImages {
		picture = flipped(picture)
	}
	c.CanvasSizer.DrawImage(box, indexed(picture))
}

// flipped returns the image upside down.
func flipped(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		copy(out.Pix[y*out.Stride:], img.Pix[(img.Rect.Dy()-1-y)*img.Stride:][:4*img.Rect.Dx()])
	}
	return out
}
