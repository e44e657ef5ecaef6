package score_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/internal/suite"
	"partsnet/sim/score"
)

// TestSizesAsDocumented runs the shipped score/sizes on the data that ship, and demands the
// rows that docs/score.md shows: four synergies. A campaign.
func TestSizesAsDocumented(t *testing.T) {
	suite.Campaign(t)
	text, err := configs.Scores.ReadFile("score/sizes.toml")
	if err != nil {
		t.Fatal(err)
	}
	s, err := score.Read("sizes.toml", text, []string{"set.stimulus.path=../../examples/walking.csv"})
	if err != nil {
		t.Fatal(err)
	}
	card, err := score.Run(t.Context(), s, filepath.Join(t.TempDir(), "s"), score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var made bytes.Buffer
	if err := card.Markdown(&made); err != nil {
		t.Fatal(err)
	}
	document, err := os.ReadFile("../../docs/score.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(document), "| hidden | explained_variance | rmse | stability |\n|---|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	rows := strings.Split(strings.TrimSpace(table), "\n")
	if len(rows) != 8 {
		t.Fatalf("docs/score.md has %d rows, want 8", len(rows))
	}
	for _, row := range rows {
		if !strings.Contains(made.String(), row) {
			t.Errorf("docs/score.md has %s\nbut the score is\n%s", row, made.String())
		}
	}
}
