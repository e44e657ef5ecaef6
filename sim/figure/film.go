package figure

import (
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"io"

	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
)

// Frame is the state of the parts w (r×n) after an epoch.
type Frame struct {
	Epoch     int
	Objective float64
	W         []float64
}

// stripFrames is the largest number of frames in a strip.
const stripFrames = 8

// Film draws parts as they emerge: up to eight frames, evenly chosen, the first and
// the last among them, and below them the objective over epochs with a mark at each.
func Film(look Look, frames []Frame, epochs []int, values []float64, label string, height, width int) *Figure {
	const gap, caption, curveHeight = 36, 72, 620
	perRow, across := 4, 1100
	if look.Width > 0 {
		across = int(look.wide(0) / pixel)
		if look.Width < TwoColumns {
			perRow = 2
		}
	}
	chosen := frames
	if len(frames) > stripFrames {
		chosen = nil
		for k := range stripFrames {
			chosen = append(chosen, frames[k*(len(frames)-1)/(stripFrames-1)])
		}
	}
	tile := panelPixels
	if look.Width > 0 {
		tile = min(tile, (across-2*edge-(perRow-1)*gap)/perRow-(newTiling(len(frames[0].W)/(height*width), 1, 1, 0).cols+1)*gutter)
	}
	var panels []*image.RGBA
	for _, f := range chosen {
		panels = append(panels, partsImage(f.W, height, width, tile, look.images()))
	}
	wide, high := panels[0].Rect.Dx(), panels[0].Rect.Dy()
	const captioned = 230 // device pixels of a caption
	pitch := max(wide, captioned) + gap
	cols := max(1, min(perRow, len(panels), (across-2*edge+gap)/pitch))
	if look.Width == 0 {
		cols = min(perRow, len(panels))
	}
	lines := (len(panels) + cols - 1) / cols
	sheetWidth := max(across, 2*edge+cols*pitch-gap)
	s := newSheet(sheetWidth, edge+lines*(high+caption)+curveHeight)
	corner := func(k int) (x, y int) {
		return edge + k%cols*pitch + (pitch-gap-wide)/2, edge + k/cols*(high+caption)
	}
	for k, img := range panels {
		x, y := corner(k)
		s.paste(x, y, img)
	}
	p := falling(epochs, values, label)
	var marks plotter.XYs
	for _, f := range chosen {
		if f.Epoch > 0 {
			marks = append(marks, plotter.XY{X: float64(f.Epoch), Y: f.Objective})
		}
	}
	p.Add(&plotter.Scatter{XYs: marks, GlyphStyle: vgdraw.GlyphStyle{Color: vermilion, Radius: vg.Points(2.5), Shape: vgdraw.CircleGlyph{}}})
	return s.figure(func(c vgdraw.Canvas) {
		for k, f := range chosen {
			x, y := corner(k)
			text := fmt.Sprintf("epoch %d", f.Epoch)
			if f.Epoch == 0 {
				text = "start"
			}
			c.FillText(lettering(9, ink), s.at(x+wide/2, y+high+caption/3+4), text)
		}
		bottom := s.at(edge, s.Rect.Dy()-edge)
		top := s.at(sheetWidth-4*edge, s.Rect.Dy()-curveHeight+2*edge)
		p.Draw(vgdraw.Canvas{Canvas: c, Rectangle: vg.Rectangle{Min: bottom, Max: top}})
	})
}

// Animate writes the frames as an animated GIF in shades of grey, the last one for
// longer. Each part has a scale of its own.
func Animate(w io.Writer, look Look, frames []Frame, symbol string, height, width int) error {
	const pixels, caption, delay, rest = 620, 44, 12, 300 // device pixels; hundredths of a second
	grey := make(color.Palette, 256)
	for k := range grey {
		grey[k] = color.Gray{Y: uint8(k)}
	}
	film := &gif.GIF{}
	for k, f := range frames {
		parts := partsImage(f.W, height, width, pixels, look.images())
		box := image.Rect(0, 0, parts.Rect.Dx(), parts.Rect.Dy()+caption)
		page := image.NewPaletted(box, grey)
		inGrey(page, image.Point{}, parts)
		text := fmt.Sprintf("epoch %d   %s = %s", f.Epoch, symbol, number(f.Objective))
		inGrey(page, image.Pt(0, parts.Rect.Dy()), inPixels(text, box.Dx(), caption))
		film.Image, film.Delay = append(film.Image, page), append(film.Delay, delay)
		if k == len(frames)-1 {
			film.Delay[k] = rest
		}
	}
	return gif.EncodeAll(w, film)
}

// inGrey puts a picture on a page of 256 shades of grey, of which each is its own number.
// Package draw would look at all of them for every pixel.
func inGrey(page *image.Paletted, at image.Point, img image.Image) {
	box := img.Bounds()
	for y := range box.Dy() {
		for x := range box.Dx() {
			c := img.At(box.Min.X+x, box.Min.Y+y)
			r, g, b, _ := c.RGBA()
			shade := uint8(r >> 8)
			if r != g || g != b {
				shade = uint8(page.Palette.Index(c))
			}
			page.SetColorIndex(at.X+x, at.Y+y, shade)
		}
	}
}

// inPixels returns a text in the middle of a white picture, in pixels of a screen.
func inPixels(text string, width, height int) image.Image {
	const screen = 96 // dpi
	w, h := vg.Length(width)*72/screen, vg.Length(height)*72/screen
	page := vgimg.NewWith(vgimg.UseWH(w, h), vgimg.UseDPI(screen))
	c := vgdraw.New(page)
	c.FillText(lettering(13, ink), vg.Point{X: w / 2, Y: h / 2}, text)
	return page.Image()
}
