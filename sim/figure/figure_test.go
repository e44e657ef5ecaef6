package figure_test

import (
	"image/color"
	"testing"

	"partsnet/sim/figure"
)

// TestPartsAreCrisp looks at every device pixel of two tiles.
func TestPartsAreCrisp(t *testing.T) {
	g := figure.Parts([]float64{0, 2, 1, 0, 8, 0, 0, 0}, 2, 2)
	mag := (g.Rect.Dy() - 4) / 2
	want := [][]uint8{{255, 0, 127, 255}, {0, 255, 255, 255}}
	for a, tile := range want {
		for y := range 2 * mag {
			for x := range 2 * mag {
				got := g.GrayAt(2+a*(2*mag+2)+x, 2+y)
				if w := (color.Gray{Y: tile[y/mag*2+x/mag]}); got != w {
					t.Fatalf("part %d at %d,%d is %v, want %v", a, x, y, got, w)
				}
			}
		}
	}
}

func TestOddSizesAreDrawn(t *testing.T) {
	for r := range 6 {
		w := make([]float64, (r+1)*6)
		if g := figure.Parts(w, 2, 3); g.Rect.Empty() {
			t.Errorf("%d dead neurons gave no picture", r+1)
		}
		if g := figure.Decomposition(w[:6], w, w[:6], 2, 3); g.Rect.Empty() {
			t.Errorf("an encoding of %d rates gave no picture", len(w))
		}
		if g := figure.Raster(w, r+1); g.Rect.Empty() {
			t.Errorf("a raster of %d neurons gave no picture", r+1)
		}
		if _, err := figure.TimeCourse(w, r+1); err != nil {
			t.Error(err)
		}
	}
	for _, epochs := range [][]int{{1}, {1, 2}, {1, 10, 1000}} {
		if _, err := figure.Objective(epochs, make([]float64, len(epochs)), "D"); err != nil {
			t.Errorf("epochs %v: %v", epochs, err)
		}
	}
}
