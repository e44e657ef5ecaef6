package sim_test

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/npy"
	"partsnet/sim/proof"
	"partsnet/sim/simtest"
)

// TestStack learns three layers above each other, in both precisions: every layer has the
// shape it should, joint learning explains the stimuli better than the layers learned
// one by one, the same seed gives the same bytes, and a run that is interrupted while the
// first layer learns ends with them.
func TestStack(t *testing.T) {
	for _, precision := range []string{"float32", "float64"} {
		if testing.Short() && precision == "float32" {
			continue
		}
		x := simtest.Tiny(precision)
		x.Look.Frames, x.Learning.Epochs = 0, 40
		x.Stack.Hidden, x.Stack.Joint = []int{4, 3}, 30
		dir := filepath.Join(t.TempDir(), "r")
		report, err := sim.Run(context.Background(), x, dir, sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(report.Stack) != 3 || report.Stack[2].Hidden != 3 {
			t.Fatalf("the report has the layers %+v", report.Stack)
		}
		if greedy := report.Stack[2].Through; !(report.Joint < greedy) || !(report.Joint > 0) {
			t.Errorf("together the layers leave D = %v, one by one %v", report.Joint, greedy)
		}
		for name, shape := range map[string][2]int{"stack-W1": {5, 64}, "stack-W2": {4, 5}, "stack-W3": {3, 4}, "stack-H": {70, 3}} {
			set, err := npy.ReadFile(filepath.Join(dir, "arrays", name+".npy"))
			if err != nil {
				t.Fatal(err)
			}
			if set.Rows() != shape[0] || set.Cols() != shape[1] {
				t.Errorf("%s is %d×%d, want %d×%d", name, set.Rows(), set.Cols(), shape[0], shape[1])
			}
		}
		want := simtest.Files(t, dir)
		if !strings.HasPrefix(want["stack.csv"], "layer,hidden,D,D_through\n1,5,") || !strings.Contains(want["stack.csv"], "\njoint,,,") {
			t.Errorf("stack.csv is\n%s", want["stack.csv"])
		}
		again := filepath.Join(t.TempDir(), "r")
		interrupted, cancel := context.WithCancel(context.Background())
		_, err = sim.Run(interrupted, x, again, sim.Options{Progress: func(p sim.Progress) {
			if p.Epoch == 20 {
				cancel()
			}
		}})
		if err == nil {
			t.Fatal("the run was not interrupted")
		}
		if _, err := sim.Run(context.Background(), x, again, sim.Options{Resume: true}); err != nil {
			t.Fatal(err)
		}
		simtest.Same(t, precision, simtest.Files(t, again), want)
	}
}

// TestStackThatPredictsNothing learns two layers by a circuit that does not predict: a
// visible neuron fires to which no synapse leads, so that the loss through both layers is
// infinite. The run is written all the same.
func TestStackThatPredictsNothing(t *testing.T) {
	x := simtest.Experiment(t, "seed=685", "figures=[]", "look.frames=0", "stimulus.count=11", "stimulus.side=8", "network.hidden=1", "stack.hidden=[3]",
		"recognition.circuit=plastic-inhibition", "learning.rule=foldiak", "learning.epochs=2")
	dir := filepath.Join(t.TempDir(), "r")
	report, err := sim.Run(context.Background(), x, dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if through := report.Stack[1].Through; !math.IsInf(through, 1) {
		t.Errorf("a seed is wanted that predicts nothing; the loss is %v", through)
	}
	if v, err := sim.Verify(context.Background(), dir, nil); err != nil || v.Verdict != proof.Same {
		t.Errorf("%v, %+v", err, v)
	}
}
