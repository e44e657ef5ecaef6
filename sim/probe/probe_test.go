package probe_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/probe"
	"partsnet/sim/recall"
)

// bars is the directory of a network that has learned a few bars, made once.
func bars(t *testing.T) string {
	t.Helper()
	x, err := experiment.Read("bars.toml", []byte("seed = 3\nfigures = []\nstimulus.generator = \"bars\"\nstimulus.count = 40\nnetwork.hidden = 10\nlearning.epochs = 60\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "bars")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

func probed(t *testing.T, run, text string, settings ...string) *probe.Result {
	t.Helper()
	p, rest, err := probe.Read("probe.toml", []byte(text), settings)
	if err != nil {
		t.Fatal(err)
	}
	r, err := probe.Run(context.Background(), run, p, rest, filepath.Join(t.TempDir(), "out"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func array(t *testing.T, path ...string) *npy.Array {
	t.Helper()
	a, err := npy.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestProbe demands of a probe what is known: without events it is recognition; a neuron that is silent
// has no rate; frozen rates are those of the intact network but for it; neurons that are all clamped
// generate their pattern; and what is cut predicts nothing.
func TestProbe(t *testing.T) {
	run := bars(t)
	const stimuli = "steps = 30\nstimuli = [4, 0, 7]\n"
	plain := probed(t, run, stimuli)
	rec, err := recall.Recognise(context.Background(), run, []string{"stimulus.path="}, filepath.Join(t.TempDir(), "answer"), 30)
	if err != nil {
		t.Fatal(err)
	}
	h := array(t, rec.Dir, "arrays/H.npy")
	for k, i := range []int{4, 0, 7} {
		if want := h.Values[i*10 : (i+1)*10]; !slices.Equal(plain.Intact.Rates[k], want) {
			t.Errorf("stimulus %d: a probe without events answers %v, recognition %v", i, plain.Intact.Rates[k], want)
		}
	}
	if plain.Anew != nil || plain.Frozen != nil {
		t.Error("without events there is nothing to compare")
	}

	silent := 0
	for a, x := range plain.Intact.Rates[0] {
		if x > plain.Intact.Rates[0][silent] {
			silent = a
		}
	}
	r := probed(t, run, stimuli, "event=[{neurons=["+string(rune('0'+silent))+"]}]")
	for k := range 3 {
		for a := range 10 {
			want := r.Intact.Rates[k][a]
			if a == silent {
				want = 0
			}
			if r.Frozen.Rates[k][a] != want {
				t.Errorf("stimulus %d: the frozen rate of neuron %d is %v, want %v", k, a, r.Frozen.Rates[k][a], want)
			}
		}
		if r.Anew.Rates[k][silent] != 0 {
			t.Errorf("stimulus %d: the silent neuron fires at %v", k, r.Anew.Rates[k][silent])
		}
	}
	if _, err := os.Stat(filepath.Join(r.Dir, "figures", "lesion.png")); err == nil {
		t.Error("a run without figures has a figure")
	}
	if !(r.Intact.RMSE[0] < r.Anew.RMSE[0] && r.Anew.RMSE[0] <= r.Frozen.RMSE[0]) {
		t.Errorf("errors: intact %v, anew %v, frozen %v", r.Intact.RMSE[0], r.Anew.RMSE[0], r.Frozen.RMSE[0])
	}
	csv, err := os.ReadFile(filepath.Join(r.Dir, probe.TableFile))
	if err != nil || !strings.HasPrefix(string(csv), "stimulus,name,D_intact,rmse_intact,D_frozen,rmse_frozen,D_anew,rmse_anew\n4,") {
		t.Errorf("%s\n%v", csv, err)
	}
	if got := array(t, r.Dir, "arrays/H-anew.npy").Values; !slices.Equal(got, slices.Concat(r.Anew.Rates...)) {
		t.Error("H-anew.npy does not hold the rates")
	}

	clamped := probed(t, run, stimuli, `event=[{kind="clamp", rates=[0, 1, 0, 2, 0, 0, 0.5, 0, 0, 3]}]`)
	w := array(t, run, "arrays/W.npy").Values
	for j, got := range clamped.Anew.Prediction[1] {
		want := w[1*64+j] + 2*w[3*64+j] + 0.5*w[6*64+j] + 3*w[9*64+j]
		if math.Abs(got-want) > 1e-12 {
			t.Errorf("neuron %d: clamped neurons predict %v, want %v", j, got, want)
		}
	}

	cut := probed(t, run, stimuli, `event=[{kind="cut", fraction=1, from=10}]`)
	if slices.Max(cut.Anew.Prediction[0]) != 0 || slices.Max(cut.Frozen.Prediction[0]) != 0 || slices.Max(cut.Parts[1]) != 0 || slices.Max(cut.Parts[0]) == 0 {
		t.Error("without synapses something is predicted")
	}
}

// TestProbeRefuses demands errors that name file and key.
func TestProbeRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"step = 3":                         `probe.toml:1: there is no key "step"; there are name, steps`,
		"[[event]]\nneurons = [1]\nrate=3": `probe.toml:3: event[1]: there is no key "rate"`,
		"steps = -1":                       "probe.toml:1: steps = -1; allowed is",
	} {
		_, _, err := probe.Read("probe.toml", []byte(text), nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v does not say %s", text, err, want)
		}
	}
	run := bars(t)
	for _, c := range [][3]string{
		{"[[event]]\nneurons = [60]", "", "probe.toml: event[1]: neurons = [60]; allowed are hidden neurons from 0 to 9"},
		{"steps = 5\n[[event]]\nneurons = [6]\nfrom = 5", "", "event[1].from = 5; there are 5 steps"},
		{"[[event]]\nkind = \"hold\"", "", "nothing learns"},
		{"stimuli = [40]", "", "stimuli: "},
		{"", "learning.epochs=3", "learning.epochs means nothing"},
	} {
		var settings []string
		if c[1] != "" {
			settings = []string{c[1]}
		}
		p, rest, err := probe.Read("probe.toml", []byte(c[0]), settings)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := probe.Run(context.Background(), run, p, rest, dir); err == nil || !strings.Contains(err.Error(), c[2]) {
			t.Errorf("%q: %v does not say %s", c[0], err, c[2])
		}
		if _, err := os.Stat(dir); err == nil {
			t.Errorf("%q: something was written", c[0])
		}
	}
}

// TestProbeDraws looks for the figure of a lesion.
func TestProbeDraws(t *testing.T) {
	run := bars(t)
	r := probed(t, run, "steps = 5\nstimuli = [1, 2]\n[[event]]\nneurons = [3]\n[[event]]\nkind = \"cut\"\nfraction = 0.5\n", `figures=["png", "svg"]`)
	svg, err := os.ReadFile(filepath.Join(r.Dir, "figures", "lesion.svg"))
	if err != nil || !strings.Contains(string(svg), "silence neuron 3") {
		t.Error(err)
	}
}

// TestProbeOfTexts probes a network that has learned from texts whose vocabulary was chosen: its stimuli
// are counted by the words of the run.
func TestProbeOfTexts(t *testing.T) {
	x, err := experiment.Read("texts.toml", []byte("figures = []\nstimulus.path = \"../../examples/texts.jsonl\"\ntext.min-length = 4\ntext.min-documents = 3\ntext.skip = 0\nnetwork.hidden = 4\nlearning.epochs = 30\n"), nil)
	if err != nil {
		t.Fatal(err)
	}
	run := filepath.Join(t.TempDir(), "texts")
	if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	r := probed(t, run, "steps = 200\nstimuli = [0, 5]\n[[event]]\nkind = \"silence\"\nneurons = [2]\n")
	kept := array(t, run, "arrays", "H.npy")
	for k, i := range []int{0, 5} {
		for a, want := range kept.Row(i) {
			if got := r.Intact.Rates[k][a]; math.Abs(got-want) > 0.02*(1+want) {
				t.Errorf("document %d: rate %d is %v; the run has %v", i, a, got, want)
			}
		}
		if r.Anew.Rates[k][2] != 0 {
			t.Errorf("document %d: the silenced neuron has rate %v", i, r.Anew.Rates[k][2])
		}
	}
}
