package stimulus

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"io"
	"strconv"
	"strings"

	"partsnet/sim/elements"
)

// picture is one image as a stimulus: pixels row by row, from 0 to maximum.
type picture struct {
	pixels                 []float64
	height, width, maximum int

	orientation int // as EXIF numbers it, of an image that was turned upright; else 0
}

// maxPixels is the largest size of one image.
const maxPixels = 1 << 24

// readPGM reads a grey image in the PGM format, plain (P2) or binary (P5), with
// up to 16 bits a pixel.
func readPGM(r io.Reader) (*picture, error) {
	b := bufio.NewReader(r)
	magic, err := word(b)
	if magic == "" && err != nil && err != io.EOF {
		return nil, err // of the archive that it is in
	}
	if err != nil || magic != "P5" && magic != "P2" {
		return nil, fmt.Errorf("begins with %q; allowed are PGM images, which begin with P5 or P2", magic)
	}
	p := &picture{}
	for _, field := range []*int{&p.width, &p.height, &p.maximum} {
		s, err := word(b)
		if err == nil {
			*field, err = strconv.Atoi(s)
		}
		if err != nil {
			return nil, fmt.Errorf("the PGM header is damaged at %q", s)
		}
	}
	if p.width < 1 || p.height < 1 || p.width > maxPixels/p.height || p.maximum < 1 || p.maximum > 65535 {
		return nil, fmt.Errorf("a PGM of %d×%d with maximum %d; allowed are up to %d pixels and a maximum of 1 to 65535",
			p.height, p.width, p.maximum, maxPixels)
	}
	size := int64(p.height * p.width)
	switch {
	case magic == "P2":
		p.pixels, err = plainPixels(b, size)
	case p.maximum < 256:
		p.pixels, err = elements.Read(b, size, 1, func(b []byte) float64 { return float64(b[0]) })
	default:
		p.pixels, err = elements.Read(b, size, 2, func(b []byte) float64 { return float64(binary.BigEndian.Uint16(b)) })
	}
	if err != nil {
		return nil, err
	}
	for i, x := range p.pixels {
		if x > float64(p.maximum) {
			return nil, fmt.Errorf("pixel %d is %v, above the maximum %d that the header gives", i, x, p.maximum)
		}
	}
	return p, nil
}

// plainPixels reads count numbers written as text.
func plainPixels(b *bufio.Reader, count int64) ([]float64, error) {
	var pixels []float64
	for int64(len(pixels)) < count {
		s, err := word(b)
		if err != nil && s == "" {
			return nil, fmt.Errorf("%d values announced, %d there: %w", count, len(pixels), io.ErrUnexpectedEOF)
		}
		x, err := strconv.ParseUint(s, 10, 32)
		if err != nil {
			return nil, fmt.Errorf("pixel %d is %q, which is not a number", len(pixels), s)
		}
		pixels = append(pixels, float64(x))
	}
	return pixels, nil
}

// word reads the next word of a PGM and the one blank behind it, leaving out
// comments, which run from # to the end of a line.
func word(b *bufio.Reader) (string, error) {
	var s []byte
	for {
		c, err := b.ReadByte()
		switch {
		case err != nil:
			return string(s), err
		case c == '#':
			for c != '\n' {
				if c, err = b.ReadByte(); err != nil {
					return string(s), err
				}
			}
			if len(s) > 0 {
				return string(s), nil
			}
		case strings.IndexByte(" \t\r\n\v\f", c) < 0:
			s = append(s, c)
		case len(s) > 0:
			return string(s), nil
		}
		if len(s) > 10 {
			return string(s), fmt.Errorf("a word of more than 10 characters")
		}
	}
}
