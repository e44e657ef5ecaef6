package sim_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/experiment"
)

// TestProcessors demands the same bytes of every file for 1, 2, 3, 8 and 64 processors,
// more than there are blocks, of every way to learn, with relaxed steps, compared
// constraints and whatever is recorded; and from run to run. PARTSNET_CAMPAIGN=full takes
// every order and size of batch as well, in both precisions.
func TestProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	ways := waysToLearn(t)
	for k, way := range ways {
		run := func(more ...string) map[string]string {
			x := way.experiment(t, more...)
			dir := filepath.Join(t.TempDir(), "r")
			if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
				t.Fatalf("%v: %v", way, err)
			}
			return withoutProcessors(t, outputs(t, dir))
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
			same(t, fmt.Sprintf("%v, %d processors", way, processors), got, want)
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
// checkpoint.
func TestResumeEveryWay(t *testing.T) {
	for _, way := range waysToLearn(t) {
		x := way.experiment(t, "learning.epochs=3")
		whole, dir := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatalf("%v: %v", way, err)
		}
		interrupted(t, x, dir, 2)
		if report, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil || report.Resumed != 2 {
			t.Fatalf("%v: %v, %+v", way, err, report)
		}
		same(t, fmt.Sprint(way), outputs(t, dir), outputs(t, whole))
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

// way is a way to learn, as settings.
type way []string

// experiment returns a run that ends at once and learns in this way.
func (w way) experiment(t *testing.T, more ...string) *experiment.Experiment {
	t.Helper()
	says := func(what string) bool { return strings.Contains(strings.Join(w, " "), what) }
	base := []string{"network.hidden=5", "figures=[]", "stimulus.count=70", "stimulus.side=8", "learning.epochs=2", "record=2", "look.frames=5"}
	if says("topics") {
		base[len(base)-1] = "look.frames=0"
	}
	// Its usual rate is too large for counts, and refused.
	if says("topics") && says("learning.rule=divisive-modulation") {
		base = append(base, "learning.rate=0.005")
	}
	x, err := experiment.Read("a way to learn", nil, append(append(base, w...), more...))
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// leastWays is what a list of ways to learn has at the least: nothing is tried by a list
// that has become empty.
const leastWays = 60

// waysToLearn returns every circuit with every rule, order and size of batch with which it
// can learn, of dense stimuli and of counts, in both precisions, and some with relaxed
// steps. The short form takes the first order and the usual batch, in turn in one precision
// and the other.
func waysToLearn(t *testing.T) (all []way) {
	t.Helper()
	full := os.Getenv("PARTSNET_CAMPAIGN") == "full"
	for _, c := range network.Circuits[float64]() {
		for _, r := range learning.Rules[float64]() {
			found := len(all)
			for _, order := range network.Orders() {
				for _, batch := range []string{"", "learning.batch=1", "learning.batch=7"} {
					w := way{"recognition.circuit=" + c.Name(), "learning.rule=" + r.Name(), "learning.order=" + order}
					if batch != "" {
						w = append(w, batch)
					}
					if _, err := experiment.Read("", nil, w); err != nil {
						continue // the error says why they cannot learn together
					}
					if relaxed := append(w[:len(w):len(w)], "learning.relaxation=1.5"); len(all)%4 == 0 {
						if _, err := experiment.Read("", nil, relaxed); err == nil {
							w = relaxed
						}
					}
					if len(all) > found && !full {
						continue
					}
					for _, generator := range []string{"faces", "topics"} {
						precisions := []string{"float64", "float32"}
						if !full {
							precisions = precisions[len(all)/3%2:][:1]
						}
						for _, precision := range precisions {
							all = append(all, append(w[:len(w):len(w)], "stimulus.generator="+generator, "precision="+precision))
						}
					}
				}
			}
		}
	}
	if len(all) < leastWays {
		t.Fatalf("%d ways to learn; at least %d are expected", len(all), leastWays)
	}
	return all
}
