package business

import (
	"encoding/binary"
	"image"
)

// orientation is how a JPEG from a camera is to be turned, 1 (as it is) to 8, which stands beside the picture in its Exif data. Whatever
// can't be read is 1.
func orientation(file []byte) int {
	for at := 2; at+4 <= len(file) && file[at] == 0xff; {
		marker, size := file[at+1], int(binary.BigEndian.Uint16(file[at+2:]))
		if marker == 0xda || size < 2 || at+2+size > len(file) {
			break
		}
		segment := file[at+4 : at+2+size]
		if marker == 0xe1 && len(segment) > 14 && string(segment[:6]) == "Exif\x00\x00" {
			return orientationIn(segment[6:])
		}
		at += 2 + size
	}
	return 1
}

// orientationIn reads tag 0x0112 of the first directory of a TIFF head.
func orientationIn(tiff []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if string(tiff[:2]) == "II" {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == 0x0112 {
			if turn := int(order.Uint16(entries[8:])); turn >= 1 && turn <= 8 {
				return turn
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright is the picture turned and mirrored as its orientation says.
func upright(source image.Image, turn int) image.Image {
	if turn == 1 {
		return source
	}
	from := source.Bounds()
	width, height := from.Dx(), from.Dy()
	lies := turn >= 5
	to := image.Rect(0, 0, width, height)
	if lies {
		to = image.Rect(0, 0, height, width)
	}
	turned := image.NewNRGBA(to)
	for y := range to.Dy() {
		for x := range to.Dx() {
			u, v := x, y
			if lies {
				u, v = y, x
			}
			if turn == 2 || turn == 3 || turn == 7 || turn == 8 {
				u = width - 1 - u
			}
			if turn == 3 || turn == 4 || turn == 6 || turn == 7 {
				v = height - 1 - v
			}
			turned.Set(x, y, source.At(from.Min.X+u, from.Min.Y+v))
		}
	}
	return turned
}
