package main

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/suite"
)

// TestContributingExample makes the change that CONTRIBUTING.md describes, a file, a line
// and the commands that it names, to a copy of the project, learns with the new rule, and
// runs the whole suite of the copy: whoever follows the text to the letter must be done. A
// campaign.
func TestContributingExample(t *testing.T) {
	suite.Campaign(t)
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, example, found := strings.Cut(string(text), "\n## A new rule")
	golang, shell := blocks(example, "go"), blocks(example, "sh")
	if !found || len(golang) != 2 {
		t.Fatalf("%d code blocks, want a file and a line", len(golang))
	}
	home := t.TempDir()
	dir := filepath.Join(home, "partsnet")
	copied(t, root, dir)
	if shared, err := filepath.Abs(filepath.Join(root, "..", "shared")); err == nil {
		_ = os.Symlink(shared, filepath.Join(home, "shared")) // tests look for data beside the project
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("learning/outstar.go", golang[0])
	list, err := os.ReadFile(filepath.Join(root, "learning", "rule.go"))
	if err != nil {
		t.Fatal(err)
	}
	const before = "\t\tNewOja[T](),\n"
	changed := strings.Replace(string(list), before, before+golang[1], 1)
	if changed == string(list) {
		t.Fatal("the list of rules was not found")
	}
	write("learning/rule.go", changed)
	does := func(command string) string {
		t.Helper()
		c := exec.Command("sh", "-c", command)
		c.Dir = dir
		c.Env = append(os.Environ(), "PWD="+dir, suite.Variable+"=") // or this test would begin anew in the copy
		out, err := c.CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", command, err, out)
		}
		return string(out)
	}
	if out := does("gofmt -l learning"); out != "" {
		t.Errorf("not formatted: %s", out)
	}
	for _, block := range shell {
		does(block)
	}
	if out := does("go run ./cmd/partsnet run bars --set learning.rule=outstar --set learning.rate=0.1 --set learning.epochs=3 --set 'figures=[]' --verbose --out " + filepath.Join(home, "run")); !strings.Contains(out, "sign check passed") {
		t.Errorf("the run says\n%s", out)
	}
	does("go vet ./... && go test ./...")
}

// blocks returns the code of a text in a language.
func blocks(text, language string) (all []string) {
	for _, block := range strings.Split(text, "```"+language+"\n")[1:] {
		code, _, _ := strings.Cut(block, "```")
		all = append(all, code)
	}
	return all
}

// copied copies a tree without what begins with a dot, but for .ci, which tests read.
func copied(t *testing.T, from, to string) {
	t.Helper()
	from, err := filepath.EvalSymlinks(from) // WalkDir follows none
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if base := d.Name(); strings.HasPrefix(base, ".") && base != ".ci" && name != "." {
			if d.IsDir() {
				return filepath.SkipDir
			}
			return nil
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o777)
		}
		if !d.Type().IsRegular() || name == "runs" {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, name), data, info.Mode())
	})
	if err != nil {
		t.Fatal(err)
	}
}
