package stimulus

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// longestPNG bounds the bytes of a PNG: those of maxPixels with 8 bytes each, and as much
// again for what else it may hold.
const longestPNG = 16 * maxPixels

// mostDeflated is how many times its own size a deflated stream can unpack to.
const mostDeflated = 1032

// readPNG reads an opaque PNG image. Grey keeps its 8 or 16 bits; colours become
// 8 bits of luma, 0.299 R + 0.587 G + 0.114 B, as the package image/color
// computes it.
func readPNG(r io.Reader) (*picture, error) {
	file, err := io.ReadAll(io.LimitReader(r, longestPNG+1))
	if err != nil {
		return nil, err
	}
	if len(file) > longestPNG {
		return nil, fmt.Errorf("a PNG of more than %d bytes", longestPNG)
	}
	config, err := png.DecodeConfig(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if config.Height < 1 || config.Width < 1 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("a PNG of %d×%d; allowed are up to %d pixels", config.Height, config.Width, maxPixels)
	}
	// The library makes room for all pixels that the header announces.
	if pixels := config.Height * config.Width; pixels/8 > mostDeflated*len(file) {
		return nil, fmt.Errorf("a PNG of %d×%d in %d bytes, which cannot hold so many pixels", config.Height, config.Width, len(file))
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		return nil, err
	}
	if o, ok := img.(interface{ Opaque() bool }); ok && !o.Opaque() {
		return nil, fmt.Errorf("the image is partly transparent; allowed are opaque images")
	}
	box := img.Bounds()
	p := &picture{height: box.Dy(), width: box.Dx(), maximum: 255}
	deep, is16 := img.(*image.Gray16)
	if is16 {
		p.maximum = 65535
	}
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if is16 {
				p.pixels = append(p.pixels, float64(deep.Gray16At(x, y).Y))
			} else {
				p.pixels = append(p.pixels, float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y))
			}
		}
	}
	return p, nil
}
