package sim_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
)

// brief are settings of a bootstrap that takes no time.
func brief(more ...string) []string {
	return append([]string{"synergies.cycles=3", "learning.epochs=60", "bootstrap.epochs=20", "bootstrap.repeats=20"}, more...)
}

// TestBootstrapWorkers demands the same bits for any number of workers, and of the run those of one
// without a bootstrap.
func TestBootstrapWorkers(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	plain, err := sim.Learn(context.Background(), synergiesExperiment(t, "synergies.cycles=3", "learning.epochs=60"), 1)
	if err != nil {
		t.Fatal(err)
	}
	var want *outcome.Bootstrap
	for _, workers := range []int{1, 3} {
		r, err := sim.Learn(context.Background(), synergiesExperiment(t, brief()...), workers)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(r.Synapses, plain.Synapses) || !reflect.DeepEqual(r.Measures, plain.Measures) {
			t.Errorf("%d workers: a bootstrap changes what the run learns", workers)
		}
		if want == nil {
			want = r.Bootstrap
		}
		if !reflect.DeepEqual(r.Bootstrap, want) {
			t.Errorf("%d workers: other intervals than with one", workers)
		}
	}
	if want.Over != "recordings" || want.Units != 6 || want.Repeats != 20 || !slices.Equal(want.Matched, []int{20, 20, 20, 20}) {
		t.Errorf("%s; found in %v", want, want.Matched)
	}
	for i, w := range plain.Synapses {
		if low, high := want.Low[i], want.High[i]; !(0 <= low && low <= w && w <= high) || low > 0 && math.Abs((low+high)/2-w) > 1e-9 {
			t.Errorf("weight %d: %v, interval %v to %v", i, w, low, high)
		}
	}
}

// TestIntervalsGrowWithNoise compares steps that differ in amplitudes alone, of which parts of unit
// length know nothing, with steps that have noise as well: without it the standard errors of the
// strong weights are less than a tenth, what learning has not yet settled.
func TestIntervalsGrowWithNoise(t *testing.T) {
	if testing.Short() {
		t.Skip("learns for a second")
	}
	t.Parallel()
	errors := map[string]float64{}
	for _, noise := range []string{"0", "0.1"} {
		r, err := sim.Learn(context.Background(), synergiesExperiment(t, "synergies.noise="+noise, "stimulus.average=true", "synergies.cycles=2", "learning.epochs=3000", "bootstrap.epochs=200", "bootstrap.repeats=20"), 0)
		if err != nil {
			t.Fatal(err)
		}
		unit, length := measure.Unit(r.Synapses, r.Visible)
		strong := 0.0
		for i, s := range r.Bootstrap.Error {
			if unit[i] > 0.1 {
				strong += s / length[i/r.Visible]
			}
		}
		errors[noise] = strong
	}
	if errors["0"] > errors["0.1"]/10 {
		t.Errorf("the sum of the standard errors %v without noise, %v with it", errors["0"], errors["0.1"])
	}
}

// TestBootstrapResumes ends a run in the middle of its bootstrap, and demands of the resumed one all the
// bytes of one that was not interrupted.
func TestBootstrapResumes(t *testing.T) {
	if testing.Short() {
		t.Skip("draws figures four times")
	}
	t.Parallel()
	for _, restarts := range []int{1, 2} {
		x := synergiesExperiment(t, brief(fmt.Sprint("restarts=", restarts), `figures=["svg"]`)...)
		whole, broken := filepath.Join(t.TempDir(), "r"), filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, whole, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		_, err := sim.Run(ctx, x, broken, sim.Options{Stage: func(what string) {
			if strings.HasPrefix(what, "learning again") {
				cancel()
			}
		}})
		if interrupted := new(outcome.Interrupted); !errors.As(err, &interrupted) || interrupted.Dir == "" {
			t.Fatalf("%d starts: %v", restarts, err)
		}
		epochs := 0
		if _, err := sim.Run(context.Background(), x, broken, sim.Options{Resume: true, Progress: func(sim.Progress) { epochs++ }}); err != nil || epochs != 0 {
			t.Fatalf("%d starts: %v; the first layer learned for %d epochs again", restarts, err, epochs)
		}
		simtest.Same(t, fmt.Sprint(restarts, " starts"), simtest.Files(t, broken), simtest.Files(t, whole))
	}
}

