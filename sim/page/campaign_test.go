package page_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/browser"
	"partsnet/internal/tempfile"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/page"
	"partsnet/sim/score"
	"partsnet/sim/sweep"
)

// campaigns makes a score, a sweep and groups that learn alone, all small.
func campaigns(t *testing.T) (dirs map[string]string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	root := t.TempDir()
	dirs = map[string]string{"score": filepath.Join(root, "score"), "sweep": filepath.Join(root, "sweep"), "groups": filepath.Join(root, "groups")}
	s, err := score.Read("small.toml", []byte(`
name = "small"
seeds = 2
[rules]
poisson = { recognition.circuit = "divisive-error", learning.rule = "poisson", learning.epochs = 10 }
[tasks.bars]
title = "<b>Bars"
sizes = [8]
success = "bars_found"
of = 16
measures = ["mean_cosine"]
set = { stimulus.generator = "bars", stimulus.count = 40 }
`), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := score.Run(t.Context(), s, dirs["score"], score.Options{}); err != nil {
		t.Fatal(err)
	}
	w, err := sweep.Read(t.Context(), "small.toml", []byte(`
name = "small"
[stimulus]
generator = "bars"
count = 40
[learning]
epochs = 10
`), sweep.Request{Grid: []string{"network.hidden=4,16,8"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sweep.Run(t.Context(), w, dirs["sweep"], sweep.Options{}); err != nil {
		t.Fatal(err)
	}
	x, err := experiment.Read("test.toml", nil, []string{"name=walkers", "stimulus.generator=synergies", "network.hidden=4", "learning.epochs=20", "groups.by=[\"condition\"]", "groups.learn=alone", "recognition.circuit=lateral-inhibition", "learning.rule=gaussian"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sim.RunGroups(t.Context(), x, dirs["groups"], sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dirs
}

// TestCampaigns writes the pages of a score, a sweep and groups: their tables, figures and the commands that
// repeat them. In a browser a click on the head of a column puts the rows in its order.
func TestCampaigns(t *testing.T) {
	dirs := campaigns(t)
	pages := map[string]string{}
	for kind, want := range map[string][]string{
		"score":  {"&lt;b&gt;Bars", "solved (bars_found ≥ 16)", "Wilson&#39;s for shares", "score.toml", "data:image/png"},
		"sweep":  {"<td>rmse</td>", "<td>all epochs were run</td>", "sweep.toml --sweep network.hidden=4,16,8</code>", "data:image/png"},
		"groups": {"<td>walking</td>", "mean_cosine", "writes the page of the group running", "partsnet verify ", "data:image/png"},
	} {
		if !page.Campaign(dirs[kind]) {
			t.Fatalf("the directory of a %s is none", kind)
		}
		var b bytes.Buffer
		if err := page.WriteCampaign(dirs[kind], &b); err != nil {
			t.Fatal(err)
		}
		pages[kind] = b.String()
		for _, text := range want {
			if !strings.Contains(b.String(), text) {
				t.Errorf("the page of a %s does not say %q", kind, text)
			}
		}
		if found := outside.FindString(b.String()); found != "" || strings.Contains(b.String(), "<b>Bars") {
			t.Errorf("the page of a %s has %q", kind, found)
		}
	}
	if dir := filepath.Join(dirs["groups"], "groups", "walking"); page.Campaign(dir) || !strings.Contains(written(t, dir), "A network of 13 visible") {
		t.Error("the page of the run of a group does not say what was done")
	}

	p := started(t)
	p.Open(tempfile.Write(t, "page.html", pages["sweep"]))
	column := `[...document.querySelectorAll("table.sortable")[1].tBodies[0].rows].map((r) => r.cells[0].textContent)`
	for _, want := range [][]string{{"4", "8", "16"}, {"16", "8", "4"}} {
		p.Click("div:nth-of-type(2) > table.sortable thead th:first-child button")
		if got := browser.Eval[[]string](p, column); !slices.Equal(got, want) {
			t.Errorf("a click on the head of a column gives the order %q, want %q", got, want)
		}
	}
	if wrong := p.Wrong(); len(wrong) > 0 {
		t.Errorf("the page met %q", wrong)
	}

	name := filepath.Join(dirs["sweep"], "summary.csv")
	if err := os.WriteFile(name, []byte("measure\n1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := page.WriteCampaign(dirs["sweep"], &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "was changed since it was written") {
		t.Errorf("a changed table: %v", err)
	}
}
