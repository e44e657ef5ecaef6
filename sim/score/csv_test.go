package score_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/score"
)

// TestPlaceOnTheAxis demands the value that a series varies in its table, and reads tables
// without it, as earlier versions wrote them.
func TestPlaceOnTheAxis(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	root := t.TempDir()
	s := read(t, small, "seeds=2", "only.rules=poisson", "tasks.bars.sizes=8", `tasks.bars.axis="rate"`, "tasks.bars.at=0.25")
	card, err := score.Run(t.Context(), s, filepath.Join(root, "s"), score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := card.CSV(&text); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(text.String(), "\n")
	if !strings.HasPrefix(lines[0], "task,at,rule,size,") || !strings.HasPrefix(lines[1], "bars,0.25,poisson,8,") {
		t.Errorf("%s\n%s", lines[0], lines[1])
	}
	old := filepath.Join(root, "old.csv")
	without := strings.NewReplacer("task,at,", "task,", "bars,0.25,", "bars,").Replace(text.String())
	if err := os.WriteFile(old, []byte(without), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(root, "s", "score.csv"), old, "../../docs/score.csv"} {
		table, err := score.ReadTable(path)
		if err != nil {
			t.Fatal(err)
		}
		if differences, compared := card.Against(table); path != "../../docs/score.csv" && (compared != 4 || len(differences) > 0) {
			t.Errorf("%s: %d compared, %q differ", path, compared, differences)
		}
	}
	if err := os.WriteFile(old, []byte("task,rule\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := score.ReadTable(old); err == nil || !strings.Contains(err.Error(), `it has no column "size"`) {
		t.Errorf("%v", err)
	}
}
