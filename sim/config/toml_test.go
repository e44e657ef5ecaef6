package config

import (
	"strings"
	"testing"
)

// TestEveryKeyHasItsLine asks for the line of keys in all the forms that TOML has.
func TestEveryKeyHasItsLine(t *testing.T) {
	d, err := Parse("a.toml", []byte("\ufeffseed = 1\nlook.word = \"a\"\n\n[stimulus]\n# a comment\npath = \"b\"\n"+
		"[learning]\nrate = 0.5\nodd = { deep = { x = 1 }, y = [\n 1,\n 2] }\n[a.\"b.c\"]\nd = 2026-01-01\n"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]int{
		"seed": 1, "look.word": 2, "stimulus.path": 6, "learning.rate": 8,
		"learning.odd.deep.x": 9, "learning.odd.y": 9, "a.b.c.d": 13,
	} {
		if got := d.Lines[key]; got != want {
			t.Errorf("%s: line %d, want %d", key, got, want)
		}
		if _, ok := d.Values[key]; !ok {
			t.Errorf("%s has no value", key)
		}
	}
	if len(d.Values) != 7 {
		t.Errorf("%d values, want 7: %v", len(d.Values), d.Values)
	}
}

// TestSyntaxErrorsShowThePlace demands file, line, column and the line itself with a mark.
func TestSyntaxErrorsShowThePlace(t *testing.T) {
	_, err := Parse("a.toml", []byte("seed = 1\nname = faces\n"))
	if err == nil {
		t.Fatal("a bare word was read")
	}
	for _, want := range []string{"a.toml:2:8: invalid TOML: ", "name = faces", "^"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
}

// TestSyntaxErrorsAtTheEnd cuts texts off within an escape, where the reader of TOML does not know
// the line.
func TestSyntaxErrorsAtTheEnd(t *testing.T) {
	for text, want := range map[string]string{
		"\"\\":              "f.toml:1: invalid TOML: ",
		"a = 1\nb = \"\\":   "f.toml:2",
		"a = 1\n\"\\":       "f.toml:2",
		"a = 1\n\"\\u00":    "f.toml:2",
		"a = 1\nb = \"\\u0": "f.toml:2",
	} {
		if _, err := Parse("f.toml", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
