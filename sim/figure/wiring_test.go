package figure

import "testing"

// TestNetworkDrawsOnlyWhatIsThere looks at the place of the error units: a network that
// has them shows them there, and one of which hidden neurons inhibit each other does not.
func TestNetworkDrawsOnlyWhatIsThere(t *testing.T) {
	w := []float64{1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 1, 1}
	states := []Settling{{0, []float64{1, 1}, []float64{1, 0, 1, 1, 2, 1}}}
	for _, c := range []struct {
		feedback Feedback
		units    bool
	}{{Divisive, true}, {Subtractive, true}, {Competition, false}} {
		img := Network(Look{}, w, make([]float64, 6), states, nil, c.feedback, 3, 2).pixels()
		wide := 2*(layerPixels/3) + 2*gutter // images of 3×2 pixels stand in the middle of their place
		left, inked := margin+layerPixels+between+(layerPixels-wide)/2, 0
		for y := layerTop + 20; y < layerTop+60; y++ {
			if r, _, _, _ := img.At(left, y).RGBA(); r < 0xffff {
				inked++
			}
		}
		if (inked == 40) != c.units {
			t.Errorf("feedback %q, lateral %v: %d of 40 pixels of the frame of the error units are drawn", c.feedback.Symbol, c.feedback.Lateral, inked)
		}
	}
}
