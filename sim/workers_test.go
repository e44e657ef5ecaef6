package sim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/experiment"
)

// TestProcessors demands the same bytes of every file for 1, 2, 3, 8 and 64 processors,
// more than there are blocks, of every rule, circuit and order, of dense stimuli and of
// counts, in both precisions, with relaxed steps, compared constraints and whatever is
// recorded; and from run to run.
func TestProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	all := settings()
	for k, setting := range all {
		x := tiny(setting.precision)
		setting.lay(x)
		x.Learning.Epochs, x.Checkpoint.Epochs = 4, 0
		if k%3 == 1 {
			x.Learning.Relaxation = 1.5
		}
		if k == 0 {
			x.Constraints = []string{experiment.NonNegative, experiment.OneActive, experiment.Orthonormal}
		}
		var want map[string]string
		for _, processors := range []int{1, 1, 2, 3, 8, 64} {
			runtime.GOMAXPROCS(processors)
			y := *x
			dir := filepath.Join(t.TempDir(), "r")
			if _, err := sim.Run(context.Background(), &y, dir, sim.Options{}); err != nil {
				t.Fatalf("%+v: %v", setting, err)
			}
			got := withoutProcessors(t, outputs(t, dir))
			if want == nil {
				want = got
			}
			same(t, fmt.Sprintf("%+v, %d processors", setting, processors), got, want)
		}
		// What is recorded, and how often, moves no synapse and no rate.
		y := *x
		y.Record, y.Look.Frames, y.Checkpoint.Epochs = 1, 0, 1
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), &y, dir, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		got := outputs(t, dir)
		for _, name := range []string{"arrays/W.npy", "arrays/H.npy"} {
			if name = filepath.FromSlash(name); got[name] != want[name] {
				t.Errorf("%+v: %s depends on what is recorded", setting, name)
			}
		}
	}
	t.Logf("%d settings", len(all))
}

// withoutProcessors leaves out of a manifest how many processors there were.
func withoutProcessors(t *testing.T, files map[string]string) map[string]string {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal([]byte(files["manifest.json"]), &m); err != nil {
		t.Fatal(err)
	}
	delete(m["platform"].(map[string]any), "processors")
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	files["manifest.json"] = string(text)
	return files
}

// setting is one of the ways to learn.
type setting struct {
	precision, circuit, rule, order, generator string
}

// lay lays the setting over an experiment.
func (s setting) lay(x *experiment.Experiment) {
	x.Precision, x.Recognition.Circuit, x.Learning.Rule, x.Learning.Order, x.Stimulus.Generator = s.precision, s.circuit, s.rule, s.order, s.generator
	if s.generator == "topics" {
		x.Look.Frames = 0
	}
}

// settings returns every circuit with every rule and order that it can learn with, of
// dense stimuli and of counts, in both precisions.
func settings() (all []setting) {
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			for _, o := range network.Orders() {
				order, err := network.OrderNamed(o)
				if err != nil || network.Pair(c, r, order, 1) != nil {
					continue
				}
				for _, generator := range []string{"faces", "topics"} {
					for _, precision := range []string{"float64", "float32"} {
						all = append(all, setting{precision, c.Name(), r.Name(), o, generator})
					}
				}
			}
		}
	}
	return all
}
