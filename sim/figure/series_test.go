package figure

import (
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// TestFoldedTitlesFit demands that the title of a panel is not wider than it, whatever its
// length.
func TestFoldedTitlesFit(t *testing.T) {
	const title = "share of the visible neurons that are presented by a neuron (Spratling's criterion), and more"
	style, width := lettering(9, ink), 5*vg.Centimeter
	text := folded(title, style, width)
	for line := range strings.SplitSeq(text, "\n") {
		if style.Width(line) > width {
			t.Errorf("%q is wider than the panel", line)
		}
	}
	if strings.ReplaceAll(text, "\n", " ") != title {
		t.Errorf("%q lost words", text)
	}
}

// TestNextTick demands that the axis ends at a tick that no value is beyond.
func TestNextTick(t *testing.T) {
	for hi, want := range map[float64]float64{1: 1, 46.6: 50, 17: 18, 0.93: 1, 21.3: 25, 100: 100} {
		if got := nextTick(hi); got < hi || got > want*1.0001 || got < want*0.9999 {
			t.Errorf("%v: %v, want %v", hi, got, want)
		}
	}
}
