package sim_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/proof"
	"partsnet/sim/simtest"
)

// synergyGroups are the settings of muscle synergies whose conditions learn alone.
var synergyGroups = []string{
	"stimulus.generator=synergies", "network.hidden=4", "recognition.circuit=lateral-inhibition", "learning.rule=gaussian", "learning.order=recognise-learn",
	"groups.by=condition", "groups.learn=alone", "figures=[]",
}

// tinyGroups is a run of two groups that ends at once.
func tinyGroups(t *testing.T, more ...string) *experiment.Experiment {
	t.Helper()
	return simtest.Experiment(t, append(append(synergyGroups[:len(synergyGroups):len(synergyGroups)],
		"synergies.cycles=1", "learning.epochs=6", "checkpoint.epochs=2", "groups.shuffles=20"), more...)...)
}

// TestGroupsAreRuns demands of the run of each group that it is the run of its config, and of all
// that they are what is learned in memory, with any number of workers.
func TestGroupsAreRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	x, dir := tinyGroups(t, "synergies.cycles=2", "groups.by=trial", "restarts=2"), filepath.Join(t.TempDir(), "r")
	report, err := sim.RunGroups(context.Background(), x, dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(report.Members) != 2 || report.Members[0].Folder != "step-1" || report.Members[0].Stimuli != 200 {
		t.Fatalf("%d groups, the first %+v", len(report.Members), report.Members[0].Group)
	}
	for _, workers := range []int{1, 2, 5} {
		g, err := sim.LearnGroups(context.Background(), x, workers)
		if err != nil {
			t.Fatal(err)
		}
		for k, m := range g.Members {
			if of := report.Members[k]; !slices.Equal(m.Synapses, of.Synapses) || m.Objective != of.Objective {
				t.Errorf("%d workers: group %s has learned other synapses in memory, to %v and %v", workers, m.Name, m.Objective, of.Objective)
			}
		}
		if g.Matching.Pairs[0].Mean != report.Matching.Pairs[0].Mean || g.Matching.Pairs[0].P != report.Matching.Pairs[0].P {
			t.Errorf("%d workers: other likeness", workers)
		}
	}
	one := filepath.Join(t.TempDir(), "one")
	y, err := experiment.ReadResolved("config.toml", []byte(read(t, dir, "groups/step-2/config.toml")))
	if err != nil {
		t.Fatal(err)
	}
	if y.Groups.Only != "step 2" {
		t.Errorf("groups.only = %q", y.Groups.Only)
	}
	if _, err := sim.Run(context.Background(), y, one, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	simtest.Same(t, "a group by its own config", simtest.Files(t, one), simtest.Files(t, filepath.Join(dir, "groups", "step-2")))
	if v, err := sim.Verify(context.Background(), dir, nil); err != nil || v.Verdict != proof.Same || v.Files < 20 {
		t.Errorf("verify: %v, %+v", err, v)
	}
	changed := filepath.Join(dir, "groups", "step-1", "W.csv")
	if err := os.WriteFile(changed, []byte(read(t, dir, "groups/step-1/W.csv")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if v, err := sim.Verify(context.Background(), dir, nil); err != nil || v.Verdict != proof.Different || !strings.Contains(strings.Join(v.Details, ";"), "groups/step-1/W.csv was changed") {
		t.Errorf("verify of a changed group: %v, %+v", err, v)
	}
	if _, err := sim.Run(context.Background(), x, one+"2", sim.Options{}); err == nil {
		t.Error("groups are run as one network")
	}
}

// TestGroupsDoNotMoveEachOther demands that a group learns the same beside others and by itself.
func TestGroupsDoNotMoveEachOther(t *testing.T) {
	two, err := sim.LearnGroups(context.Background(), tinyGroups(t, "synergies.cycles=2", "groups.by=recording"), 1)
	if err != nil {
		t.Fatal(err)
	}
	one, err := sim.Learn(context.Background(), tinyGroups(t, "synergies.cycles=2", "groups.by=recording", `groups.only="running, step 1"`), 1)
	if err != nil {
		t.Fatal(err)
	}
	k := slices.IndexFunc(two.Members, func(m outcome.Member) bool { return m.Name == "running, step 1" })
	if !slices.Equal(one.Synapses, two.Members[k].Synapses) {
		t.Error("a group learns otherwise beside others")
	}
}

// TestGroupsResume ends a run of groups at several epochs, also twice, and demands of the resumed one
// all bytes of an undisturbed one, and that finished groups do not learn again. The suite takes two
// of seven, campaigns all.
func TestGroupsResume(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks, again and again")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one group after the other
	x := tinyGroups(t, `figures=["svg"]`)
	whole := filepath.Join(t.TempDir(), "r")
	if _, err := sim.RunGroups(context.Background(), x, whole, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	want := simtest.Files(t, whole)
	all := [][]int{{2, 8}, {6}, {1}, {3}, {7}, {11}, {3, 5}}
	for _, ends := range all[:suite.Cases(2, len(all))] {
		dir := filepath.Join(t.TempDir(), "r")
		for _, end := range ends {
			ctx, cancel := context.WithCancel(context.Background())
			_, err := sim.RunGroups(ctx, x, dir, sim.Options{Resume: true, Progress: func(p sim.Progress) {
				if p.Epoch >= end {
					cancel()
				}
			}})
			cancel()
			if e := new(outcome.Interrupted); !errors.As(err, &e) || e.Dir != dir+".partial" {
				t.Fatalf("ended at %v: %v", ends, err)
			}
			notHalf(t, fmt.Sprint("ended at ", end), dir+".partial")
		}
		first := 0
		report, err := sim.RunGroups(context.Background(), x, dir, sim.Options{Resume: true, Progress: func(p sim.Progress) {
			if first == 0 {
				first = p.Epoch
			}
		}})
		if err != nil {
			t.Fatalf("ended at %v: %v", ends, err)
		}
		if last := ends[len(ends)-1]; report.Finished != (last-1)/6 || first != last+1 {
			t.Errorf("ended at %v: %d groups had been learned, and the first epoch is %d", ends, report.Finished, first)
		}
		simtest.Same(t, fmt.Sprint("ended at ", ends), simtest.Files(t, dir), want)
		if v, err := sim.Verify(context.Background(), dir, nil); err != nil || v.Verdict != proof.Same {
			t.Errorf("ended at %v: verify: %v, %+v", ends, err, v)
		}
	}
}

// TestGroupsTime resumes a run of which two groups have learned side by side for 1000 s, and demands
// that these are not added.
func TestGroupsTime(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one group after the other
	x, dir := tinyGroups(t, "synergies.cycles=2", "groups.by=recording"), filepath.Join(t.TempDir(), "r")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	_, err := sim.RunGroups(ctx, x, dir, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch >= 14 {
			cancel()
		}
	}})
	if !errors.As(err, new(*outcome.Interrupted)) {
		t.Fatal(err)
	}
	finished, err := filepath.Glob(filepath.Join(dir+".partial", "groups", "*", "manifest.json"))
	if err != nil || len(finished) != 2 {
		t.Fatalf("%v: %q", err, finished)
	}
	seconds := regexp.MustCompile(`"seconds": [^,\n]*`)
	for _, path := range finished {
		text, err := os.ReadFile(path)
		if err != nil || len(seconds.FindAll(text, -1)) != 1 {
			t.Fatalf("%v: %s", err, text)
		}
		if err := os.WriteFile(path, seconds.ReplaceAll(text, []byte(`"seconds": 1000`)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	report, err := sim.RunGroups(context.Background(), x, dir, sim.Options{Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	if s := report.Elapsed.Seconds(); report.Finished != 2 || s <= 1000 || s >= 1999 {
		t.Errorf("%d groups had learned, and all took %v s", report.Finished, s)
	}
}

// TestGroupsResumeOnlyTheirOwn refuses to continue groups as one network, with another config, and one
// network as groups.
func TestGroupsResumeOnlyTheirOwn(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	end := func(x *experiment.Experiment, dir string) {
		t.Helper()
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		o := sim.Options{Progress: func(sim.Progress) { cancel() }}
		var err error
		if x.Apart() {
			_, err = sim.RunGroups(ctx, x, dir, o)
		} else {
			_, err = sim.Run(ctx, x, dir, o)
		}
		if e := new(outcome.Interrupted); !errors.As(err, &e) || e.Dir == "" {
			t.Fatal(err)
		}
	}
	apart, other, single := tinyGroups(t), tinyGroups(t, "seed=2"), tinyGroups(t, "groups.learn=concatenated", "groups.shuffles=1000")
	for _, c := range []struct{ was, is *experiment.Experiment }{{apart, other}, {apart, single}, {single, apart}} {
		dir := filepath.Join(t.TempDir(), "r")
		end(c.was, dir)
		err := anyRun(c.is, dir, sim.Options{Resume: true})
		if err == nil || !strings.Contains(err.Error(), "cannot be continued: the config differs") {
			t.Errorf("%v", err)
		}
		if err := anyRun(c.was, dir, sim.Options{Resume: true}); err != nil {
			t.Errorf("the run itself cannot be continued any more: %v", err)
		}
	}
}

// TestGroupsFaults lets the disk fail while groups learn: at every 67th operation, with campaigns at
// every 29th, and with the full campaign at all.
func TestGroupsFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: a fault at many operations, and each run resumed")
	}
	stride := suite.Cases(67, 29)
	if suite.Full() {
		stride = 1
	}
	faults(t, tinyGroups(t), stride)
}

// TestStoredSynergies learns from ten people who walk, each alone, and matches what they learned with
// the synergies that the source of the data stores: those of whom it stores as many as they have learned are
// all found again with a cosine of 0.95.
func TestStoredSynergies(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: ten people and five starts")
	}
	path := shared.Path(t, "data", "emg-synergies", "emg-walking-10-subjects-csv.zip")
	x := simtest.Experiment(t, append(synergyGroups[2:len(synergyGroups):len(synergyGroups)], "stimulus.path="+path, "stimulus.header=no", "stimulus.transpose=true", "groups.files={subject}_TW_{trial}_V.csv",
		"groups.by=subject", "groups.parts={subject}_TW_{trial}_M.csv", "network.hidden=5", "restarts=5", "learning.epochs=1000", "groups.shuffles=50")...)
	g, err := sim.LearnGroups(context.Background(), x, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Stored) != 10 {
		t.Fatalf("%d tables of stored synergies, want 10", len(g.Stored))
	}
	for _, s := range g.Stored {
		if lowest, _ := s.Lowest(); len(s.Names) == 5 && !(lowest >= 0.95) {
			t.Errorf("%s: cosines of stored synergies %.3f", g.Members[s.Group].Name, s.Recovery.Cosine)
		}
	}
}

// TestTheMissingSynergyIsNamed leaves the third synergy, early swing, out of running and demands that
// the part of walking that learned it, and no other, is missing in running, where both learn alone, and
// that the hidden neuron that learned it, and no other, is silent in running, where they learn together:
// for 25 seeds of 25. The suite takes three, campaigns all.
func TestTheMissingSynergyIsNamed(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	const tibialis = 8 // the strongest muscle of early swing, which no other synergy drives as much
	for seed := range suite.Cases(3, 25) {
		x := simtest.Experiment(t, append(synergyGroups[:len(synergyGroups):len(synergyGroups)], "synergies.missing=3", "learning.epochs=1000", fmt.Sprint("seed=", seed), "groups.shuffles=200")...)
		g, err := sim.LearnGroups(context.Background(), x, 0)
		if err != nil {
			t.Fatal(err)
		}
		missing := g.Missing()
		if len(missing) != 1 || g.Reference().Name != "walking" || g.Members[missing[0].Group].Name != "running" {
			t.Errorf("seed %d: missing are %+v", seed, missing)
			continue
		}
		part := g.Members[0].Synapses[missing[0].Reference*13 : (missing[0].Reference+1)*13]
		if slices.Index(part, slices.Max(part)) != tibialis {
			t.Errorf("seed %d: part %d is missing, %.2f", seed, missing[0].Reference, part)
		}
		learn := func(missing int) []outcome.Silent {
			x := simtest.Experiment(t, append(synergyGroups[:len(synergyGroups):len(synergyGroups)], fmt.Sprint("synergies.missing=", missing), "groups.learn=concatenated", "learning.epochs=1000", fmt.Sprint("seed=", seed))...)
			r, err := sim.Learn(context.Background(), x, 0)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range r.Silent() {
				if part := r.Synapses[s.Neuron*13 : (s.Neuron+1)*13]; r.Fits[s.Group].Name != "running" || r.Fits[s.Most].Name != "walking" || slices.Index(part, slices.Max(part)) != tibialis {
					t.Errorf("seed %d: hidden neuron %d is silent in %s, %.2f", seed, s.Neuron, r.Fits[s.Group].Name, part)
				}
			}
			return r.Silent()
		}
		if some, none := learn(3), learn(0); len(some) != 1 || none != nil {
			t.Errorf("seed %d: learned together, silent are %+v, and %+v where nothing is missing", seed, some, none)
		}
		whole, err := sim.LearnGroups(context.Background(), simtest.Experiment(t, append(synergyGroups[:len(synergyGroups):len(synergyGroups)], "learning.epochs=1000", fmt.Sprint("seed=", seed), "groups.shuffles=200")...), 0)
		if err != nil {
			t.Fatal(err)
		}
		if missing := whole.Missing(); missing != nil {
			t.Errorf("seed %d: %+v are missing where nothing is", seed, missing)
		}
	}
}
