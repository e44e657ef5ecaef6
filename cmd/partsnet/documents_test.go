package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stimulus"
	"partsnet/sim/text"
)

// holdsTables demands that a document has tables, which begin with the same line there, as they
// follow from what describes itself. With -update it writes them.
func holdsTables(t *testing.T, file string, tables ...string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	now := string(text)
	for _, want := range tables {
		if strings.Contains(now, want) {
			continue
		}
		if !*update {
			t.Errorf("%s must hold (write it with -update):\n%s", file, want)
		}
		head, _, _ := strings.Cut(want, "\n")
		before, table, found := strings.Cut(now, head)
		_, after, _ := strings.Cut(table, "\n\n")
		if !found {
			t.Fatalf("%s has no table that begins with %q", file, head)
		}
		now = before + want + "\n" + after
	}
	if *update && now != string(text) {
		if err := os.WriteFile(file, []byte(now), 0o644); err != nil {
			t.Error(err)
		}
	}
}

func TestFormatsTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("| format | files | what they hold |\n|---|---|---|\n")
	for _, f := range append(stimulus.Formats(), text.Formats()...) {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", f.Name, f.Files(), f.Doc)
	}
	holdsTables(t, "../../docs/stimuli.md", b.String())
}

func TestGeneratorsTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("| generator | what it makes | true parts | keys | measures of its own | example | source |\n|---|---|---|---|---|---|---|\n")
	for _, g := range generate.Generators() {
		d := g.Describe()
		var keys, measures []string
		for _, p := range g.Parameters() {
			keys = append(keys, "`"+p.Key+"`")
		}
		for _, m := range measure.Table() {
			if m.Kind == d.Name {
				measures = append(measures, "`"+m.Name+"`")
			}
		}
		example := ""
		if d.Example != "" {
			if code, _, stderr := partsnet("show", d.Example); code != 0 {
				t.Error(stderr)
			}
			example = "`" + d.Example + "`"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s | %s |\n", d.Name, d.Doc, d.Parts, strings.Join(keys, ", "), strings.Join(measures, ", "), example, d.Source)
	}
	holdsTables(t, "../../docs/stimuli.md", b.String())
}

func TestMeasuresTable(t *testing.T) {
	var b strings.Builder
	b.WriteString("| measure | what it is | formula | range | unit | source |\n|---|---|---|---|---|---|\n")
	for _, m := range measure.Table() {
		needs := ""
		switch m.Kind {
		case "":
		case measure.AnyTruth:
			needs = "; needs true parts"
		default:
			needs = fmt.Sprintf("; generator `%s`", m.Kind)
		}
		high := bound(m.High)
		if m.Among != nil {
			high = "their number"
		}
		fmt.Fprintf(&b, "| `%s` | %s%s | %s | %s to %s | %s | %s |\n", m.Name, m.Doc, needs, strings.ReplaceAll(m.Formula, "|", "\\|"), bound(m.Low), high, m.Unit, m.Source)
	}
	holdsTables(t, "../../docs/measures.md", b.String())
}

func bound(x float64) string {
	if math.IsInf(x, 0) {
		return strings.Replace(fmt.Sprint(x), "Inf", "∞", 1)
	}
	return fmt.Sprint(x)
}
