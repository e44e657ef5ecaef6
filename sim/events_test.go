package sim_test

import (
	"context"
	"errors"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/simtest"
)

// eventful is a small experiment with events of every kind.
func eventful(t *testing.T, settings ...string) *experiment.Experiment {
	t.Helper()
	return starts(t, append([]string{"learning.epochs=24", "stimulus.count=60", `event=[
		{kind="silence", from=4, until=9, fraction=0.25}, {kind="clamp", from=6, until=8, neurons=[0], rates=[0.5]},
		{kind="stimulate", from=5, until=7, neurons=[1], drive=0.3}, {kind="noise", from=10, until=12, noise="gaussian", sd=0.05},
		{kind="cut", from=12, fraction=0.2}, {kind="cut", from=14, fraction=0.1, choose="weakest"}, {kind="hold", from=16, until=20}]`}, settings...)...)
}

// TestEventsResume ends a run with events after epochs in the middle of events, at their boundaries and
// outside, and demands of the resumed one all the bytes of an uninterrupted one.
func TestEventsResume(t *testing.T) {
	for _, settings := range [][]string{nil, {"recognition.circuit=lca", "learning.rule=subtractive", "recognition.steps=10", "recognition.report=10"}} {
		x := eventful(t, settings...)
		whole := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		want := simtest.Files(t, whole)
		for _, stop := range []int{4, 6, 9, 12, 13, 18} {
			if testing.Short() && stop%6 != 0 {
				continue
			}
			broken := filepath.Join(t.TempDir(), "r")
			ctx, cancel := context.WithCancel(context.Background())
			_, err := sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
				if p.Epoch >= stop {
					cancel()
				}
			}})
			if interrupted := new(outcome.Interrupted); !errors.As(err, &interrupted) {
				t.Fatalf("epoch %d: %v", stop, err)
			}
			if _, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true}); err != nil {
				t.Fatal(err)
			}
			simtest.Same(t, x.Recognition.Circuit, simtest.Files(t, broken), want)
		}
	}
}

// TestLesionIsNoFault silences neurons of a network whose objective never rises: the jump stands in the
// records, at the epochs between which the event begins, and is no rise; what learns afterwards lowers
// the objective, and what is held does not.
func TestLesionIsNoFault(t *testing.T) {
	at := func(r *sim.Result, epoch int) outcome.Record {
		k := slices.IndexFunc(r.Records, func(e outcome.Record) bool { return e.Epoch == epoch })
		if k < 0 {
			t.Fatalf("epoch %d is not recorded", epoch)
		}
		return r.Records[k]
	}
	run := func(events string) *sim.Result {
		r, err := sim.Learn(context.Background(), starts(t, "learning.epochs=60", "record=100", "event="+events), 2)
		if err != nil {
			t.Fatal(err)
		}
		if r.Rises != 0 {
			t.Errorf("%s: the objective rose at %d records", events, r.Rises)
		}
		return r
	}
	free := run(`[{kind="silence", from=33, neurons=[0, 1, 2]}]`)
	held := run(`[{kind="silence", from=33, neurons=[0, 1, 2]}, {kind="hold", from=33}]`)
	before, after := at(free, 33).Objective, at(free, 34).Objective
	if !(after > 1.05*before) {
		t.Errorf("a lesion takes the objective from %v to %v", before, after)
	}
	if d := free.Disturbances()[0]; d.Before != before || d.After != after || d.End != free.Objective || !strings.Contains(d.Says(), "silence neurons 0, 1, 2 after epoch 33") {
		t.Errorf("the event is said to be %+v: %s", d, d.Says())
	}
	if !strings.Contains(free.Why, "A rise that an event explains is not counted.") {
		t.Error(free.Why)
	}
	if !(free.Objective < held.Objective && held.Objective > before) {
		t.Errorf("after a lesion the objective is %v with plasticity, %v without, and was %v", free.Objective, held.Objective, before)
	}
	if !math.IsNaN(at(held, 34).Objective) && at(held, 34).Epoch != 34 {
		t.Error("the epoch after the lesion is recorded")
	}
}

// TestCutIsKept demands of the files of a run that what was cut has no weight, of a rule that adds.
func TestCutIsKept(t *testing.T) {
	x := starts(t, "learning.epochs=6", "stimulus.count=60", "recognition.circuit=lca", "learning.rule=subtractive", "recognition.steps=10", "recognition.report=10",
		`event=[{kind="cut", from=2, synapses=[[3, 0], [3, 1], [7, 63]]}, {kind="cut", from=4, neurons=[5]}]`)
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	w, err := npy.ReadFile(filepath.Join(dir, "arrays", "W.npy"))
	if err != nil {
		t.Fatal(err)
	}
	if w.Row(3)[0] != 0 || w.Row(3)[1] != 0 || w.Row(7)[63] != 0 || slices.Max(w.Row(5)) != 0 || slices.Max(w.Row(3)) == 0 {
		t.Error("what was cut has weights")
	}
}
