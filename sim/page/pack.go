package page

import (
	"encoding/base64"
	"encoding/binary"
	"math"
)

// packed is a matrix as text: its numbers row by row, little endian, in base64. Of the form "f32" they
// are float32. Of the forms "u16" and "u8" number q of a row stands for
//
//	low + q (high − low) / (2^bits − 1)
//
// with the smallest and the largest number of the row, so that it is exact to half a step of the row.
type packed struct {
	Form string    `json:"form"`
	Rows int       `json:"rows"`
	Cols int       `json:"cols"`
	Low  []float64 `json:"low,omitempty"`
	High []float64 `json:"high,omitempty"`
	Data string    `json:"data"`
}

// pack packs a matrix in the most exact form that needs at most so many bytes before base64; nil where
// none does.
func pack(x []float64, rows, bytes int) *packed {
	p := &packed{Rows: rows, Cols: len(x) / max(1, rows)}
	switch {
	case 4*len(x) <= bytes:
		p.Form = "f32"
		raw := make([]byte, 0, 4*len(x))
		for _, v := range x {
			raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(float32(v)))
		}
		p.Data = base64.StdEncoding.EncodeToString(raw)
	case 2*len(x) <= bytes:
		p.quantise(x, "u16", 1<<16-1, func(raw []byte, q float64) []byte { return binary.LittleEndian.AppendUint16(raw, uint16(q)) })
	case len(x) <= bytes:
		p.quantise(x, "u8", 1<<8-1, func(raw []byte, q float64) []byte { return append(raw, uint8(q)) })
	default:
		return nil
	}
	return p
}

// quantise packs each row in steps of its own.
func (p *packed) quantise(x []float64, form string, steps float64, put func(raw []byte, q float64) []byte) {
	p.Form = form
	raw := make([]byte, 0, 2*len(x))
	for i := range p.Rows {
		row := x[i*p.Cols : (i+1)*p.Cols]
		low, high := 0.0, 0.0 // 0 is exact in rows that are never negative
		for _, v := range row {
			low, high = min(low, v), max(high, v)
		}
		p.Low, p.High = append(p.Low, low), append(p.High, high)
		for _, v := range row {
			q := 0.0
			if high > low {
				q = math.Round((v - low) / (high - low) * steps)
			}
			raw = put(raw, q)
		}
	}
	p.Data = base64.StdEncoding.EncodeToString(raw)
}

// said says how exact the numbers are.
func (p *packed) said() string {
	switch p.Form {
	case "u16":
		return "in 65,536 steps between the smallest and the largest of its row"
	case "u8":
		return "in 256 steps between the smallest and the largest of its row"
	}
	return "to 7 digits"
}
