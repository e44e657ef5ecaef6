package sim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"testing"

	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/simtest"
)

// TestProcessors demands the same bytes of every file for 1, 2, 3, 8 and 64 processors,
// more than there are blocks, of every way to learn, with relaxed steps, compared
// constraints and whatever is recorded; and from run to run. A campaign; the full one takes
// every order and size of batch as well, in both precisions.
func TestProcessors(t *testing.T) {
	suite.Campaign(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	ways := simtest.Ways(t)
	for k, way := range ways {
		run := func(more ...string) map[string]string {
			x := way.Experiment(t, more...)
			dir := filepath.Join(t.TempDir(), "r")
			if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
				t.Fatalf("%v: %v", way, err)
			}
			return withoutProcessors(t, simtest.Files(t, dir))
		}
		var more []string
		if k == 0 {
			more = append(more, `network.constraints=["non-negative", "one-active", "orthonormal"]`)
		}
		var want map[string]string
		for _, processors := range []int{1, 1, 2, 3, 8, 64} {
			runtime.GOMAXPROCS(processors)
			got := run(more...)
			if want == nil {
				want = got
			}
			simtest.Same(t, fmt.Sprintf("%v, %d processors", way, processors), got, want)
		}
		// What is recorded, and how often, moves no synapse and no rate.
		got := run("record=1", "look.frames=0", "checkpoint.epochs=1")
		for _, name := range []string{"arrays/W.npy", "arrays/H.npy"} {
			if name = filepath.FromSlash(name); got[name] != want[name] {
				t.Errorf("%v: %s depends on what is recorded", way, name)
			}
		}
	}
	t.Logf("%d ways to learn", len(ways))
}

// TestResumeEveryWay goes on with a run of every way to learn: streams, thresholds, what is
// learned beside the synapses, and averages of rules that learn online are part of a
// checkpoint. A campaign.
func TestResumeEveryWay(t *testing.T) {
	suite.Campaign(t)
	for _, way := range simtest.Ways(t) {
		x := way.Experiment(t, "learning.epochs=3")
		whole, dir := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatalf("%v: %v", way, err)
		}
		interrupted(t, x, dir, 2)
		if report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil || report.Resumed != 2 {
			t.Fatalf("%v: %v, %+v", way, err, report)
		}
		simtest.Same(t, fmt.Sprint(way), simtest.Files(t, dir), simtest.Files(t, whole))
	}
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
