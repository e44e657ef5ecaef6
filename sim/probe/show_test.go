package probe_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/probe"
)

// TestShowsCarryOver demands that a stimulus which is shown twice in a row is one that is shown all the
// time, and that one that follows a blank is answered in the end as if there had been none, of circuits
// that multiply rates, that have a membrane, and that draw spikes.
func TestShowsCarryOver(t *testing.T) {
	if testing.Short() {
		t.Skip("five probes of each of four circuits")
	}
	for _, way := range [][]string{
		nil,
		{"recognition.circuit=lca", "learning.rule=subtractive"},
		{"recognition.circuit=predictive-hierarchy", "learning.rule=divisive-modulation"},
		{"recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike", "recognition.steps=50"},
	} {
		x, err := experiment.Read("bars.toml", []byte("seed = 3\nfigures = []\nstimulus.generator = \"bars\"\nstimulus.count = 40\nnetwork.hidden = 10\nlearning.epochs = 5\n"), way)
		if err != nil {
			t.Fatal(err)
		}
		run := filepath.Join(t.TempDir(), "bars")
		if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		plain := probed(t, run, "steps = 300\nstimuli = [4]\n")
		once := probed(t, run, "steps = 300\n[[show]]\nstimulus = 4\n")
		twice := probed(t, run, "steps = 300\n[[show]]\nstimulus = 4\nuntil = 120\n[[show]]\nstimulus = 4\nfrom = 120\n")
		late := probed(t, run, "steps = 300\n[[show]]\nstimulus = 7\nuntil = 20\n[[show]]\nstimulus = 4\nfrom = 30\n")
		if !slices.Equal(plain.Intact.Rates[0], once.Intact.Rates[0]) || !slices.Equal(once.Intact.Rates[0], twice.Intact.Rates[0]) {
			t.Errorf("%v: shown once the rates are %v, twice in a row %v, without a show %v", way, once.Intact.Rates[0], twice.Intact.Rates[0], plain.Intact.Rates[0])
		}
		early := probed(t, run, "steps = 32\n[[show]]\nstimulus = 7\nuntil = 20\n[[show]]\nstimulus = 4\nfrom = 30\n")
		if slices.Equal(early.Intact.Rates[0], probed(t, run, "steps = 32\nstimuli = [4]\n").Intact.Rates[0]) {
			t.Errorf("%v: what was shown before has left no trace", way)
		}
		if strings.Contains(strings.Join(way, " "), "spike") {
			continue // rates do not settle
		}
		for a, want := range once.Intact.Rates[0] {
			if got := late.Intact.Rates[0][a]; math.Abs(got-want) > 0.02*slices.Max(once.Intact.Rates[0]) {
				t.Errorf("%v: neuron %d answers with %v after a blank, %v without", way, a, got, want)
			}
		}
	}
}

// TestScenes demands of a scene of two stimuli the sum of both, with their weights along a line, and
// nothing of a blank.
func TestScenes(t *testing.T) {
	run := bars(t)
	r := probed(t, run, `steps = 21
[[show]]
stimulus = 4
scene = "a"
until = 11
to = 0
[[show]]
stimulus = 7
scene = "a"
until = 11
weight = 0
to = 2
[[show]]
stimulus = 7
scene = "b"
[[recorder]]
of = "visible"
every = 5
stimuli = ["a"]
[[recorder]]
of = "visible"
name = "b"
stimuli = ["b"]
every = 20
`, `figures=["svg"]`)
	if !slices.Equal(r.Names, []string{"a", "b"}) || len(r.Shown) != 3 || r.Shown[1] != "stimulus 7 with a weight from 0 to 2 after step 0 until step 11 in scene a" {
		t.Errorf("scenes %q, shown %q", r.Names, r.Shown)
	}
	v := stimuli(t, run)
	a, b := array(t, r.Dir, "recorded", "visible.npy"), array(t, r.Dir, "recorded", "b.npy")
	// The frame of step k is of what was shown in the step before: weights 1 − (k − 1)/10 and (k − 1)/5.
	for frame, weights := range [][2]float64{{1, 0}, {0.6, 0.8}, {0.1, 1.8}, {0, 0}, {0, 0}} {
		for j, got := range a.Row(frame) {
			if want := weights[0]*v[4][j] + weights[1]*v[7][j]; math.Abs(got-want) > 1e-12 {
				t.Fatalf("frame %d, visible neuron %d: %v is shown, want %v", frame, j, got, want)
			}
		}
	}
	if !slices.Equal(b.Row(0), v[7]) || !slices.Equal(b.Row(1), v[7]) {
		t.Error("scene b does not show stimulus 7")
	}
	for _, name := range []string{"timeline-0", "timeline-1", "tuning-0"} {
		if _, err := os.Stat(filepath.Join(r.Dir, "figures", name+".svg")); err != nil {
			t.Error(err)
		}
	}
}

