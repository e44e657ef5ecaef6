package sim_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/simtest"
)

// interrupted runs an experiment until an epoch and leaves its checkpoints.
func interrupted(t *testing.T, x *experiment.Experiment, dir string, epoch int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	_, err := sim.Run(ctx, x, dir, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch == epoch {
			cancel()
		}
	}})
	var i *outcome.Interrupted
	if !errors.As(err, &i) || i.Epoch != epoch || !strings.Contains(err.Error(), "--resume") {
		t.Fatalf("got %v", err)
	}
}

// TestResume goes on after several epochs, in both precisions and for every rule. The suite takes two
// epochs, campaigns four. With -short it takes the first setting.
func TestResume(t *testing.T) {
	for k, setting := range []struct {
		precision, circuit, rule, generator string
	}{
		{"float64", "divisive-error", "poisson", "faces"},
		{"float32", "divisive-error", "poisson", "faces"},
		{"float64", "divisive-error", "poisson-free", "topics"},
		{"float32", "lateral-inhibition", "gaussian", "faces"},
		{"float64", "lateral-inhibition", "gaussian", "topics"},
	} {
		if testing.Short() && k > 0 {
			continue
		}
		x := simtest.Tiny(setting.precision)
		x.Recognition.Circuit, x.Learning.Rule, x.Stimulus.Generator = setting.circuit, setting.rule, setting.generator
		x.Learning.Tolerance, x.Learning.MinEpochs = 1e-4, 5
		if setting.generator == "topics" {
			x.Look.Frames = 0
		}
		whole := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		want := simtest.Files(t, whole)
		epochs := []int{4, 13, 1, 9}
		for _, epoch := range epochs[:suite.Cases(2, len(epochs))] {
			dir := filepath.Join(t.TempDir(), "r")
			interrupted(t, x, dir, epoch)
			report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true})
			if err != nil || report.Resumed != epoch {
				t.Fatalf("%v: %v, %+v", setting, err, report)
			}
			simtest.Same(t, fmt.Sprint(setting, " from ", epoch), simtest.Files(t, dir), want)
		}
	}
}

// TestDamagedCheckpoints damages the newest checkpoint, then both.
func TestDamagedCheckpoints(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	x := simtest.Tiny("float64")
	whole := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	want := simtest.Files(t, whole)
	for damaged, resumed := range []int{9, 8, 0} {
		dir := filepath.Join(t.TempDir(), "r")
		interrupted(t, x, dir, 9)
		kept, err := filepath.Glob(dir + ".partial/checkpoint/*")
		if err != nil || len(kept) != 2 {
			t.Fatalf("checkpoints %v, %v", kept, err)
		}
		for k := range damaged {
			path := kept[len(kept)-1-k]
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if k == 0 {
				text[len(text)/2] ^= 1
			} else {
				text = text[:len(text)/2]
			}
			if err := os.WriteFile(path, text, 0o666); err != nil {
				t.Fatal(err)
			}
		}
		told := 0
		report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true, Note: func(string) { told++ }})
		if err != nil || report.Resumed != resumed || len(report.Damaged) != damaged || told != damaged+min(1, damaged) {
			t.Fatalf("%d damaged: %v, %+v", damaged, err, report)
		}
		simtest.Same(t, fmt.Sprint(damaged, " damaged"), simtest.Files(t, dir), want)
	}
}

