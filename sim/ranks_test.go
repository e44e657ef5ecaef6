package sim_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
)

// TestChosenIsTheRun demands that the network that is kept is that of a run with the number of hidden
// neurons that was chosen, bit for bit, whatever other numbers are tried and however many workers.
func TestChosenIsTheRun(t *testing.T) {
	t.Parallel()
	settings := []string{"restarts=2", "learning.epochs=40", "synergies.cycles=1", `measures=["stability"]`}
	alone, err := sim.Learn(context.Background(), synergiesExperiment(t, append(settings, "network.hidden=4")...), 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, among := range []string{"[1,2,3,4,5,6,7]", "[2,4,5,9]"} {
		for _, workers := range []int{1, 3} {
			r, err := sim.Learn(context.Background(), synergiesExperiment(t, append(settings, "network.choose="+among)...), workers)
			if err != nil {
				t.Fatal(err)
			}
			if r.Choice == nil || r.Choice.Tried[r.Choice.Kept].Hidden != 4 || !r.Choice.Fulfilled || r.Experiment.Hidden != 4 || r.Rates.Hidden != 4 {
				t.Fatalf("%s: %v", among, r.Choice)
			}
			if !slices.Equal(r.Synapses, alone.Synapses) || r.Objective != alone.Objective || r.Best != alone.Best || !slices.EqualFunc(r.Starts, alone.Starts, func(a, b outcome.Start) bool { return a.Objective == b.Objective }) {
				t.Errorf("%s, %d workers: another network than with network.hidden = 4", among, workers)
			}
			if !slices.Equal(r.Measures, alone.Measures) {
				t.Errorf("%s: %v, want %v", among, r.Measures, alone.Measures)
			}
			if s := r.Choice.Tried[r.Choice.Kept].Stability.Mean; s != alone.Measures[0].Value {
				t.Errorf("%s: stability %v", among, s)
			}
		}
	}
}

// TestChoiceResumes ends a run that tries five numbers of hidden neurons from two starts after seven
// of the ten, and demands of the resumed one all the bytes of one that was not interrupted; none of
// the seven learns again.
func TestChoiceResumes(t *testing.T) {
	if testing.Short() {
		t.Skip("runs with five numbers of hidden neurons")
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one start after the other
	for _, restarts := range []int{1, 2} {
		x := synergiesExperiment(t, fmt.Sprint("restarts=", restarts), "learning.epochs=20", "synergies.cycles=1", "network.choose=[1,2,3,4,5]", `measures=["stability","mean_cosine"]`, `figures=["svg"]`)
		whole, broken := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		end := 3 * restarts
		_, err := sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
			if p.Epoch >= 20*end+1 {
				cancel()
			}
		}})
		var interrupted *outcome.Interrupted
		if !errors.As(err, &interrupted) || interrupted.Starts != end {
			t.Fatalf("%d starts: %v", restarts, err)
		}
		epochs := 0
		report, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true, Progress: func(sim.Progress) { epochs++ }})
		if err != nil || report.Resumed != end || epochs != 20*(5*restarts-end) {
			t.Fatalf("%d starts: %v, resumed after %d, %d epochs", restarts, err, report.Resumed, epochs)
		}
		simtest.Same(t, fmt.Sprint(restarts, " starts"), simtest.Files(t, broken), simtest.Files(t, whole))
		if _, err := os.Stat(filepath.Join(whole, rundir.StartsFile)); (err == nil) != (restarts > 1) {
			t.Errorf("%d starts: %s: %v", restarts, rundir.StartsFile, err)
		}
	}
}

