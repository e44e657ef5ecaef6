package score

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestTextFits writes a table for terminals of several widths: every line fits, every
// cell is there, and the first columns stand in every part.
func TestTextFits(t *testing.T) {
	table := block{title: "Bars", keys: 2, head: []string{"rule", "hidden", "solved (bars_found ≥ 16)", "treves_rolls_population", "s/run"},
		rows: [][]string{{"poisson", "16", "0.00 [0.00, 0.66]", "0.500 [0.424, 0.577]", "0.01"}, {"gaussian", "320", "–", "0.9", "12"}}}
	for width, parts := range map[int]int{40: 3, 60: 2, 80: 1, 200: 1} {
		var b strings.Builder
		table.writeText(&b, width)
		text := b.String()
		for line := range strings.Lines(text) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("a line of %d columns, %d are allowed: %s", n, width, line)
			}
		}
		if strings.Count(text, "gaussian") != parts || strings.Count(text, "poisson") != parts {
			t.Errorf("%d columns: not %d parts:\n%s", width, parts, text)
		}
		for _, row := range table.rows {
			for _, cell := range row {
				if !strings.Contains(text, cell) {
					t.Errorf("%d columns: %q is lost:\n%s", width, cell, text)
				}
			}
		}
	}
	want := []string{"treves_", "rolls_", "population"}
	if got := broken("treves_rolls_population", 10); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", got, want)
	}
	if got := broken("solved (bars_found ≥ 16)", 18); strings.Join(got, "|") != "solved (bars_found|≥ 16)" {
		t.Errorf("%q", got)
	}
}