// stimuli returns the stimuli of a run.
func stimuli(t *testing.T, run string) (v [][]float64) {
	t.Helper()
	x, err := experiment.ReadResolved("config.toml", []byte(text(t, run, "config.toml")))
	if err != nil {
		t.Fatal(err)
	}
	x.Stimulus.Save, x.Learning.Epochs = true, 1
	dir := filepath.Join(t.TempDir(), "again")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	a := array(t, dir, "arrays", "V.npy")
	for i := range a.Rows() {
		v = append(v, a.Row(i))
	}
	return v
}

func text(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestProbeRecorders demands the rates of every step, the last of which are the answer, of the network
// to which events are done; synapses before and after a cut; and one spike a step.
func TestProbeRecorders(t *testing.T) {
	run := bars(t)
	r := probed(t, run, "steps = 12\nstimuli = [4, 0, 7]\n[[event]]\nkind = \"cut\"\nfraction = 1.0\nfrom = 6\n[[recorder]]\nstimuli = [7, 4]\n[[recorder]]\nof = \"synapses\"\nevery = 4\n")
	h, w := array(t, r.Dir, "recorded", "hidden.npy"), array(t, r.Dir, "recorded", "synapses.npy")
	if !slices.Equal(h.Shape, []int{13, 2, 10}) || !slices.Equal(h.Row(12), slices.Concat(r.Anew.Rates[2], r.Anew.Rates[0])) {
		t.Errorf("%v frames, the last %v; the answer is %v", h.Shape, h.Row(12), r.Anew.Rates)
	}
	if !slices.Equal(w.Row(1), r.Parts[0]) || !slices.Equal(w.Row(2), r.Parts[1]) || slices.Max(w.Row(2)) != 0 {
		t.Error("the recorded synapses are not those before and after the cut")
	}
	if axes := text(t, r.Dir, "recorded", "axes.csv"); !strings.Contains(axes, "hidden.npy,1,stimulus,0,7,,,\nhidden.npy,1,stimulus,1,4,,,\n") || !strings.Contains(axes, "synapses.npy,0,recognition step,1,4,,,\n") {
		t.Errorf("axes:\n%s", axes)
	}

	x, err := experiment.Read("s.toml", []byte("figures = []\nstimulus.generator = \"bars\"\nstimulus.count = 40\nnetwork.hidden = 10\nlearning.epochs = 1\nrecognition.circuit=\"spike-by-spike\"\nlearning.rule=\"spike-by-spike\"\nrecognition.steps=50\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	run = filepath.Join(t.TempDir(), "spikes")
	if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	r = probed(t, run, "steps = 30\n[[show]]\nstimulus = 3\nuntil = 20\n[[recorder]]\nof = \"spikes\"\n[[recorder]]\nof = \"spikes\"\nevery = 10\nname = \"counts\"\n", `figures=["svg"]`)
	each, counts := array(t, r.Dir, "recorded", "spikes.npy"), array(t, r.Dir, "recorded", "counts.npy")
	for step := range 31 {
		want := 1.0
		if step == 0 || step > 20 {
			want = 0
		}
		if got := total(each.Row(step)); got != want {
			t.Errorf("%v spikes in step %d, want %v", got, step, want)
		}
	}
	for k, want := range []float64{0, 10, 10, 0} {
		if got := total(counts.Row(k)); got != want {
			t.Errorf("%v spikes in frame %d, want %v", got, k, want)
		}
	}
	if _, err := os.Stat(filepath.Join(r.Dir, "figures", "spikes.svg")); err != nil {
		t.Error(err)
	}
}

func total(x []float64) (sum float64) {
	for _, y := range x {
		sum += y
	}
	return sum
}

// TestShowsRefuse demands errors that name what is wrong.
func TestShowsRefuse(t *testing.T) {
	run := bars(t)
	for text, want := range map[string]string{
		"steps = 5\n[[show]]\nfrom = 5\n":              "show[1].from = 5; there are 5 steps: allowed is 0 to 4",
		"steps = 5\n[[show]]\nfrom = 3\nuntil = 2\n":   "show[1].until = 2; allowed is 0, the end, or a number above from = 3",
		"[[show]]\nstimulus = 40\n":                    `show[1].stimulus: look.stimulus = "40"`,
		"[[show]]\nweight = 0.0\n":                     "nothing would be shown",
		"stimuli = [3]\n[[show]]\n":                    `stimuli = ["3"] with show`,
		"steps = 5\n[[recorder]]\nevery = 6\n":         "recorder[1].every = 6; allowed is a number from 1 to steps = 5",
		"[[recorder]]\nof = \"spikes\"\n":              `has no spikes`,
		"stimuli = [3]\n[[recorder]]\nstimuli = [4]\n": `recorder[1].stimuli = "4"; allowed is one that is shown`,
		"recorder-limit = 1e-6\n[[recorder]]\n":        "recorders would write",
	} {
		p, rest, err := probe.Read("p.toml", []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := probe.Run(context.Background(), run, p, rest, dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %s", text, err, want)
		}
		if _, err := os.Stat(dir + ".partial"); err == nil {
			t.Errorf("%q: something was left", text)
		}
	}
}

// TestShippedProbes reads every probe that ships and runs it.
func TestShippedProbes(t *testing.T) {
	run := bars(t)
	for _, name := range configs.Probes.Names() {
		text, err := configs.Probes.ReadFile(name + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		if r := probed(t, run, string(text)); !strings.HasPrefix(string(text), "# ") || "probe/"+r.Probe.Name != name {
			t.Errorf("%s has the name %q and no text", name, r.Probe.Name)
		}
	}
}

// TestObservables demands of the recorded potentials of lca that what is above the threshold is the
// rate, and rates of the upper stage of a hierarchy.
func TestObservables(t *testing.T) {
	for circuit, of := range map[string]string{"lca": "potential", "predictive-hierarchy": "upper"} {
		rule := map[string]string{"lca": "subtractive", "predictive-hierarchy": "divisive-modulation"}[circuit]
		x, err := experiment.Read("x.toml", []byte("figures = []\nstimulus.generator = \"bars\"\nstimulus.count = 40\nnetwork.hidden = 10\nlearning.epochs = 1\n"),
			[]string{"recognition.circuit=" + circuit, "learning.rule=" + rule})
		if err != nil {
			t.Fatal(err)
		}
		run := filepath.Join(t.TempDir(), "r")
		if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
			t.Fatal(err)
		}
		r := probed(t, run, "steps = 20\nstimuli = [3, 4]\n[[recorder]]\n[[recorder]]\nof = \""+of+"\"\n")
		h, u := array(t, r.Dir, "recorded", "hidden.npy"), array(t, r.Dir, "recorded", of+".npy")
		if circuit == "predictive-hierarchy" {
			if !slices.Equal(u.Shape, []int{21, 2, 16}) || slices.Max(u.Row(0)) != 0 || !(slices.Max(u.Row(20)) > 0) {
				t.Errorf("the upper stage: %v, %v", u.Shape, u.Row(20))
			}
			continue
		}
		for k, potential := range u.Values {
			if want := max(0, potential-0.1); math.Abs(h.Values[k]-want) > 1e-12 {
				t.Fatalf("rate %d is %v at a potential of %v", k, h.Values[k], potential)
			}
		}
	}
}
