package stimulus

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestMAT reads files that SciPy wrote with savemat, with and without compression:
//
//	V 2×3 double, U 2×2 uint8, F 1×2×2 single, S 3×4 sparse with three entries,
//	and a text
func TestMAT(t *testing.T) {
	for _, file := range []string{"../matlab/testdata/packed.mat", "../matlab/testdata/plain.mat"} {
		for name, want := range map[string][][]float64{
			"":   {{1, 2, 3}, {4, 5.5, 6}},
			":V": {{1, 2, 3}, {4, 5.5, 6}},
			":U": {{1, 255}, {0, 7}},
			":F": {{1, 2, 3, 4}},
			":S": {{0, 2, 0, 0}, {0, 0, 0, 0}, {7, 0, 0, 1}},
		} {
			s, err := Load(context.Background(), file+name)
			if err != nil {
				t.Errorf("%s%s: %v", file, name, err)
				continue
			}
			if d := cmp.Diff(want, dense(s)); d != "" {
				t.Errorf("%s%s: %s", file, name, d)
			}
			if (s.Counts != nil) != (name == ":S") || name == ":F" && (s.Height != 2 || s.Width != 2) {
				t.Errorf("%s%s: counts %v, %d×%d", file, name, s.Counts != nil, s.Height, s.Width)
			}
		}
		if _, err := Load(context.Background(), file+":text"); err == nil || !strings.Contains(err.Error(), `there are arrays ["F" "S" "U" "V"]`) {
			t.Errorf("a text: %v", err)
		}
	}
}

// TestImagesOfMATLAB turns an image of 2×3 pixels, which MATLAB unrolls by columns, and
// a stack of images, whose last axis counts them.
func TestImagesOfMATLAB(t *testing.T) {
	s := &Set{Rates: []float64{1, 4, 2, 5, 3, 6}, Count: 1, Size: 6, Source: "v"}
	if err := s.Shape(2, 3, true); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]float64{1, 2, 3, 4, 5, 6}, s.Rates); d != "" || s.Height != 2 || s.Width != 3 {
		t.Errorf("%d×%d: %s", s.Height, s.Width, d)
	}
	if err := (&Set{Rates: make([]float64, 6), Count: 1, Size: 6, Source: "v"}).Shape(0, 0, true); err == nil || !strings.Contains(err.Error(), "stimulus.height") {
		t.Errorf("columns without a shape: %v", err)
	}
	// What MATLAB calls V(row, column, image): two images of 2×3.
	stack := make([]float64, 12)
	for row := range 2 {
		for column := range 3 {
			for image := range 2 {
				stack[(row*3+column)*2+image] = float64(100*image + 10*row + column)
			}
		}
	}
	s = &Set{Rates: stack, Count: 2, Size: 6, Height: 3, Width: 2, Source: "v"}
	s.Transpose()
	want := []float64{0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112}
	if d := cmp.Diff(want, s.Rates); d != "" || s.Count != 2 || s.Size != 6 || s.Height != 2 || s.Width != 3 {
		t.Errorf("%d stimuli of %d×%d: %s", s.Count, s.Height, s.Width, d)
	}
	if err := s.Shape(0, 0, false); err != nil || s.Height != 2 {
		t.Errorf("the shape is lost: %v", err)
	}
}

func TestDamagedMAT(t *testing.T) {
	whole, err := os.ReadFile("../matlab/testdata/plain.mat")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.mat")
	for end := 128; end < len(whole); end += 8 {
		if err := os.WriteFile(path, whole[:end], 0o666); err != nil {
			t.Fatal(err)
		}
		if s, err := Load(context.Background(), path+":V"); err == nil && s.Size != 3 {
			t.Errorf("%d of %d bytes are read as %d×%d", end, len(whole), s.Count, s.Size)
		}
	}
	modern := append([]byte("MATLAB 7.3 MAT-file"), make([]byte, 200)...)
	if err := os.WriteFile(path, modern, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(context.Background(), path); err == nil || !strings.Contains(err.Error(), "save(file, '-v7')") {
		t.Errorf("version 7.3: %v", err)
	}
}
