package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/internal/suite"
)

// TestScore runs every shipped score, short, and demands its files, and that it agrees
// with itself and not with a table of something else.
func TestScore(t *testing.T) {
	if testing.Short() {
		t.Skip("every score that ships")
	}
	t.Parallel()
	root := t.TempDir()
	for _, name := range configs.Scores.Names() {
		dir := filepath.Join(root, filepath.Base(name)+".toml")
		settings := smallScore
		if name == "score/sizes" { // its data lie in the folder of the project
			settings = append([]string{"--set", "set.stimulus.path=../../examples/walking.csv"}, smallScore...)
		}
		if name == "score/default" && !suite.Asked() { // the others in campaigns
			settings = append([]string{"--set", `only.tasks=["bars-or","topics"]`}, smallScore...)
		}
		code, stdout, stderr := partsnet(append([]string{"score", name, "--out", dir}, settings...)...)
		if code != done || !strings.Contains(stdout, "95 % confidence intervals") {
			t.Fatalf("%s: exit %d: %s%s", name, code, stdout, stderr)
		}
		for _, file := range []string{"score.csv", "score.md", "runs.csv", "score.toml", "manifest.json"} {
			if _, err := os.Stat(filepath.Join(dir, file)); err != nil {
				t.Error(err)
			}
		}
		if drawn, err := filepath.Glob(filepath.Join(dir, "figures", "*.png")); err != nil || len(drawn) == 0 {
			t.Errorf("%s drew nothing", name)
		}
	}
	table := filepath.Join(root, "constraints.toml", "score.csv")
	again := func(name string, more ...string) (int, string) {
		code, stdout, stderr := partsnet(append(append([]string{"score", "score/constraints", "--out", filepath.Join(root, name), "--against", table}, smallScore...), more...)...)
		return code, stdout + stderr
	}
	if code, text := again("same"); code != done || !strings.Contains(text, "agrees     34 of 34 numbers") {
		t.Errorf("with the same: exit %d: %s", code, text)
	}
	if code, text := again("other", "--set", "over.learning.epochs=30", "--set", "only.rules=[\"gaussian\"]"); code != runFailed || !strings.Contains(text, "differs") {
		t.Errorf("with another: exit %d: %s", code, text)
	}
}

// TestScoreJSON demands the place of a task on the axis of its series, as score.csv has it, and
// null for a task outside a series.
func TestScoreJSON(t *testing.T) {
	t.Chdir(t.TempDir())
	text := `[rules]
poisson = {learning.rule = "poisson"}
[set]
stimulus = {generator = "bars", count = 20}
learning.epochs = 2
[tasks.half]
sizes = [4]
measures = ["mean_cosine"]
axis = "probability"
at = 0.5
[tasks.alone]
sizes = [4]
measures = ["mean_cosine"]
`
	if err := os.WriteFile("s.toml", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	code, stdout, stderr := partsnet("score", "s.toml", "--json", "--set", "seeds=1")
	if code != done {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	var got struct {
		Rows []map[string]any `json:"rows"`
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatal(err)
	}
	want := map[any]any{"half": 0.5, "alone": nil}
	for _, row := range got.Rows {
		if at, ok := row["at"]; !ok || at != want[row["task"]] {
			t.Errorf("%v: at = %v, want %v", row["task"], at, want[row["task"]])
		}
	}
	if len(got.Rows) != len(want) {
		t.Errorf("%d rows", len(got.Rows))
	}
}

func TestScoreRefuses(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"score", "nothing"}, "no file and no shipped score"},
		{[]string{"score", "a", "b"}, "expected one score"},
		{[]string{"score", "--set", "seeds=0"}, "seeds = 0; allowed is an integer from 1"},
		{[]string{"score", "--set", "rules.poisson.learning.rate=1"}, "does not apply to rule"},
		{[]string{"score", "--set", `only.rules=["hebb"]`}, `only.rules has "hebb"`},
		{[]string{"score", "--against", "nowhere.csv"}, "nowhere.csv"},
	} {
		if code, _, stderr := partsnet(tt.args...); code != badRequest || !strings.Contains(stderr, tt.want) {
			t.Errorf("%q: exit %d: %s", tt.args, code, stderr)
		}
	}
}
