package figure

import (
	"encoding/binary"
	"image"
	"image/color"
)

// indexed returns the picture with a palette of its colours, in the order in which they
// are met, or the picture itself where there are more than 256. A figure has few colours:
// with a palette it is written several times as fast, into a smaller file, and shows the
// same.
func indexed(img *image.RGBA) image.Image {
	numbers := map[uint32]uint8{}
	out := &image.Paletted{Pix: make([]uint8, 0, len(img.Pix)/4), Stride: img.Rect.Dx(), Rect: img.Rect}
	var before uint32
	var number uint8
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride:][:4*img.Rect.Dx()]
		for ; len(row) > 0; row = row[4:] {
			// Neighbours are mostly alike.
			if c := binary.LittleEndian.Uint32(row); c != before || len(numbers) == 0 {
				before = c
				known := false
				if number, known = numbers[c]; !known {
					if len(numbers) == 256 {
						return img
					}
					number = uint8(len(numbers))
					numbers[c] = number
					out.Palette = append(out.Palette, color.RGBA{row[0], row[1], row[2], row[3]})
				}
			}
			out.Pix = append(out.Pix, number)
		}
	}
	return out
}
