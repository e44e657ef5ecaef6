package sim_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
)

func starts(t *testing.T, settings ...string) *experiment.Experiment {
	t.Helper()
	x, err := experiment.Read("test", nil, append([]string{
		"stimulus.generator=bars", "stimulus.count=200", "network.hidden=16", "learning.epochs=60", "seed=3",
		"recognition.circuit=lateral-inhibition", "learning.rule=gaussian", "figures=[]", `measures=["bars_found","stability"]`,
	}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestRestarts demands that the best start is kept, that the first start is the run
// without restarts, that starts differ, and that the number of workers changes no bit.
func TestRestarts(t *testing.T) {
	ctx := context.Background()
	single, err := sim.Learn(ctx, starts(t), 1)
	if err != nil {
		t.Fatal(err)
	}
	var first *sim.Result
	for _, workers := range []int{1, 3} {
		many, err := sim.Learn(ctx, starts(t, "restarts=5"), workers)
		if err != nil {
			t.Fatal(err)
		}
		var objectives []float64
		for _, s := range many.Starts {
			if !s.Learned || s.Epochs != 60 {
				t.Errorf("a start was not learned to its end: %+v", s)
			}
			objectives = append(objectives, s.Objective)
		}
		if objectives[0] != single.Objective {
			t.Errorf("the first of several starts ends at %v, the only one at %v", objectives[0], single.Objective)
		}
		if many.Objective != slices.Min(objectives) || many.Best != slices.Index(objectives, many.Objective) {
			t.Errorf("start %d with %v was kept of %v", many.Best, many.Objective, objectives)
		}
		if sorted := slices.Sorted(slices.Values(objectives)); len(slices.Compact(sorted)) != 5 {
			t.Errorf("two starts are the same: %v", objectives)
		}
		if s := many.Measures.Of("stability"); !(s > 0.3 && s < 1) {
			t.Errorf("stability %v", s)
		}
		if first == nil {
			first = many
		} else if !slices.Equal(first.Synapses, many.Synapses) || first.Measures.Of("stability") != many.Measures.Of("stability") {
			t.Error("another number of workers has changed what was learned")
		}
	}
}

// TestRestartsResume ends a run of several starts after some of them and demands of the
// resumed one the bytes of an uninterrupted one.
func TestRestartsResume(t *testing.T) {
	root := t.TempDir()
	x := starts(t, "restarts=6")
	whole, broken := filepath.Join(root, "whole"), filepath.Join(root, "broken")
	if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch >= 60*5/2 {
			cancel()
		}
	}})
	var interrupted *sim.Interrupted
	if !errors.As(err, &interrupted) || interrupted.Starts == 0 || interrupted.Starts == 6 {
		t.Fatalf("the run was not interrupted between two starts: %v", err)
	}
	report, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	if report.Resumed != interrupted.Starts {
		t.Errorf("resumed after %d starts, interrupted after %d", report.Resumed, interrupted.Starts)
	}
	for _, name := range []string{"starts.csv", "metrics.csv", "arrays/W.npy", "arrays/H.npy", "config.toml"} {
		want, err := os.ReadFile(filepath.Join(whole, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(broken, name)); err != nil || string(got) != string(want) {
			t.Errorf("%s differs (%v)", name, err)
		}
	}
}
