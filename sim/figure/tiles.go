package figure

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

var (
	paper = color.Gray{Y: 0xff}
	frame = color.Gray{Y: 0xb0}
)

// gutter is the number of device pixels between tiles.
const gutter = 3

// tiling is the layout of a number of equal tiles in a grid as square as
// possible.
type tiling struct {
	tiles, cols, rows  int
	height, width, mag int // of one tile, in values, and device pixels a value
	strip              int // device pixels above each row of tiles, for their numbers
}

// newTiling fits tiles of height×width values into a square of about that many
// device pixels, with at least one device pixel a value.
func newTiling(tiles, height, width, pixels int) tiling {
	cols := int(math.Ceil(math.Sqrt(float64(tiles))))
	rows := (tiles + cols - 1) / cols
	mag := max(1, pixels/max(height*rows, width*cols))
	return tiling{tiles: tiles, cols: cols, rows: rows, height: height, width: width, mag: mag}
}

// corner returns the upper left device pixel of tile a.
func (t tiling) corner(a int) image.Point {
	return image.Pt(gutter+a%t.cols*(t.width*t.mag+gutter), gutter+t.strip+a/t.cols*(t.height*t.mag+gutter+t.strip))
}

// canvas returns an image with all tiles empty, and grey gutters around them.
func (t tiling) canvas() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, t.cols*(t.width*t.mag+gutter)+gutter, t.rows*(t.height*t.mag+gutter+t.strip)+gutter))
	draw.Draw(img, img.Rect, image.NewUniform(paper), image.Point{}, draw.Src)
	for a := range t.tiles {
		tile := image.Rect(0, 0, t.width*t.mag, t.height*t.mag).Add(t.corner(a))
		draw.Draw(img, tile.Inset(-gutter), image.NewUniform(frame), image.Point{}, draw.Src)
	}
	return img
}

// draw puts values (height×width) into tile a, in full shade at top and above. A
// tile whose top is zero is crossed out.
func (t tiling) draw(img *image.RGBA, a int, values []float64, top float64, how shading) {
	at := t.corner(a)
	paint(img, at, values, t.width, t.mag, top, how)
	if top > 0 {
		return
	}
	for x := range t.width * t.mag {
		y := x * t.height / t.width
		img.Set(at.X+x, at.Y+y, frame)
		img.Set(at.X+t.width*t.mag-1-x, at.Y+y, frame)
	}
}

// border draws a line of that colour in the gutter around tile a.
func (t tiling) border(img *image.RGBA, a int, c color.Color) {
	at := t.corner(a)
	outer := image.Rect(at.X-gutter, at.Y-gutter, at.X+t.width*t.mag+gutter, at.Y+t.height*t.mag+gutter)
	inner := outer.Inset(gutter)
	for y := outer.Min.Y; y < outer.Max.Y; y++ {
		for x := outer.Min.X; x < outer.Max.X; x++ {
			if !image.Pt(x, y).In(inner) {
				img.Set(x, y, c)
			}
		}
	}
}

// paint draws rows of values, width of them a row, each as a square of mag
// device pixels.
func paint(img *image.RGBA, at image.Point, values []float64, width, mag int, top float64, how shading) {
	for i, v := range values {
		x, y := at.X+i%width*mag, at.Y+i/width*mag
		draw.Draw(img, image.Rect(x, y, x+mag, y+mag), image.NewUniform(how(v, top)), image.Point{}, draw.Src)
	}
}

// Tile returns values as a picture without a frame, width of them a row and one device pixel a
// value, in full shade at the largest magnitude.
func Tile(look Look, values []float64, width int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, width, len(values)/width))
	paint(img, image.Point{}, values, width, 1, extent(values), look.images())
	return img
}

// framed returns values as one picture with a thin frame.
func framed(values []float64, width, mag int, top float64, how shading) *image.RGBA {
	height := len(values) / width
	img := image.NewRGBA(image.Rect(0, 0, width*mag+2*gutter, height*mag+2*gutter))
	draw.Draw(img, img.Rect, image.NewUniform(frame), image.Point{}, draw.Src)
	paint(img, image.Pt(gutter, gutter), values, width, mag, top, how)
	return img
}

// red is the colour of negative values, as in the paper.
var red = color.RGBA{0xc8, 0x14, 0x14, 0xff}

// shade maps 0 to white, top to black and −top to red, linearly.
func shade(v, top float64) color.Color {
	if top == 0 {
		return paper
	}
	share := min(1, math.Abs(v)/top)
	if v >= 0 {
		return color.Gray{Y: uint8(255 - math.Round(255*share))}
	}
	fade := func(full uint8) uint8 { return uint8(255 - math.Round(float64(255-full)*share)) }
	return color.RGBA{fade(red.R), fade(red.G), fade(red.B), 0xff}
}

// shading maps a value to its colour, where top is the largest.
type shading func(v, top float64) color.Color

// images returns the shading of images.
func (l Look) images() shading {
	if l.Light {
		return lit
	}
	return shade
}

// lit maps 0 to black, top to white and −top to red, linearly.
func lit(v, top float64) color.Color {
	if top == 0 {
		return color.Gray{}
	}
	share := min(1, math.Abs(v)/top)
	if v >= 0 {
		return color.Gray{Y: uint8(math.Round(255 * share))}
	}
	fade := func(full uint8) uint8 { return uint8(math.Round(float64(full) * share)) }
	return color.RGBA{fade(red.R), fade(red.G), fade(red.B), 0xff}
}

// balance maps 0 to white, top to blue and −top to vermilion, linearly.
func balance(v, top float64) color.Color {
	if top == 0 || v != v {
		return paper
	}
	share, full := min(1, math.Abs(v)/top), color.RGBA{0x00, 0x72, 0xb2, 0xff}
	if v < 0 {
		full = vermilion
	}
	fade := func(full uint8) uint8 { return uint8(255 - math.Round(float64(255-full)*share)) }
	return color.RGBA{fade(full.R), fade(full.G), fade(full.B), 0xff}
}

// extent returns the largest magnitude.
func extent(xs ...[]float64) float64 {
	top := 0.0
	for _, x := range xs {
		for _, v := range x {
			top = max(top, math.Abs(v))
		}
	}
	return top
}

func largest(xs ...[]float64) float64 {
	top := 0.0
	for _, x := range xs {
		for _, v := range x {
			if v > top { // NaN is not
				top = v
			}
		}
	}
	return top
}
