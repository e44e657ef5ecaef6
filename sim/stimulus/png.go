package stimulus

import (
	"bytes"
	"fmt"
	"image/color"
	"image/png"
	"io"
)

// readPNG reads an opaque PNG image as 8 bits of grey. Colours become luma,
// 0.299 R + 0.587 G + 0.114 B, as the package image/color computes it.
func readPNG(r io.Reader) (pixels []float64, height, width, maxval int, err error) {
	const headerBytes = 64 << 10
	var head bytes.Buffer
	config, err := png.DecodeConfig(io.TeeReader(io.LimitReader(r, headerBytes), &head))
	if err != nil {
		return nil, 0, 0, 0, err
	}
	if config.Height < 1 || config.Width < 1 || config.Width > maxPixels/config.Height {
		return nil, 0, 0, 0, fmt.Errorf("a PNG of %d×%d; allowed are up to %d pixels", config.Height, config.Width, maxPixels)
	}
	img, err := png.Decode(io.MultiReader(&head, r))
	if err != nil {
		return nil, 0, 0, 0, err
	}
	if o, ok := img.(interface{ Opaque() bool }); ok && !o.Opaque() {
		return nil, 0, 0, 0, fmt.Errorf("the image is partly transparent; allowed are opaque images")
	}
	box := img.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			pixels = append(pixels, float64(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y))
		}
	}
	return pixels, box.Dy(), box.Dx(), 255, nil
}