// TestIntervalsAreWritten reads intervals from the arrays and the table of a run directory.
func TestIntervalsAreWritten(t *testing.T) {
	t.Parallel()
	x := synergiesExperiment(t, brief("bootstrap.level=0.9")...)
	dir := filepath.Join(t.TempDir(), "r")
	report, err := sim.Run(context.Background(), x, dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	saved, err := rundir.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	o, err := saved.Outcome()
	if err != nil {
		t.Fatal(err)
	}
	want := *report.Bootstrap
	errors := want.Error
	want.Error = nil // in the table alone
	if !reflect.DeepEqual(*o.Bootstrap, want) {
		t.Errorf("read %+v, want %+v", *o.Bootstrap, want)
	}
	f, err := os.Open(filepath.Join(dir, rundir.IntervalsFile))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if head := strings.Join(rows[0], ","); head != "hidden neuron,visible neuron,weight,low,high,standard error,found in repeats" || len(rows) != 1+4*13 {
		t.Fatalf("%d rows, %s", len(rows), head)
	}
	for i, row := range rows[1:] {
		if row[0] != fmt.Sprint(i/13) || row[1] != o.Stimuli.Neurons[i%13] || row[6] != fmt.Sprint(want.Matched[i/13]) {
			t.Errorf("row %d: %v", i, row)
		}
		for c, x := range []float64{o.Synapses()[i], want.Low[i], want.High[i], errors[i]} {
			if y, err := strconv.ParseFloat(row[2+c], 64); err != nil || y != x {
				t.Errorf("row %d: %v, want %v in column %d", i, row, x, 2+c)
			}
		}
	}
	m := saved.Manifest
	if b := m.Bootstrap; b == nil || b.Level != 0.9 || len(b.Measures) == 0 || b.Measures["explained_variance"].Low >= m.Measures["explained_variance"] || b.Measures["explained_variance"].High > 1 {
		t.Errorf("%+v", m.Bootstrap)
	}
}

// TestBootstrapOver draws recordings, stimuli and blocks of stimuli, and refuses what cannot be drawn.
func TestBootstrapOver(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	table := tempfile.Write(t, "v.csv", "1,2\n2,1\n3,1\n1,4\n5,2\n")
	own := []string{"stimulus.path=" + table, "network.hidden=1", "learning.epochs=60", "bootstrap.epochs=20", "bootstrap.repeats=20", "measures=[]"}
	for _, c := range []struct {
		settings   []string
		over, fail string
		units      int
	}{
		{brief(), "recordings", "", 6},
		{brief("bootstrap.over=stimuli"), "stimuli", "", 600},
		{brief("bootstrap.over=stimuli", "bootstrap.block=50"), "blocks of 50 stimuli", "", 12},
		{brief("bootstrap.block=50"), "", "bootstrap.block = 50: whole recordings are drawn; allowed is 1", 0},
		{brief("bootstrap.over=stimuli", "bootstrap.block=301"), "", "has 600 stimuli; allowed is at most half as many", 0},
		{brief("stimulus.average=true"), "recordings", "", 6},
		{brief("stimulus.average=true", "synergies.cycles=1"), "", "at least two of each", 0},
		{own, "stimuli", "", 5},
		{append(own, "bootstrap.over=recordings"), "", "is not made of several recordings; allowed is \"stimuli\"", 0},
		{append(own, "stimulus.average=true"), "", "stimulus.average = true", 0},
	} {
		r, err := sim.Learn(context.Background(), synergiesExperiment(t, c.settings...), 0)
		switch {
		case c.fail != "":
			if request := new(experiment.RequestError); !errors.As(err, &request) || !strings.Contains(err.Error(), c.fail) {
				t.Errorf("%v: %v, want %q", c.settings, err, c.fail)
			}
		case err != nil:
			t.Errorf("%v: %v", c.settings, err)
		case r.Bootstrap.Over != c.over || r.Bootstrap.Units != c.units:
			t.Errorf("%v: %d %s, want %d %s", c.settings, r.Bootstrap.Units, r.Bootstrap.Over, c.units, c.over)
		}
	}
}
