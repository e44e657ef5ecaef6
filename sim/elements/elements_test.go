package elements_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/elements"
)

// TestRead reads as many numbers as fill several pieces, from a file as it is
// stored and from one that is unpacked.
func TestRead(t *testing.T) {
	const count = 3<<13 + 5
	var text []byte
	for k := range count {
		text = binary.LittleEndian.AppendUint64(text, math.Float64bits(float64(k)))
	}
	value := func(b []byte) float64 { return math.Float64frombits(binary.LittleEndian.Uint64(b)) }
	for what, r := range map[string]io.Reader{
		"stored":        elements.NewFile(bytes.NewReader(text), int64(len(text))),
		"stored, grown": elements.NewFile(bytes.NewReader(text), 1000),
		"unpacked":      bytes.NewReader(text),
	} {
		x, err := elements.Read(r, count, 8, value)
		if err != nil || len(x) != count {
			t.Fatalf("%s: %d numbers, %v", what, len(x), err)
		}
		for k, y := range x {
			if y != float64(k) {
				t.Fatalf("%s: number %d is %v", what, k, y)
			}
		}
	}
	_, err := elements.Read(elements.NewFile(bytes.NewReader(text[:800]), 800), count, 8, value)
	if err == nil || !strings.Contains(err.Error(), "24581 values announced, 100 there") {
		t.Errorf("a short file: %v", err)
	}
}

// TestRowMajor stores x(i, j, k) = 100 i + 10 j + k with the first index fastest.
func TestRowMajor(t *testing.T) {
	stored := []float64{0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121}
	want := []float64{0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121}
	if got := elements.RowMajor(stored, []int64{2, 3, 2}); !slices.Equal(got, want) {
		t.Errorf("got %v", got)
	}
	if got := elements.RowMajor([]float64{7}, nil); !slices.Equal(got, []float64{7}) {
		t.Errorf("a single number: %v", got)
	}
}

func TestCount(t *testing.T) {
	if n, err := elements.Count([]int64{3, 4, 5}); n != 60 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, dims := range [][]int64{{0, 2}, {-1, 2}, {1 << 40, 1 << 40}, {elements.Max, 2}} {
		if n, err := elements.Count(dims); err == nil {
			t.Errorf("%v: %d elements", dims, n)
		}
	}
}
