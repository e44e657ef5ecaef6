package score_test

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim/campaign"
	"partsnet/sim/record"
	"partsnet/sim/score"
)

const small = `
name = "small"
seeds = 3
[set]
checkpoint.seconds = 0
[rules]
poisson = { recognition.circuit = "divisive-error", learning.rule = "poisson", learning.epochs = 30 }
gaussian = { recognition.circuit = "lateral-inhibition", learning.rule = "gaussian", learning.epochs = 30 }
[tasks.bars]
title = "Bars"
sizes = [8, 10]
success = "bars_found"
of = 8
measures = ["mean_cosine", "stability"]
set = { stimulus.generator = "bars", stimulus.count = 100, bars.positions = 4 }
`

func read(t *testing.T, text string, settings ...string) *score.Score {
	t.Helper()
	s, err := score.Read("small.toml", []byte(text), settings)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, name := range []string{"score.csv", "runs.csv"} {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		out[name] = withoutTimes(string(text), name)
	}
	return out
}

// withoutTimes leaves out the columns and rows of seconds.
func withoutTimes(text, name string) string {
	var kept []string
	for line := range strings.Lines(text) {
		if fields := strings.Split(line, ","); name == "runs.csv" {
			kept = append(kept, strings.Join(append(fields[:3:3], fields[4:]...), ","))
		} else if fields[5] != "seconds" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}

// TestResume kills a score after every run that it finishes, and demands that the one
// that is resumed each time ends with the table of an uninterrupted one.
func TestResume(t *testing.T) {
	root := t.TempDir()
	s := read(t, small)
	whole, broken := filepath.Join(root, "whole"), filepath.Join(root, "broken")
	card, err := score.Run(context.Background(), s, whole, score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(card.Rows) != 4 || card.Failed != 0 {
		t.Errorf("%d rows, %d runs failed", len(card.Rows), card.Failed)
	}
	kills, last := 0, 0
	for finished := false; !finished; {
		ctx, cancel := context.WithCancel(context.Background())
		_, err := score.Run(ctx, s, broken, score.Options{Resume: kills > 0, Progress: func(p campaign.Progress) {
			if p.Done <= last {
				t.Errorf("run %d again", p.Done)
			}
			last = p.Done
			if p.Done < p.Of {
				cancel()
			}
		}})
		cancel()
		finished = err == nil
		if err != nil && !strings.HasPrefix(err.Error(), "interrupted after ") {
			t.Fatal(err)
		}
		if kills++; kills > 15 {
			t.Fatal("it does not get on")
		}
		if !finished && kills == 2 { // a torn line, as a crash of the machine leaves it
			log := record.LogsIn(broken + ".partial")[0]
			text, err := os.ReadFile(log)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(log, append(text, "0123456789abcdef {\"Cell"...), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if kills < 4 {
		t.Errorf("the score was killed %d times", kills)
	}
	want, got := files(t, whole), files(t, broken)
	for name := range want {
		if want[name] != got[name] {
			t.Errorf("%s differs:\n%s\nwant\n%s", name, got[name], want[name])
		}
	}
	if _, err := os.Stat(filepath.Join(broken, "figures", "score.png")); err != nil {
		t.Error(err)
	}
}

func TestSeedsOfATask(t *testing.T) {
	s := read(t, small, "tasks.bars.seeds=2", "seeds=5", "first-seed=7")
	if seeds := s.SeedsOf(s.Cells()[0]); len(seeds) != 2 || seeds[1] != 8 {
		t.Errorf("seeds are %v", seeds)
	}
}

// TestResumeWithMore goes on with another seed and another task, and runs what is new
// alone; a changed setting makes a run new.
func TestResumeWithMore(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	dir := filepath.Join(t.TempDir(), "s")
	some := func(runs int, resume bool, settings ...string) (ran int) {
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		_, err := score.Run(ctx, read(t, small, settings...), dir, score.Options{Resume: resume, Progress: func(campaign.Progress) {
			if ran++; ran == runs {
				cancel()
			}
		}})
		if err != nil && !strings.HasPrefix(err.Error(), "interrupted after ") {
			t.Fatal(err)
		}
		return ran
	}
	if ran := some(3, false, "seeds=1"); ran != 3 && ran != 4 { // another may end meanwhile
		t.Fatalf("%d runs before it was interrupted", ran)
	}
	before := some(1, true, "seeds=1", "tasks.bars.with.poisson.learning.epochs=31")
	if before == 0 {
		t.Error("a changed setting did not make a run new")
	}
	if ran := some(0, true, "seeds=2"); ran < 4 || ran > 6 {
		t.Errorf("%d runs for another seed of 4 cells and the rest of the first", ran)
	}
}

// TestDamagedLine flips a bit in the midst of the log: that run is run again.
func TestDamagedLine(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "s")
	s := read(t, small, "seeds=1")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	runs := 0
	if _, err := score.Run(ctx, s, dir, score.Options{Progress: func(campaign.Progress) {
		if runs++; runs == 2 {
			cancel()
		}
	}}); err == nil {
		t.Fatal("it was not interrupted")
	}
	log := record.LogsIn(dir + ".partial")[0]
	text, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	line := strings.Split(string(text), "\n")
	flipped := []byte(line[1])
	flipped[40] ^= 1
	line[1] = string(flipped)
	if err := os.WriteFile(log, []byte(strings.Join(line, "\n")), 0o666); err != nil {
		t.Fatal(err)
	}
	card, err := score.Run(context.Background(), s, dir, score.Options{Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	if card.Damaged != 1 || len(card.Rows) != 4 || card.Rows[0].Seconds.Runs != 1 {
		t.Errorf("%d damaged lines, rows %+v", card.Damaged, card.Rows)
	}
}

// TestOneFailedCellDoesNotStopTheRest asks for stimuli that are not there.
func TestOneFailedCellDoesNotStopTheRest(t *testing.T) {
	s := read(t, small, "seeds=2", `tasks.bars.with.poisson.stimulus.path="nowhere.npy"`)
	card, err := score.Run(context.Background(), s, filepath.Join(t.TempDir(), "s"), score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if card.Failed != 4 {
		t.Errorf("%d runs failed, want 4", card.Failed)
	}
	for _, r := range card.Rows {
		if failed := r.Cell.Rule == "poisson"; failed != (r.Failed == 2) || failed != strings.Contains(r.Error, "nowhere.npy") || failed == (r.Seconds.Runs == 2) {
			t.Errorf("%s: %d failed: %s", r.Cell.Name(), r.Failed, r.Error)
		}
	}
	var tables strings.Builder
	for _, err := range []error{card.Text(&tables, 80), card.Markdown(&tables), card.CSV(&tables)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if strings.Contains(tables.String(), "NaN") {
		t.Errorf("NaN in the tables:\n%s", tables.String())
	}
}

// TestFailedRunsAreRunAgain mends what made runs fail: the score that is resumed runs them,
// and only them, and is finished then.
func TestFailedRunsAreRunAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	root := t.TempDir()
	data, dir := filepath.Join(root, "v.csv"), filepath.Join(root, "s")
	s := read(t, small, "seeds=2", fmt.Sprintf(`tasks.bars.with.poisson.stimulus.path=%q`, data))
	card, err := score.Run(context.Background(), s, dir, score.Options{})
	if err != nil || card.Failed != 4 || card.Dir != dir+".partial" {
		t.Fatalf("%v, %+v", err, card)
	}
	if _, err := os.Stat(filepath.Join(card.Dir, "score.csv")); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("a score of which runs failed is finished")
	}
	if err := os.WriteFile(data, []byte("1,2,3\n3,2,1\n1,0,1\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	again := 0
	card, err = score.Run(context.Background(), s, dir, score.Options{Resume: true, Progress: func(campaign.Progress) { again++ }})
	if err != nil || card.Failed != 0 || card.Dir != dir || again != 4 {
		t.Fatalf("%v, %d runs, %+v", err, again, card)
	}
	if _, err := os.Stat(dir + ".partial"); err == nil {
		t.Error("the place on the way is still there")
	}
}

// TestAllRunsFail gives the reason and leaves nothing, also of a series, whose figure would
// have nothing to show.
func TestAllRunsFail(t *testing.T) {
	for _, axis := range []string{"", `tasks.bars.axis="offset"`} {
		dir := filepath.Join(t.TempDir(), "s")
		settings := []string{"seeds=2", `set.stimulus.path="nowhere.npy"`}
		if axis != "" {
			settings = append(settings, axis)
		}
		card, err := score.Run(context.Background(), read(t, small, settings...), dir, score.Options{})
		if err == nil || !strings.HasPrefix(err.Error(), "no run of 8 succeeded; that of bars/") || !strings.Contains(err.Error(), "nowhere.npy") {
			t.Errorf("%v, %+v", err, card)
		}
		for _, left := range []string{dir, dir + ".partial"} {
			if _, err := os.Stat(left); err == nil {
				t.Errorf("%s is left", left)
			}
		}
	}
}

// TestAgainst compares a score with itself, with more of its seeds, and with one that
// learns less.
func TestAgainst(t *testing.T) {
	if testing.Short() {
		t.Skip("64 runs")
	}
	root := t.TempDir()
	run := func(name string, settings ...string) *score.Card {
		card, err := score.Run(context.Background(), read(t, small, settings...), filepath.Join(root, name), score.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return card
	}
	long := run("long", "seeds=12")
	table, err := score.ReadTable(filepath.Join(root, "long", "score.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if differ, compared := long.Against(table); len(differ) != 0 || compared != 16 {
		t.Errorf("with itself: %d compared, %q differ", compared, differ)
	}
	if differ, _ := run("short", "seeds=4", "first-seed=100").Against(table); len(differ) != 0 {
		t.Errorf("with other seeds: %q differ", differ)
	}
	if differ, _ := run("worse", "seeds=4", "rules.gaussian.learning.epochs=1").Against(table); len(differ) == 0 {
		t.Error("what hardly learned agrees")
	}
}

// TestConstraints gives networks under other constraints rows of their own.
func TestConstraints(t *testing.T) {
	s := read(t, small, "seeds=2", "tasks.bars.sizes=[8]", `only.rules=["poisson"]`, `set.network.constraints=["non-negative","orthonormal"]`)
	card, err := score.Run(context.Background(), s, filepath.Join(t.TempDir(), "s"), score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(card.Rows) != 2 || card.Rows[0].Rule() != "poisson" || card.Rows[1].Rule() != "orthonormal" || card.Rows[1].Values[0].Runs != 2 {
		t.Errorf("%+v", card.Rows)
	}
}

// TestStability: it is taken between the runs of a cell, and so lies below 1 for
// different local optima.
func TestStability(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	card, err := score.Run(context.Background(), read(t, small), filepath.Join(t.TempDir(), "s"), score.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range card.Rows {
		v := r.Values[2]
		if v.Name != "stability" || v.Runs != 3 || !(v.Mean > 0.5 && v.Mean <= 1) || !math.IsNaN(v.Low) {
			t.Errorf("%s: %+v", r.Cell.Name(), v)
		}
	}
}
