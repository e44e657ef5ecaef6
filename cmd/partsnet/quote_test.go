package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"partsnet/sim/dataset"
)

// TestPastedCommands lets a shell read commands that the program prints: it must get the
// arguments that were meant.
func TestPastedCommands(t *testing.T) {
	shell := func(line string) []string {
		t.Helper()
		out, err := exec.Command("sh", "-c", `partsnet() { printf '%s\0' "$@"; }; `+line).Output()
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		return strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00")
	}
	lists := [][]string{
		{"run", "faces", "--set", `only.tasks=["bars-or","it's"]`, "--out", "a b/c"},
		{"score", "--set", "set.stimulus.path=~/x.zip", "--set", "v=$HOME `date` \\ * ? [a] {b,c} !x #y ;z &w |v <u >t (s) \"r\" 'q'"},
		{"run", "", "a\nb", "-", "--", "=", "ä"},
	}
	for i := range dataset.Sets {
		if command := dataset.Sets[i].Command("/my data/" + dataset.Sets[i].Use); command != nil {
			lists = append(lists, command)
		}
	}
	for _, args := range lists {
		if got := shell(commandLine(args...)); !slices.Equal(got, args) {
			t.Errorf("%s is read as %q, want %q", commandLine(args...), got, args)
		}
	}
	if line := quoted([]string{"a=b/c.d", `x=""`, "it's", "~x", "a@b%1"}); line != `a=b/c.d 'x=""' 'it'\''s' '~x' a@b%1` {
		t.Error(line)
	}
	c, args := newScore(), []string{"mine.toml"}
	if err := c.ParseFlags([]string{"--set", "seeds=3", "--set", `only.tasks=["a"]`, "--quiet", "--against", "t 1.csv"}); err != nil {
		t.Fatal(err)
	}
	want := []string{"score", "mine.toml", "--set", "seeds=3", "--set", `only.tasks=["a"]`, "--quiet", "--against", "t 1.csv", "--out", "d", "--resume"}
	slices.Sort(want)
	got := shell(resumeLine(c, args, "d"))
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("a score is resumed by %q, want %q", got, want)
	}
}