// TestRanksAreWritten reads the result of each number from the run directory, repeats the run
// from its config, which has the number that was chosen, and finds it finished.
func TestRanksAreWritten(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	x := synergiesExperiment(t, "learning.epochs=40", "synergies.cycles=1", "network.choose=[1,2,3,4,5,6,7,8]", "network.criterion=knee", "restarts=3")
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, rundir.RanksFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if head := strings.Join(rows[0], ","); head != "hidden,start,epochs,E,explained_energy,explained_variance,explained_deviation,line_residual,stability,stability_low,stability_high,held_out,held_out_low,held_out_high,explained_energy_mean,explained_energy_low,explained_energy_high,explained_variance_mean,explained_variance_low,explained_variance_high,explained_deviation_mean,explained_deviation_low,explained_deviation_high,by_linear-fit,by_threshold,by_knee,by_stability,by_held-out,kept" || len(rows) != 9 {
		t.Errorf("%d rows, %s", len(rows), head)
	}
	for k, row := range rows[1:] {
		flags := strings.Join(append(row[23:26], row[28]), "")
		if want := map[bool]string{true: "1111", false: "0000"}[k == 3]; row[0] != fmt.Sprint(k+1) || flags != want {
			t.Errorf("%v, want the flags %s", row, want)
		}
	}
	saved, err := rundir.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if c := saved.Manifest.Chosen; c == nil || c.Hidden != 4 || !c.Fulfilled || len(c.By) != 4 && len(c.By) != 3 || saved.Experiment.Hidden != 4 {
		t.Errorf("%+v, network.hidden = %d", c, saved.Experiment.Hidden)
	}
	if _, err := saved.Outcome(); err != nil {
		t.Error(err)
	}
	again := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), saved.Experiment, again, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	simtest.Same(t, "from its config", simtest.Files(t, again), simtest.Files(t, dir))
	if d := experiment.Diff(x, saved.Experiment); d != nil {
		t.Errorf("the config of the run differs: %v", d)
	}
}

// TestNoNumberFulfils keeps the largest number and says so, where a threshold is not reached.
func TestNoNumberFulfils(t *testing.T) {
	t.Parallel()
	r, err := sim.Learn(context.Background(), synergiesExperiment(t, "learning.epochs=5", "synergies.cycles=1", "network.choose=[1,2]", "network.criterion=threshold", "network.threshold=1"), 1)
	if err != nil {
		t.Fatal(err)
	}
	const want = `no number of hidden neurons of 1, 2 fulfils the criterion "threshold": explained_energy is at most 0.`
	if c := r.Choice; c.Fulfilled || c.Tried[c.Kept].Hidden != 2 || r.Rates.Hidden != 2 || !strings.HasPrefix(c.String(), want) || !strings.HasSuffix(c.String(), "below 1; the largest, 2, was kept") {
		t.Errorf("%v", c)
	}
}

// TestChoiceIsRefused gives keys that go together with no choice, and others that do.
func TestChoiceIsRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ settings, want string }{
		{"network.choose=[1,2,3]", ""},
		{"network.choose=[3,4,5] network.hidden=4", ""},
		{"network.choose=[5] network.criterion=threshold", ""},
		{"network.choose=[3,4,5] network.hidden=6", "network.hidden = 6, and network.choose = [3 4 5] chooses it; allowed is one of these"},
		{"network.choose=[3,2,5]", "network.choose = [3 2 5]; allowed are rising numbers"},
		{"network.choose=[2,3]", `network.choose = [2 3]; allowed for criterion "linear-fit" are at least 3`},
		{"network.choose=[2,3] network.criterion=knee", `allowed for criterion "knee" are at least 3`},
		{"network.criterion=knee", "network.criterion, network.explained, network.threshold, network.folds and network.held-out choose among network.choose, which is []"},
		{"network.threshold=0.8", "choose among network.choose, which is []"},
		{"network.choose=[1,2] network.criterion=stability restarts=2", ""},
		{"network.choose=[1,2] network.criterion=stability", `network.criterion = "stability" with restarts = 1; allowed is restarts of at least 2`},
		{"network.choose=[1,2,3] synapses.path=w.csv", "network.choose with synapses.path or rates.path; allowed"},
		{"network.choose=[1,2,3] look.neurons=1", "look.neurons = [1]; allowed are hidden neurons from 0 to 0"},
		{"network.choose=[1,2,3] recognition.circuit=plastic-inhibition learning.rule=similarity-matching learning.order=recognise-learn", `network.choose with rule "similarity-matching", which predicts no stimuli`},
	} {
		_, err := experiment.Read("a.toml", nil, strings.Fields(c.settings))
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.settings, err, c.want)
		}
	}
	x, err := experiment.Read("a.toml", []byte("network.hidden = 12"), []string{"network.choose=[3,4,5]"})
	if err != nil || x.Hidden != 5 {
		t.Errorf("a number of the text, and numbers to choose among: %v, %v", x, err)
	}
	if _, err := experiment.Read("a.toml", []byte("network.hidden = 12\nnetwork.choose = [3, 4, 5]"), nil); err == nil {
		t.Error("a text with a number that is none of those to choose among")
	}
}

