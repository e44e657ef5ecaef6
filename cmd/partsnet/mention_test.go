package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/sim/experiment"
)

// mention is a command of the program in a text: its name and what follows it.
var mention = regexp.MustCompile("(?:^|['\"`(:#] ?|run ./cmd/| with | and |\\t|   )partsnet ([a-z]+)(?: ([a-z][-a-z0-9/]*[a-z0-9]))?\\b")

// TestMentionedCommands finds every command of the program in messages, comments,
// experiments and documents: the command is there, and what show, run, check and score
// name ships.
func TestMentionedCommands(t *testing.T) {
	root := newRoot()
	root.InitDefaultHelpCmd()
	// config.toml lies in the folder of a run, and outstar is the rule that CONTRIBUTING adds.
	shippedNames := append(append(append(experiment.Shipped().Names(), configs.Scores.Names()...), configs.Probes.Names()...), "", "config", "rules/outstar")
	found := 0
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name := d.Name(); d.IsDir() && (name == "shared" || name == ".git" || name == "testdata" || name == "partsnet") { // its own are examples
			return fs.SkipDir
		}
		if end := filepath.Ext(path); d.IsDir() || strings.HasSuffix(path, "_test.go") || end != ".go" && end != ".md" && end != ".toml" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(text)) {
			if filepath.Ext(path) == ".go" && !strings.ContainsAny(line, "\"`") {
				continue // prose
			}
			for _, m := range mention.FindAllStringSubmatch(line, -1) {
				c, _, err := root.Find([]string{m[1]})
				if m[0] == `"partsnet checkpoint` { // a file's name
					continue
				}
				if err != nil || c == root {
					t.Errorf("%s: there is no command %q: %s", path, m[1], strings.TrimSpace(line))
					continue
				}
				found++
				if slices.Contains([]string{"show", "run", "check", "score"}, m[1]) && !slices.Contains(shippedNames, m[2]) {
					t.Errorf("%s: nothing ships that is called %q: %s", path, m[2], strings.TrimSpace(line))
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 80 {
		t.Errorf("%d commands are mentioned; expected 80", found)
	}
}
