package stimulus

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestReadElements reads as many numbers as fill several pieces, from a file as it is
// stored and from one that is unpacked.
func TestReadElements(t *testing.T) {
	const count = 3<<13 + 5
	var text []byte
	for k := range count {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(float64(k)))
	}
	value := func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
	for what, r := range map[string]io.Reader{
		"stored":        &stored{bytes.NewReader(text), int64(len(text))},
		"stored, grown": &stored{bytes.NewReader(text), 1000},
		"unpacked":      bytes.NewReader(text),
	} {
		x, err := readElements(r, count, 8, value)
		if err != nil || len(x) != count {
			t.Fatalf("%s: %d numbers, %v", what, len(x), err)
		}
		for k, y := range x {
			if y != float64(k) {
				t.Fatalf("%s: number %d is %v", what, k, y)
			}
		}
	}
	_, err := readElements(&stored{bytes.NewReader(text[:800]), 800}, count, 8, value)
	if err == nil || !strings.Contains(err.Error(), "24581 values announced, 100 there") {
		t.Errorf("a short file: %v", err)
	}
}

// TestArraysAreHeldOnce weighs what reading an .npy file allocates: its rates once, and by
// a header alone nothing.
func TestArraysAreHeldOnce(t *testing.T) {
	const m, n = 2000, 500
	header := "{'descr': '|u1', 'fortran_order': False, 'shape': (2000, 500), }"
	file := "\x93NUMPY\x01\x00" + string(binary.LittleEndian.AppendUint16(nil, uint16(len(header)))) + header
	allocated := func(text string) (bytes float64, err error) {
		path := filepath.Join(t.TempDir(), "v.npy")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = Load(path)
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc), err
	}
	if got, err := allocated(file + strings.Repeat("a", m*n)); err != nil || got > 8*m*n+1<<20 {
		t.Errorf("%.1f MB for rates of 8 MB, %v", got/1e6, err)
	}
	if got, err := allocated(file + "abc"); err == nil || got > 1<<20 {
		t.Errorf("%.1f MB for three bytes, %v", got/1e6, err)
	}
}