// TestFolds hides entries: with every number of hidden neurons the same ones, which are predicted best by
// as many as there are synergies. The other numbers stay as they are without folds, whatever the number
// of workers; a run that is interrupted among the folds goes on to the same bytes.
func TestFolds(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	settings := []string{"learning.epochs=80", "synergies.cycles=1", "synergies.noise=0.3", "network.choose=[1,2,3,4,5,6]", "restarts=2"}
	plain, err := sim.Learn(context.Background(), synergiesExperiment(t, settings...), 1)
	if err != nil {
		t.Fatal(err)
	}
	settings = append(settings, "network.folds=4", "network.criterion=held-out")
	var first *sim.Result
	for _, workers := range []int{1, 3} {
		r, err := sim.Learn(context.Background(), synergiesExperiment(t, settings...), workers)
		if err != nil {
			t.Fatal(err)
		}
		for k, now := range r.Choice.Tried {
			was := plain.Choice.Tried[k]
			if now.Shares != was.Shares || now.Stability.Mean != was.Stability.Mean {
				t.Errorf("%d hidden neurons: %+v with folds, %+v without", now.Hidden, now, was)
			}
			if e := now.HeldOut; e.Runs != 4 || !(e.Mean < now.Deviation) || first != nil && e != first.Choice.Tried[k].HeldOut {
				t.Errorf("%d hidden neurons, %d workers: hidden entries %+v, %v explained", now.Hidden, workers, e, now.Deviation)
			}
		}
		if c := r.Choice; !c.Fulfilled || c.Tried[c.Kept].Hidden != 4 {
			t.Errorf("%v", c)
		}
		first = r
	}
	if testing.Short() {
		return
	}
	x := synergiesExperiment(t, settings...)
	whole, broken := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	_, err = sim.Run(ctx, x, broken, sim.Options{Progress: func(p sim.Progress) {
		if p.Epoch >= 80*20 { // of 36 attempts, the first twelve of which are starts
			cancel()
		}
	}})
	var interrupted *outcome.Interrupted
	if !errors.As(err, &interrupted) || interrupted.Starts < 16 || interrupted.Starts > 20 {
		t.Fatal(err)
	}
	report, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true})
	if err != nil || report.Resumed != interrupted.Starts {
		t.Fatalf("%v, resumed after %d", err, report.Resumed)
	}
	simtest.Same(t, "folds", simtest.Files(t, broken), simtest.Files(t, whole))
}

// TestFoldsAreRefused gives folds that mean nothing, and a rule that cannot learn from a part of the
// entries.
func TestFoldsAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ settings, want string }{
		{"network.folds=3", "choose among network.choose, which is []"},
		{"network.choose=[1,2,3] network.folds=1", "network.folds = 1 with"},
		{"network.choose=[1,2,3] network.criterion=held-out", "network.folds = 0 with network.criterion = \"held-out\"; allowed are folds of at least 2"},
	} {
		if _, err := experiment.Read("a.toml", nil, strings.Fields(c.settings)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", c.settings, err, c.want)
		}
	}
	x, err := experiment.Read("a.toml", nil, strings.Fields("stimulus.generator=bars stimulus.count=50 network.choose=[2,3,4] network.folds=2 learning.epochs=2 recognition.circuit=spike-by-spike learning.rule=spike-by-spike figures=[] look.frames=0"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sim.Learn(context.Background(), x, 1); err == nil || !strings.HasPrefix(err.Error(), "network.folds: ") {
		t.Errorf("%v", err)
	}
}

// TestGroupsChoose lets groups that learn alone choose their numbers of hidden neurons, each for itself:
// of walking, in which four synergies are active, and of running, which lacks one.
func TestGroupsChoose(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	x := synergiesExperiment(t, "learning.epochs=100", "synergies.cycles=2", "synergies.missing=2", "synergies.noise=0.05",
		"network.choose=[1,2,3,4,5,6,7]", "groups.by=condition", "groups.learn=alone")
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.RunGroups(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	for condition, want := range map[string]int{"walking": 4, "running": 3} {
		saved, err := rundir.Open(filepath.Join(dir, "groups", condition))
		if err != nil {
			t.Fatal(err)
		}
		if c := saved.Manifest.Chosen; c == nil || c.Hidden != want || saved.Experiment.Hidden != want {
			t.Errorf("%s: %+v, want %d", condition, c, want)
		}
	}
}
