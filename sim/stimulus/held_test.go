package stimulus

import (
	"context"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
)

// TestArraysAreHeldOnce weighs what reading an .npy file allocates: its rates once, and by
// a header alone nothing.
func TestArraysAreHeldOnce(t *testing.T) {
	const m, n = 2000, 500
	header := "{'descr': '|u1', 'fortran_order': False, 'shape': (2000, 500), }"
	file := "\x93NUMPY\x01\x00" + string(binary.LittleEndian.AppendUint16(nil, uint16(len(header)))) + header
	allocated := func(text string) (bytes float64, err error) {
		path := tempfile.Write(t, "v.npy", text)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = Load(context.Background(), path)
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
