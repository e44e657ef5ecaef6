package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestContributingExample makes the change that CONTRIBUTING.md describes, a file and a
// line, to a copy of the program, and learns with it.
func TestContributingExample(t *testing.T) {
	text, err := os.ReadFile("../../CONTRIBUTING.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "```go\n")
	if len(blocks) != 3 {
		t.Fatalf("%d code blocks, want a file and a line", len(blocks)-1)
	}
	file, _, _ := strings.Cut(blocks[1], "```")
	line, _, _ := strings.Cut(blocks[2], "```")
	rules, err := os.ReadFile("../../learning/rule.go")
	if err != nil {
		t.Fatal(err)
	}
	const before = "\t\tNewOja[T](),\n"
	changed := strings.Replace(string(rules), before, before+line, 1)
	if changed == string(rules) {
		t.Fatal("the list of rules was not found")
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(root, "learning", "outstar.go"): write("outstar.go", file),
		filepath.Join(root, "learning", "rule.go"):    write("rule.go", changed),
	}})
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "partsnet")
	build := exec.Command("go", "build", "-overlay", write("overlay.json", string(overlay)), "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	run := exec.Command(program, "run", "bars", "--set", "learning.rule=outstar", "--set", "learning.rate=0.1",
		"--set", "learning.epochs=3", "--set", "figures=[]", "--out", filepath.Join(dir, "run"), "--verbose")
	out, err := run.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "sign check passed") {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = exec.Command("gofmt", "-l", filepath.Join(dir, "outstar.go"), filepath.Join(dir, "rule.go")).CombinedOutput()
	if err != nil || len(out) > 0 {
		t.Errorf("not formatted: %v %s", err, out)
	}
}
