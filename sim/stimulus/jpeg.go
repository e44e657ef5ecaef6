package stimulus

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
)

// readJPEG reads a JPEG image: its luma, 8 bits, which the file holds as such. JPEG
// loses what the eye does not miss; blocks of 8×8 pixels may show in what is learned.
// A photograph is turned as its EXIF says that the camera was held.
func readJPEG(r io.Reader) (*picture, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPixels))
	if err != nil {
		return nil, err
	}
	config, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	if config.Height < 1 || config.Width < 1 || config.Width > maxPixels/config.Height {
		return nil, fmt.Errorf("a JPEG of %d×%d; allowed are up to %d pixels", config.Height, config.Width, maxPixels)
	}
	// The library makes room for all pixels that the header announces. A block of 8×8
	// takes at least one bit.
	if config.Height*config.Width/(8*64) > len(data) {
		return nil, fmt.Errorf("a JPEG of %d×%d in %d bytes, which cannot hold so many pixels", config.Height, config.Width, len(data))
	}
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	var luma []byte
	var stride int
	switch img := img.(type) {
	case *image.Gray:
		luma, stride = img.Pix, img.Stride
	case *image.YCbCr:
		luma, stride = img.Y, img.YStride
	default:
		return nil, errors.New("a JPEG in the colours of print; allowed are grey and the usual colours")
	}
	p := &picture{height: config.Height, width: config.Width, maximum: 255}
	for y := range p.height {
		for _, v := range luma[y*stride:][:p.width] {
			p.pixels = append(p.pixels, float64(v))
		}
	}
	p.turn(orientation(data))
	return p, nil
}
