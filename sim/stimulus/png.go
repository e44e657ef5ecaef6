package stimulus

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
)

// readPNG reads an opaque PNG image. Grey keeps its 8 or 16 bits; colours become
// 8 bits of luma, 0.299 R + 0.587 G + 0.114 B, as the package image/color
// computes it.
func readPNG(r io.Reader) (*picture, error) {
	const headerBytes = 64 << 10
	var head bytes.Buffer
	config, err := png.DecodeConfig(io.TeeReader(io.LimitReader(r, headerBytes), &head))
	if err != nil {
		return nil, err
	}
	if config.Height < 1 || config.Width < 1 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("a PNG of %d×%d; allowed are up to %d pixels", config.Height, config.Width, maxPixels)
	}
	img, err := png.Decode(io.MultiReader(&head, r))
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