// TestKeptAfterDamage goes on from nothing but damaged checkpoints, is ended again, and
// must have kept where it was: newer names of what is damaged, or of what is no checkpoint,
// do not take the place.
func TestKeptAfterDamage(t *testing.T) {
	x := simtest.Tiny("float64")
	dir := filepath.Join(t.TempDir(), "r")
	interrupted(t, x, dir, 9)
	folder := filepath.Join(dir+".partial", "checkpoint")
	for _, name := range []string{"000000008", "000000009", "notes.txt", "z"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("no checkpoint"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err := sim.Run(ctx, x, dir, sim.Options{Resume: true, Progress: func(p sim.Progress) {
		if p.Epoch == 5 {
			cancel()
		}
	}})
	var i *outcome.Interrupted
	if !errors.As(err, &i) || i.Epoch != 5 {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(folder, "00000000?"))
	if err != nil || len(kept) != 2 {
		t.Errorf("kept %v, %v", kept, err)
	}
	if report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil || report.Resumed != 5 || report.Damaged != nil {
		t.Errorf("%v, %+v", err, report)
	}
}

// TestUnreadableCheckpoint cannot open the newest checkpoint, which may be whole: the run
// must not begin at its start, or with the one before, and leave it behind.
func TestUnreadableCheckpoint(t *testing.T) {
	x := simtest.Tiny("float64")
	dir := filepath.Join(t.TempDir(), "r")
	interrupted(t, x, dir, 9)
	newest := filepath.Join(dir+".partial", "checkpoint", "000000009")
	if err := os.Rename(newest, newest+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(newest, 0o777); err != nil { // reading it is an error of the system
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "cannot read the checkpoint") {
		t.Fatalf("got %v", err)
	}
	if err := errors.Join(os.Remove(newest), os.Rename(newest+".away", newest)); err != nil {
		t.Fatal(err)
	}
	if report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil || report.Resumed != 9 {
		t.Errorf("%v, %+v", err, report)
	}
}

// TestResumeRefuses changes what a checkpoint was made of.
func TestResumeRefuses(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	interrupted(t, simtest.Tiny("float64"), dir, 5)
	for want, change := range map[string]func(x *experiment.Experiment){
		"learning.epochs was 14 and is 15; seed was 1999 and is 7": func(x *experiment.Experiment) { x.Seed, x.Learning.Epochs = 7, 15 },
		`precision was "float64" and is "float32"`:                 func(x *experiment.Experiment) { x.Precision = "float32" },
	} {
		x := simtest.Tiny("float64")
		change(x)
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := sim.Run(context.Background(), simtest.Tiny("float64"), dir, sim.Options{}); err == nil || !strings.Contains(err.Error(), "continue it with --resume") {
		t.Errorf("without --resume: %v", err)
	}
	holder, err := record.Open(record.OS, dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), simtest.Tiny("float64"), dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "another run is writing it") {
		t.Errorf("two runs in one place: %v", err)
	}
	if err := holder.Abandon(); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), simtest.Tiny("float64"), dir, sim.Options{Resume: true}); err != nil {
		t.Errorf("after all refusals: %v", err)
	}
}

// TestResumeRefusesOtherStimuli changes a value of the file that stimuli come from.
func TestResumeRefusesOtherStimuli(t *testing.T) {
	x := simtest.Tiny("float64")
	x.Look.Frames = 0
	x.Stimulus.Path = filepath.Join(t.TempDir(), "v.csv")
	table := bytes.Repeat([]byte("1,2,3,4\n4,3,2,1\n"), 5)
	if err := os.WriteFile(x.Stimulus.Path, table, 0o666); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	interrupted(t, x, dir, 5)
	table[0] = '2'
	if err := os.WriteFile(x.Stimulus.Path, table, 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "the data differ: "+x.Stimulus.Path+" was changed;") {
		t.Errorf("got %v", err)
	}

	// A folder has no checksum of its own.
	x.Stimulus.Path = t.TempDir()
	image := filepath.Join(x.Stimulus.Path, "a.pgm")
	if err := os.WriteFile(image, []byte("P2 2 2 9 1 2 3 4"), 0o666); err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(t.TempDir(), "r")
	interrupted(t, x, dir, 5)
	if err := os.WriteFile(image, []byte("P2 2 2 9 1 2 3 5"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "the stimuli differ: their checksum was ") {
		t.Errorf("got %v", err)
	}
}
