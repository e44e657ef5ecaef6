package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReadmeCommands runs every command line of the README that begins the
// program, runs made short, and finds the others in the script of the
// continuous checks.
func TestReadmeCommands(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile("../../.ci/run")
	if err != nil {
		t.Fatal(err)
	}
	table := filepath.Join(t.TempDir(), "v.csv")
	if err := os.WriteFile(table, []byte("1,2,3,4\n4,3,2,1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.WriteFile("new.jsonl", []byte(`{"title": "ore", "text": "Lead and zinc."}`), 0o666); err != nil {
		t.Fatal(err)
	}
	ran, block := 0, ""
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "```") && block == "" {
			block = line
		} else if line == "```" {
			block = ""
		}
		line, _, _ = strings.Cut(line, "#")
		line = strings.TrimSpace(line)
		if block != "```" || line == "" || line == "```" {
			continue
		}
		words, ours := strings.CutPrefix(line, "go run ./cmd/partsnet ")
		if !ours {
			if !strings.Contains(string(script), line) {
				t.Errorf("%q is run by no test and not by .ci/run", line)
			}
			continue
		}
		args := strings.Fields(strings.NewReplacer("'", "", "faces.zip", table).Replace(words))
		if args[0] == "run" && args[1] != "paper/figure-4" {
			args = append(args, small...)
		}
		if args[0] == "score" {
			args = append(args, smallScore...)
		}
		if code, _, stderr := partsnet(args...); code != done {
			t.Errorf("%s: exit %d: %s", line, code, stderr)
		}
		ran++
	}
	if ran < 15 {
		t.Errorf("the README has %d commands of the program; expected 15", ran)
	}
}
