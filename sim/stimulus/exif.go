package stimulus

import (
	"bytes"
	"encoding/binary"
)

// orientation returns how a camera was held, 1 to 8, as EXIF numbers the turned and mirrored
// images: the tag Orientation of the first directory of a JPEG; 1, upright, where there is
// none or what is there makes no sense.
//
// Source: CIPA DC-008 (EXIF 2.32), tag 0x0112.
func orientation(jpeg []byte) int {
	for at := 2; at+4 <= len(jpeg) && jpeg[at] == 0xff; {
		marker := jpeg[at+1]
		if marker == 0xff { // fills
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(jpeg[at+2:]))
		if marker == 0xda || length < 2 || at+2+length > len(jpeg) { // the image begins
			break
		}
		segment := jpeg[at+4 : at+2+length]
		if tiff, ok := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return tiffOrientation(tiff)
		}
		at += 2 + length
	}
	return 1
}

// tiffOrientation is [orientation] of the TIFF header of a segment and what follows it.
func tiffOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II\x2a\x00":
		order = binary.LittleEndian
	case "MM\x00\x2a":
		order = binary.BigEndian
	default:
		return 1
	}
	directory := int64(order.Uint32(tiff[4:]))
	if directory+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[directory+2:]
	for range order.Uint16(tiff[directory:]) {
		const size, short = 12, 3
		if len(entries) < size {
			break
		}
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == short && order.Uint32(entries[4:]) == 1 {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			break
		}
		entries = entries[size:]
	}
	return 1
}

// turn brings the pixels of an image upright that was taken at an orientation.
func (p *picture) turn(orientation int) {
	if orientation < 2 {
		return
	}
	p.orientation = orientation
	h, w := p.height, p.width
	if orientation >= 5 { // rows become columns
		p.height, p.width = w, h
	}
	upright := make([]float64, 0, len(p.pixels))
	for y := range p.height {
		for x := range p.width {
			i, j := y, x // of the stored pixel that is shown at y, x
			switch orientation {
			case 2:
				j = w - 1 - x
			case 3:
				i, j = h-1-y, w-1-x
			case 4:
				i = h - 1 - y
			case 5:
				i, j = x, y
			case 6:
				i, j = h-1-x, y
			case 7:
				i, j = h-1-x, w-1-y
			case 8:
				i, j = x, w-1-y
			}
			upright = append(upright, p.pixels[i*w+j])
		}
	}
	p.pixels = upright
}
