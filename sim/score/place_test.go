package score_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"partsnet/sim/campaign"
	"partsnet/sim/record"
	"partsnet/sim/score"
)

// TestPlaces finds the score to continue by its runs among such that were finished, interrupted and
// killed before their first run, and not by its name.
func TestPlaces(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	quick := []string{"seeds=1", "only.rules=poisson", "tasks.bars.sizes=8", "rules.poisson.learning.epochs=3"}
	same := read(t, small, quick...)
	other := read(t, small, append(slices.Clone(quick), "rules.poisson.learning.epochs=4")...)
	more := read(t, small, append(slices.Clone(quick), "seeds=2")...)
	run := func(s *score.Score, dir string, runs int) { // that many; 0 for all
		t.Helper()
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		done := 0
		if runs < 0 {
			cancel()
		}
		_, err := score.Run(ctx, s, dir, score.Options{Resume: true, Progress: func(campaign.Progress) {
			if done++; done == runs {
				cancel()
			}
		}})
		if (err == nil) != (runs == 0) {
			t.Fatalf("%s: %v", dir, err)
		}
	}
	none, all := -1, 0
	for _, tt := range []struct {
		name  string
		there func(dir string)
		want  string
		note  string
	}{
		{"nothing", func(string) {}, "s", ""},
		{"another finished", func(dir string) { run(other, dir, all) }, "s-2", "s is taken by a score with other settings: bars/poisson/8 has other settings; this score goes to"},
		{"another interrupted", func(dir string) { run(other, dir, none) }, "s-2", "s is taken by an interrupted score with other settings: bars/poisson/8 has other settings; this score goes to"},
		{"one with more seeds", func(dir string) { run(more, dir, 1) }, "s-2", "s is taken by an interrupted score with other settings: the number of seeds of bars/poisson/8 was 2 and is 1; this score goes to"},
		{"the same interrupted", func(dir string) { run(other, dir, all); run(same, dir+"-3", none) }, "s-3", ""},
		{"the same finished", func(dir string) { run(other, dir, all); run(same, dir+"-2", all) }, "s-2", ""},
		{"continued as the same", func(dir string) { run(more, dir, 1); run(same, dir+"-2", none); run(more, dir+"-2", 1) }, "s-3", "an interrupted score with other settings"},
		{"two of the same", func(dir string) {
			run(same, dir+"-2", none)
			run(same, dir, none)
			early := time.Now().Add(-time.Hour)
			if err := os.Chtimes(record.LogsIn(dir + ".partial")[0], early, early); err != nil {
				t.Fatal(err)
			}
		}, "s-2", "2 scores of the same runs were interrupted; the newest is continued, "},
		{"an unknown one", func(dir string) {
			if err := os.MkdirAll(dir, 0o777); err != nil {
				t.Fatal(err)
			}
		}, "s-2", "s is taken by something that is not a finished score; this score goes to"},
	} {
		root := t.TempDir()
		tt.there(filepath.Join(root, "s"))
		places, err := score.PlacesOf(same)
		if err != nil {
			t.Fatal(err)
		}
		dir, note, err := places.Resume(filepath.Join(root, "s"))
		if err != nil || dir != filepath.Join(root, tt.want) || (tt.note == "") != (note == "") || !strings.Contains(note, tt.note) {
			t.Errorf("%s: %s, %q, %v; want %s, %q", tt.name, dir, note, err, tt.want, tt.note)
		}
	}
}

// TestFinishedOther asks to continue a score where another one is finished.
func TestFinishedOther(t *testing.T) {
	quick := []string{"seeds=1", "only.rules=poisson", "tasks.bars.sizes=8", "rules.poisson.learning.epochs=3"}
	dir := filepath.Join(t.TempDir(), "s")
	if _, err := score.Run(t.Context(), read(t, small, quick...), dir, score.Options{}); err != nil {
		t.Fatal(err)
	}
	_, err := score.Run(t.Context(), read(t, small, append(quick, "seeds=2", "first-seed=4")...), dir, score.Options{Resume: true})
	if want := "s is finished, with other runs: first-seed was 1 and is 4; the number of seeds of bars/poisson/8 was 1 and is 2; choose another place with --out"; err == nil || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("%v; want %s", err, want)
	}
}
