package sim_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/simtest"
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
		stability, _ := many.Measures.Of("stability")
		if s := stability; !(s > 0.3 && s < 1) {
			t.Errorf("stability %v", s)
		}
		if first == nil {
			first = many
		} else if !slices.Equal(first.Synapses, many.Synapses) || !slices.Contains(first.Measures, measure.Value{Name: "stability", Value: stability, Defined: true}) {
			t.Error("another number of workers has changed what was learned")
		}
	}
}

// TestRestartsResume ends a run of six starts after four and demands of the resumed one all
// the bytes of an uninterrupted one, where the best start was learned before and where it
// was learned after; chance in the circuit, which figures show, is that of the best.
func TestRestartsResume(t *testing.T) {
	if testing.Short() {
		t.Skip("runs of six starts")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one start after the other
	gaussian := []string{"restarts=6", "learning.epochs=20"}
	spiking := []string{"restarts=6", "learning.epochs=2", "recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike",
		"recognition.steps=50", "recognition.report=50", "stimulus.count=30", "measures=[]", `figures=["svg"]`}
	for _, tt := range []struct {
		settings []string
		seed     int64
		best     int
	}{{gaussian, 2, 2}, {gaussian, 1, 4}, {spiking, 1, 2}, {spiking, 6, 4}} {
		x := starts(t, tt.settings...)
		x.Seed = tt.seed
		whole, broken := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if report, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil || report.Best != tt.best {
			t.Fatalf("%v: %v, %+v: a seed is wanted whose best start is %d", tt, err, report, tt.best)
		}
		ctx, cancel := context.WithCancel(context.Background())
		_, err := sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
			if p.Epoch >= x.Learning.Epochs*4+1 {
				cancel()
			}
		}})
		var interrupted *outcome.Interrupted
		if !errors.As(err, &interrupted) || interrupted.Starts != 4 {
			t.Fatalf("%v: %v", tt, err)
		}
		report, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true})
		if err != nil || report.Resumed != 4 {
			t.Fatalf("%v: %v, %+v", tt, err, report)
		}
		simtest.Same(t, fmt.Sprint(tt), simtest.Files(t, broken), simtest.Files(t, whole))
	}
}

// TestInterruptedStarts ends a run of several starts before the first is learned, when
// there is nothing to go on from, and after some, which are kept however seldom
// checkpoints are asked for.
func TestInterruptedStarts(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one start after the other
	for epochs, settings := range map[int][]string{1: {"restarts=6"}, 200: {"restarts=6", "checkpoint.seconds=0", "checkpoint.epochs=0"}} {
		dir := filepath.Join(t.TempDir(), "r")
		ctx, cancel := context.WithCancel(context.Background())
		_, err := sim.Run(ctx, starts(t, settings...), dir, sim.Options{Progress: func(p sim.Progress) {
			if p.Epoch >= epochs {
				cancel()
			}
		}})
		var interrupted *outcome.Interrupted
		if !errors.As(err, &interrupted) {
			t.Fatal(err)
		}
		_, gone := os.Stat(dir + ".partial")
		if promised := strings.Contains(err.Error(), "--resume"); promised != (gone == nil) || promised != (epochs > 60) {
			t.Errorf("after %d epochs: %v; the folder: %v", epochs, err, gone)
		}
		report, err := sim.Run(context.Background(), starts(t, settings...), dir, sim.Options{Resume: true})
		if err != nil || report.Resumed != interrupted.Starts {
			t.Errorf("after %d epochs: resumed %+v, %v", epochs, report, err)
		}
	}
}

// late is a context that ends when it was asked so often.
type late struct {
	context.Context
	most  int64
	asked atomic.Int64
}

func (c *late) Err() error {
	if c.asked.Add(1) > c.most {
		return context.Canceled
	}
	return nil
}

// TestInterruptedAfterLearning ends a run while it compares starts, or other constraints:
// what was learned is kept.
func TestInterruptedAfterLearning(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	for _, settings := range [][]string{
		{"restarts=3"}, // their stability
		{`network.constraints=["non-negative", "one-active"]`, "measures=[]"},
		{"stack.hidden=[4]", "measures=[]"},
	} {
		x := starts(t, settings...)
		whole, dir := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		// It is asked once an epoch and once when all is learned.
		ctx := &late{Context: context.Background(), most: int64(x.Learning.Epochs*max(1, x.Restarts) + 1)}
		var interrupted *outcome.Interrupted
		if _, err := sim.Run(ctx, x, dir, sim.Options{}); !errors.As(err, &interrupted) || interrupted.Dir == "" {
			t.Fatalf("%v: %v", settings, err)
		}
		if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil {
			t.Fatal(err)
		}
		simtest.Same(t, fmt.Sprint(settings), simtest.Files(t, dir), simtest.Files(t, whole))
	}
}
