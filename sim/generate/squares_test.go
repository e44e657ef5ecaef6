package generate_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/stream"
)

// TestSquares demands of every image that each pixel has the darkness of one of the
// squares over it, that the squares present are those of the truth, and that there is an
// order of depth: the topmost square is seen whole.
func TestSquares(t *testing.T) {
	const count = 2000
	set, err := generate.Squares{Count: count, Probability: 0.1, Contrast: 0.5}.Generate(context.Background(), stream.New(5, "squares"))
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Validate(); err != nil {
		t.Fatal(err)
	}
	if set.Size != 36 || len(set.Truth.Names) != 16 {
		t.Fatalf("%d pixels, %d squares", set.Size, len(set.Truth.Names))
	}
	present := 0.0
	for i := range count {
		codes := set.Truth.Codes[i*16 : (i+1)*16]
		whole := false
		over := make([][]float64, 36)
		for k, c := range codes {
			if c == 0 {
				continue
			}
			present++
			if c < 0.5 || c > 1 {
				t.Fatalf("image %d: a square of darkness %v", i, c)
			}
			seen := 0
			for j, x := range set.Truth.Parts[k*36 : (k+1)*36] {
				if x > 0 {
					over[j] = append(over[j], c)
					if set.Row(i)[j] == c {
						seen++
					}
				}
			}
			whole = whole || seen == 9
		}
		if !whole {
			t.Fatalf("image %d: no square lies on top", i)
		}
		for j, x := range set.Row(i) {
			if len(over[j]) == 0 && x != 0 || len(over[j]) > 0 && !slices.Contains(over[j], x) {
				t.Fatalf("image %d, pixel %d: %v under squares of %v", i, j, x, over[j])
			}
		}
	}
	// 1.6 squares an image before blank ones, 0.9¹⁶ of them, are drawn again.
	want := 1.6 / (1 - math.Pow(0.9, 16))
	if mean := present / count; math.Abs(mean-want) > 5*math.Sqrt(1.6/count) {
		t.Errorf("%v squares an image, want %v", mean, want)
	}
	if _, err := (generate.Squares{Count: 1}).Generate(context.Background(), stream.New(1, "s")); err == nil || !strings.Contains(err.Error(), "probability") {
		t.Errorf("got %v", err)
	}
}

// TestSquaresOfOneDarkness: without contrast images are the union of their squares.
func TestSquaresOfOneDarkness(t *testing.T) {
	set, err := generate.Squares{Count: 100, Probability: 0.2}.Generate(context.Background(), stream.New(5, "squares"))
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range set.Rates {
		if x != 0 && x != 1 {
			t.Fatalf("a pixel of %v", x)
		}
	}
}
