package sim_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"partsnet/sim"
	"partsnet/sim/checkpoint"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/simtest"
)

// TestResumePlace finds the run to continue by its experiment among directories that were
// finished, interrupted after a checkpoint, and killed before the first.
func TestResumePlace(t *testing.T) {
	if testing.Short() {
		t.Skip("30 runs")
	}
	x, other := simtest.Tiny("float64"), simtest.Tiny("float64")
	x.Learning.Epochs, x.Look.Frames = 6, 0
	other.Learning.Epochs, other.Look.Frames = 7, 0
	finish := func(x *experiment.Experiment, dir string) {
		t.Helper()
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
			t.Fatal(err)
		}
	}
	checkpointed := func(x *experiment.Experiment, dir string) { t.Helper(); interrupted(t, x, dir, 5) }
	killed := func(x *experiment.Experiment, dir string) { // before the first checkpoint
		t.Helper()
		if out, err := record.Create(dir); err != nil || out.SaveConfig(x.TOML()) != nil {
			t.Fatal(err)
		} else if err := out.Leave(); err != nil {
			t.Fatal(err)
		}
	}
	earlier := func(x *experiment.Experiment, dir string) { // by a version that wrote the config at the end
		t.Helper()
		interrupted(t, x, dir, 5)
		if err := os.Remove(filepath.Join(dir+".partial", "config.toml")); err != nil {
			t.Fatal(err)
		}
	}
	unknown := func(_ *experiment.Experiment, dir string) { // killed before it wrote its config
		t.Helper()
		if out, err := record.Create(dir); err != nil {
			t.Fatal(err)
		} else if err := out.Leave(); err != nil {
			t.Fatal(err)
		}
	}
	folder := func(_ *experiment.Experiment, dir string) {
		t.Helper()
		if err := os.Mkdir(dir, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	type place struct {
		make func(x *experiment.Experiment, dir string)
		x    *experiment.Experiment
		name string
	}
	for what, c := range map[string]struct {
		places     []place
		want, note string
	}{
		"nothing is there":              {nil, "r", ""},
		"interrupted":                   {[]place{{checkpointed, x, "r"}}, "r", ""},
		"killed before a checkpoint":    {[]place{{killed, x, "r"}}, "r", ""},
		"interrupted, earlier version":  {[]place{{earlier, other, "r"}, {earlier, x, "r-2"}}, "r-2", ""},
		"finished":                      {[]place{{finish, x, "r"}}, "r", ""},
		"finished, with a number":       {[]place{{finish, other, "r"}, {finish, x, "r-2"}}, "r-2", ""},
		"finished and interrupted":      {[]place{{finish, x, "r"}, {checkpointed, x, "r-2"}}, "r-2", ""},
		"finished and killed":           {[]place{{finish, x, "r"}, {killed, x, "r-3"}}, "r-3", ""},
		"finished, another interrupted": {[]place{{finish, x, "r"}, {checkpointed, other, "r-2"}}, "r", ""},
		"another finished": {[]place{{finish, other, "r"}}, "r-2",
			"r is taken by a run with other settings: learning.epochs was 7 and is 6; this run goes to r-2"},
		"another interrupted": {[]place{{checkpointed, other, "r"}}, "r-2",
			"r is taken by an interrupted run with other settings: learning.epochs was 7 and is 6; this run goes to r-2"},
		"another finished, interrupted": {[]place{{finish, other, "r"}, {killed, x, "r-2"}}, "r-2", ""},
		"another interrupted, killed":   {[]place{{killed, other, "r"}, {checkpointed, x, "r-2"}}, "r-2", ""},
		"unknown": {[]place{{unknown, nil, "r"}}, "r-2",
			"r is taken by an interrupted run that is not known; this run goes to r-2"},
		"a folder": {[]place{{folder, nil, "r"}}, "r-2",
			"r is taken by something that is not a finished run; this run goes to r-2"},
		"several": {[]place{{checkpointed, x, "r-3"}, {killed, other, "r"}, {killed, x, "r-2"}, {checkpointed, x, "r-10"}}, "r-10",
			"3 runs of the same experiment were interrupted; the newest is continued, r-10. Choose another one with --out"},
		"names that only begin alike": {[]place{{checkpointed, x, "r-two"}, {checkpointed, x, "r2"}, {finish, x, "r-"}, {finish, x, "r-2-3"}}, "r", ""},
	} {
		root := t.TempDir()
		for k, p := range c.places {
			dir := filepath.Join(root, p.name)
			p.make(p.x, dir)
			at := time.Now().Add(time.Duration(k-100) * time.Hour) // each is newer than those before
			for _, path := range append(record.CheckpointsIn(dir+".partial"), filepath.Join(dir+".partial", "config.toml")) {
				if _, err := os.Stat(path); err != nil {
					continue
				}
				if err := os.Chtimes(path, at, at); err != nil {
					t.Fatal(err)
				}
			}
		}
		dir, note, err := sim.PlacesOf(x).Resume(filepath.Join(root, "r"))
		note = strings.ReplaceAll(note, root+string(filepath.Separator), "")
		if err != nil || dir != filepath.Join(root, c.want) || note != c.note {
			t.Errorf("%s: got %s, %q, %v; want %s, %q", what, dir, note, err, c.want, c.note)
		}
	}
}

// TestConfigFromTheBeginning looks into the directory of a run before it reads its stimuli, and
// refuses another experiment in it: the config there is always that of the checkpoints.
func TestConfigFromTheBeginning(t *testing.T) {
	x, other := simtest.Tiny("float64"), simtest.Tiny("float64")
	other.Learning.Epochs++
	dir := filepath.Join(t.TempDir(), "r")
	belongs := func(what string, x *experiment.Experiment) {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(dir+".partial", "config.toml"))
		if err != nil || string(text) != x.TOML() {
			t.Errorf("%s: config.toml is not that of the run: %v", what, err)
		}
		if found := checkpoint.Config(dir + ".partial"); found == nil || experiment.Diff(found, x) != nil {
			t.Errorf("%s: the folder is taken for one of another experiment", what)
		}
	}
	looked := false
	ctx, cancel := context.WithCancel(context.Background())
	_, err := sim.Run(ctx, x, dir, sim.Options{
		Stage:    func(string) { looked = true; belongs("at the beginning", x) },
		Progress: func(sim.Progress) { cancel() },
	})
	if err == nil || !looked {
		t.Fatal(err)
	}
	belongs("interrupted", x)
	if _, err := sim.Run(context.Background(), other, dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "cannot be continued") {
		t.Errorf("another experiment is continued: %v", err)
	}
	belongs("after a refusal", x)

	// No checkpoint is left to protect: the other experiment begins, and has the folder then.
	for _, path := range record.CheckpointsIn(dir + ".partial") {
		if err := os.WriteFile(path, []byte("damaged"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel = context.WithCancel(context.Background())
	if _, err := sim.Run(ctx, other, dir, sim.Options{Resume: true, Progress: func(sim.Progress) { cancel() }}); err == nil {
		t.Fatal("it is not interrupted")
	}
	belongs("begun again", other)
}
