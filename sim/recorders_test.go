package sim_test

import (
	"context"
	"encoding/csv"
	"errors"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/record"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
)

// recorders is a tiny run that records something of every kind.
func recorders(t *testing.T, precision string) *experiment.Experiment {
	t.Helper()
	x := simtest.Tiny(precision)
	if err := x.Set(`recorder=[{every=2, stimuli=[7,2]}, {of="prediction", stimuli=[2], every=7}, {of="error", stimuli=[2], neurons=[63,5], every=7},
		{of="error-units", stimuli=[2], every=14}, {of="generative", name="parts", neurons=[4,1], onto=[10,20,30], every=3}, {of="synapses", every=14}]`); err != nil {
		t.Fatal(err)
	}
	return x
}

// made runs an experiment and returns its directory and files.
func recordedRun(t *testing.T, x *experiment.Experiment) (string, map[string]string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir, simtest.Files(t, dir)
}

func readArray(t *testing.T, path ...string) *npy.Array {
	t.Helper()
	a, err := npy.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestRecorders compares the last frame of every kind of recorder with the arrays of the run, and
// the axes with what was asked for.
func TestRecorders(t *testing.T) {
	dir, _ := recordedRun(t, recorders(t, "float64"))
	w, h := readArray(t, dir, "arrays", "W.npy"), readArray(t, dir, "arrays", "H.npy")
	at := func(name string, shape ...int) *npy.Array {
		a := readArray(t, dir, "recorded", name+".npy")
		if !slices.Equal(a.Shape, shape) {
			t.Fatalf("%s has the shape %v, want %v", name, a.Shape, shape)
		}
		return a
	}
	rates := at("hidden", 8, 2, 5)
	if last := rates.Row(7); !slices.Equal(last[:5], h.Row(7)) || !slices.Equal(last[5:], h.Row(2)) {
		t.Errorf("the last rates are %v; those of the run %v and %v", last, h.Row(7), h.Row(2))
	}
	if slices.Equal(rates.Row(0), rates.Row(7)) {
		t.Error("the rates are the same at the start and at the end")
	}
	if all := at("synapses", 2, 5, 64); !slices.Equal(all.Row(1), w.Values) {
		t.Error("the last synapses are not those of the run")
	}
	parts := at("parts", 5, 2, 3) // epochs 0, 3, …, 12
	if slices.Equal(parts.Row(0), parts.Row(4)) {
		t.Error("the synapses have not changed")
	}
	p, e, units := at("prediction", 3, 1, 64), at("error", 3, 1, 2), at("error-units", 2, 1, 64)
	for j := range 64 {
		want := 0.0
		for a := range 5 {
			want += h.Row(2)[a] * w.Row(a)[j]
		}
		if got := p.Row(2)[j]; got < want*(1-1e-12) || got > want*(1+1e-12) {
			t.Errorf("visible neuron %d is predicted at %v, want %v", j, got, want)
		}
	}
	// Error and quotient tell the same stimulus.
	for k, j := range []int{63, 5} {
		v, again := e.Row(2)[k]+p.Row(2)[j], units.Row(1)[j]*p.Row(2)[j]
		if d := v - again; d > 1e-12 || d < -1e-12 {
			t.Errorf("visible neuron %d is shown at %v by its error and at %v by its error unit", j, v, again)
		}
	}
	f, err := os.Open(filepath.Join(dir, "recorded", "axes.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range table {
		if row[0] == "parts.npy" {
			got = append(got, strings.Join(row[1:5], " "))
		}
	}
	want := []string{"numbers synapse hidden→visible  ", "0 epoch 0 0", "0 epoch 1 3", "0 epoch 2 6", "0 epoch 3 9", "0 epoch 4 12",
		"1 from hidden neuron 0 4", "1 from hidden neuron 1 1", "2 onto visible neuron 0 10", "2 onto visible neuron 1 20", "2 onto visible neuron 2 30"}
	if !slices.Equal(got, want) {
		t.Errorf("axes of the parts are %q, want %q", got, want)
	}
	m, err := rundir.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"hidden.npy", "synapses.npy", "axes.csv"} {
		sum, err := record.FileSum(filepath.Join(dir, "recorded", name))
		if err != nil || m.Files["recorded/"+name] != sum {
			t.Errorf("the manifest has %q of %s, whose checksum is %s, %v", m.Files["recorded/"+name], name, sum, err)
		}
	}
}

// TestRecordersChangeNothing demands of runs with recorders all bytes of those without, for rules
// that learn in epochs and online, and the same frames for any number of workers.
func TestRecordersChangeNothing(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	for _, way := range [][]string{
		{"precision=float32"},
		{"learning.rule=poisson-online", "learning.epochs=5", "record=3"},
		{"recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike", "learning.epochs=3", "recognition.steps=20", "recognition.report=20"},
		{"recognition.circuit=plastic-inhibition", "learning.rule=foldiak", "learning.epochs=3"},
	} {
		way = append([]string{"stimulus.count=70", "stimulus.side=8", "network.hidden=5", "figures=[]", "learning.epochs=12"}, way...)
		_, plain := recordedRun(t, simtest.Experiment(t, way...))
		way = append(way, `recorder=[{}, {of="synapses"}]`)
		var first map[string]string
		for _, processors := range []int{1, 3} {
			runtime.GOMAXPROCS(processors)
			_, files := recordedRun(t, simtest.Experiment(t, way...))
			for _, name := range []string{"metrics.csv", "arrays/W.npy", "arrays/H.npy"} {
				if files[name] != plain[name] {
					t.Errorf("%v: recorders change %s", way, name)
				}
			}
			if first == nil {
				first = files
			}
			for _, name := range []string{"recorded/hidden.npy", "recorded/synapses.npy"} {
				if files[name] != first[name] || files[name] == "" {
					t.Errorf("%v: %s depends on the number of workers", way, name)
				}
			}
		}
	}
}

// TestRecordersResume ends runs on the way, some of them behind their checkpoint, and demands all
// bytes of an uninterrupted run.
func TestRecordersResume(t *testing.T) {
	for _, precision := range []string{"float64", "float32"} {
		x := recorders(t, precision)
		_, want := recordedRun(t, x)
		for _, after := range []int{1, 6, 13} {
			dir := filepath.Join(t.TempDir(), "r")
			ctx, stop := context.WithCancel(context.Background())
			_, err := sim.Run(ctx, x, dir, sim.Options{Progress: func(p sim.Progress) {
				if p.Epoch == after {
					stop()
				}
			}})
			if !errors.As(err, new(*outcome.Interrupted)) {
				t.Fatal(err)
			}
			// What a killed run had written behind the checkpoint.
			for _, name := range []string{"hidden.npy", "synapses.npy"} {
				f, err := os.OpenFile(filepath.Join(dir+".partial", "recorded", name), os.O_APPEND|os.O_WRONLY, 0)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := f.WriteString("half a frame"); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
			if kept := record.CheckpointsIn(dir + ".partial"); len(kept) > 1 { // killed before the newest was written
				if err := os.Remove(kept[0]); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := sim.Run(context.Background(), x, dir, sim.Options{Resume: true}); err != nil {
				t.Fatal(err)
			}
			simtest.Same(t, precision, simtest.Files(t, dir), want)
		}
	}
}

// TestStimuliAreSaved demands the stimuli as they were learned, and the parts that made them.
func TestStimuliAreSaved(t *testing.T) {
	settings := []string{"stimulus.count=70", "stimulus.side=8", "network.hidden=5", "figures=[]", "learning.epochs=3", "mask.fraction=0.2", "stimulus.save=true"}
	dir, _ := recordedRun(t, simtest.Experiment(t, settings...))
	in, err := inputs.Prepare(context.Background(), simtest.Experiment(t, settings...))
	if err != nil {
		t.Fatal(err)
	}
	v, missing := readArray(t, dir, "arrays", "V.npy"), 0
	for i := range in.Stimuli() {
		for j, x := range in.Row(i) {
			got := v.Row(i)[j]
			if hidden := math.IsNaN(got); hidden == in.Shows(i, j) || !hidden && got != x {
				t.Fatalf("stimulus %d, visible neuron %d: %v was learned, and %v written", i, j, x, got)
			} else if hidden {
				missing++
			}
		}
	}
	if missing != 70*64/5 {
		t.Errorf("%d values are missing", missing)
	}
	if parts := readArray(t, dir, "arrays", "true_parts.npy"); !slices.Equal(parts.Values, in.Set.Truth.Parts) || parts.Cols() != 64 {
		t.Errorf("the true parts are %v", parts.Shape)
	}
	if err := simtest.Experiment(t).Set("stimulus.save=true", "recorder-limit=0.001"); err != nil {
		t.Error(err)
	}
	if _, err := sim.Learn(context.Background(), simtest.Experiment(t, "stimulus.save=true", "recorder-limit=0.001"), 1); err == nil || !strings.Contains(err.Error(), "would write 19.9 MB, 2429 × 1024 numbers") {
		t.Errorf("more than the limit: %v", err)
	}
}

// TestRecordersEndEarly demands of a run that stops before all epochs the frames that it took.
func TestRecordersEndEarly(t *testing.T) {
	x := simtest.Experiment(t, "stimulus.count=70", "stimulus.side=8", "network.hidden=5", "figures=[]", "learning.epochs=10000", "learning.tolerance=0.01", "learning.min-epochs=1", `recorder=[{stimuli=[0]}]`)
	dir, _ := recordedRun(t, x)
	m, err := rundir.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	if a := readArray(t, dir, "recorded", "hidden.npy"); m.Epochs >= 9000 || !slices.Equal(a.Shape, []int{m.Epochs + 1, 1, 5}) {
		t.Errorf("%v frames of %d epochs", a.Shape, m.Epochs)
	}
	axes, err := os.ReadFile(filepath.Join(dir, "recorded", "axes.csv"))
	if lines := strings.Count(string(axes), ",epoch,"); err != nil || lines != m.Epochs+1 {
		t.Errorf("the axis has %d epochs of %d, %v", lines, m.Epochs+1, err)
	}
}

// TestRecorderRefusals asks for what recorders cannot keep.
func TestRecorderRefusals(t *testing.T) {
	for setting, want := range map[string]string{
		`recorder=[{of="hiden"}]`:                 `recorder[1]: of = "hiden"; allowed with this circuit is one of`,
		`recorder=[{of="lateral"}]`:               `of = "lateral"; allowed with this circuit`,
		`recorder=[{of="visible"}]`:               `does not change from epoch to epoch`,
		`recorder=[{of="spikes"}]`:                `has no spikes; allowed is one of "spike-by-spike"`,
		`recorder=[{of="synapses", stimuli=[2]}]`: `the same for all stimuli`,
		`recorder=[{onto=[2]}]`:                   `which is no projection`,
		`recorder=[{neurons=[49]}]`:               `allowed are hidden neurons from 0 to 48`,
		`recorder=[{every=501}]`:                  `allowed is a number from 1 to learning.epochs = 500`,
		`recorder=[{},{every=2}]`:                 `it writes hidden, as recorder[1] does`,
		`recorder=[{of="potential"}]`:             `circuit "divisive-error" does not have it; allowed is one of "lca"`,
		`recorder-limit=3`:                        `recorder-limit = 3 without a recorder`,
	} {
		if _, err := experiment.Read("x.toml", nil, []string{setting}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", setting, err, want)
		}
	}
	if _, err := experiment.Read("x.toml", nil, []string{"recorder=[{}]", "restarts=2"}); err == nil || !strings.Contains(err.Error(), "several networks learn side by side") {
		t.Errorf("restarts: %v", err)
	}
	for setting, want := range map[string]string{
		`recorder=[{stimuli=[70]}]`:                   `recorder[1].stimuli = "70"; allowed is a number from 0 to 69`,
		`recorder=[{stimuli=[3,3]}]`:                  `allowed is a list of names or numbers, each at most once`,
		`recorder=[{of="prediction", neurons=["x"]}]`: `recorder[1].neurons = "x"; allowed is a number from 0 to 63`,
		`recorder=[{}, {of="synapses"}]`:              `recorders would write 80.4 kB, and recorder-limit = 1e-05 allows 10 kB; the most is written by recorder[1], 15 frames × 70 stimuli × 5 hidden neurons`,
	} {
		x := simtest.Tiny("float64")
		err := x.Set(setting, "recorder-limit=1e-5")
		if err == nil {
			_, err = sim.Run(context.Background(), x, filepath.Join(t.TempDir(), "r"), sim.Options{})
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", setting, err, want)
		}
	}
}
