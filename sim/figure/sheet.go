package figure

import (
	"image"
	"image/draw"

	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
)

// sheet is one picture for everything in a figure that is made of tiles, on
// which lines and texts are drawn. Places are device pixels from its upper left
// corner. It is one picture and not several because the PDF library orders
// several by chance.
type sheet struct{ *image.RGBA }

func newSheet(width, height int) sheet {
	s := sheet{image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(s.RGBA, s.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	return s
}

// paste puts img with its upper left corner at x, y.
func (s sheet) paste(x, y int, img image.Image) {
	draw.Draw(s.RGBA, img.Bounds().Add(image.Pt(x, y)), img, image.Point{}, draw.Src)
}

// at returns the point of the canvas for a place on the sheet.
func (s sheet) at(x, y int) vg.Point {
	return vg.Point{X: vg.Length(x) * pixel, Y: vg.Length(s.Rect.Dy()-y) * pixel}
}

// figure returns the sheet with what write draws on it, one pixel of the
// sheet on one device pixel.
func (s sheet) figure(write func(c vgdraw.Canvas)) *Figure {
	end := s.at(s.Rect.Dx(), 0)
	return &Figure{width: end.X, height: end.Y, draw: func(c vgdraw.Canvas) {
		c.DrawImage(vg.Rectangle{Max: end}, s.RGBA)
		write(c)
	}}
}
