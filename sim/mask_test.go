package sim_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/npy"
	"partsnet/sim/proof"
	"partsnet/sim/recall"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
)

// hidesSome is settings of a small run of which a fraction of the pixels is hidden.
var hidesSome = []string{
	"stimulus.count=60", "stimulus.side=8", "network.hidden=5", "learning.epochs=30", "figures=[]", "mask.fraction=0.25",
	`measures=["rmse","masked_rmse","masked_deviance","masked_explained","explained_variance"]`,
}

// TestHiddenIsScoredApart computes the measures of hidden values anew, from the arrays of a run and
// what its stimuli are, and demands that a run can be proved.
func TestHiddenIsScoredApart(t *testing.T) {
	x := simtest.Experiment(t, hidesSome...)
	in, err := inputs.Prepare(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := inputs.Stimuli(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	o, err := sim.Run(context.Background(), x, dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if v, err := sim.Verify(context.Background(), dir, nil); err != nil || v.Verdict != proof.Same {
		t.Errorf("the run is not proved: %+v, %v", v, err)
	}
	const m, n, r = 60, 64, 5
	if got := len(in.Hidden.At); got != m*n/4 || !slices.Contains(o.Stimuli.Read, "960 of 3,840 values are hidden") {
		t.Errorf("a quarter of %d values hides %d; said was %q", m*n, got, o.Stimuli.Read)
	}
	w, h := o.Synapses(), make([]float64, r)
	var squares, deviance, shownSquares, varies float64
	for j := range n {
		mean, count := 0.0, 0.0
		for i := range m {
			if !in.Shows(i, j) {
				mean, count = mean+whole.Row(i)[j], count+1
			}
		}
		for i := range m {
			o.Rates.Stimulus(i, h)
			p, v := 0.0, whole.Row(i)[j]
			for a := range r {
				p += h[a] * w[a*n+j]
			}
			if in.Shows(i, j) {
				shownSquares += (v - p) * (v - p)
				continue
			}
			squares += (v - p) * (v - p)
			varies += (v - mean/count) * (v - mean/count)
			deviance += 2 * p
			if v > 0 {
				deviance += 2 * (v*math.Log(v/p) - v)
			}
		}
	}
	for name, want := range map[string]float64{
		"masked_rmse": math.Sqrt(squares / 960), "masked_deviance": deviance / 960, "masked_explained": 1 - squares/varies,
		"rmse": math.Sqrt(shownSquares / (m*n - 960)),
	} {
		if got, ok := o.Measures.Of(name); !ok || !(math.Abs(got-want) <= 1e-9*math.Abs(want)) {
			t.Errorf("%s is %v (defined: %v), want %v", name, got, ok, want)
		}
	}
	if c := o.Masked; c == nil || c.Entries != 960 || !(math.Abs(c.Squares-squares) <= 1e-9*squares) {
		t.Errorf("what is hidden is completed as %+v; the squared error is %v", c, squares)
	}
	if m, err := rundir.ReadManifest(dir); err != nil || m.Stimuli.Hidden != 960 || m.Stimuli.Missing != 0 {
		t.Errorf("the manifest says %+v, %v", m, err)
	}
	y := simtest.Experiment(t, append(slices.Clone(hidesSome), "seed=5")...)
	other, err := inputs.Prepare(context.Background(), y)
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(other.Hidden.At, in.Hidden.At) {
		t.Error("another seed hides the same values")
	}
}

// TestWhatIsHiddenIsNotLearned gives hidden values another value and demands the same network; and the same network where they are missing in the file.
func TestWhatIsHiddenIsNotLearned(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var one, other, missing, mask strings.Builder
	for i := range 20 {
		for j := range 12 {
			v, end := fmt.Sprint((i*j)%7+i%3), ","
			if j == 11 {
				end = "\n"
			}
			hides := (i+j)%5 < 2
			one.WriteString(v + end)
			if hides {
				other.WriteString("99" + end)
				missing.WriteString("NA" + end)
				mask.WriteString("0" + end)
			} else {
				other.WriteString(v + end)
				missing.WriteString(v + end)
				mask.WriteString("1" + end)
			}
		}
	}
	a, b, c, zeros := write("a.csv", one.String()), write("b.csv", other.String()), write("c.csv", missing.String()), write("mask.csv", mask.String())
	run := func(path string, settings ...string) []float64 {
		settings = append([]string{experiment.Setting("stimulus.path", path), "stimulus.header=no", "stimulus.names=none", "stimulus.time=none", "network.hidden=3", "learning.epochs=20", "figures=[]"}, settings...)
		o, err := sim.Run(context.Background(), simtest.Experiment(t, settings...), filepath.Join(t.TempDir(), "r"), sim.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return o.Synapses()
	}
	masked := experiment.Setting("mask.path", zeros)
	want := run(a, masked)
	if slices.Equal(want, run(a)) {
		t.Error("the same network with a mask and without")
	}
	for name, got := range map[string][]float64{
		"other values": run(b, masked), "missing values": run(c, "stimulus.missing=mask"),
	} {
		if !slices.Equal(got, want) {
			t.Errorf("%s: another network", name)
		}
	}
}

// TestMasksAreRefused names what does not go together.
func TestMasksAreRefused(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	file := write("mask.csv", "1,0,2\n")
	column := experiment.Setting("stimulus.path", write("column.csv", "SO,GM,TA,RF\n1,NA,2,1\n3,NA,1,2\n2,NA,2,NA\n"))
	two := experiment.Setting("stimulus.path", write("two.csv", "SO,GM,TA\n1,NA,NA\n3,NA,NA\n2,NA,NA\n"))
	line := experiment.Setting("stimulus.path", write("line.csv", "SO,GM,TA\n1,1,2\n3,2,1\nNA,NA,NA\n2,3,NA\n"))
	whole := experiment.Setting("stimulus.path", write("whole.csv", "SO,GM,TA\n1,1,2\n3,2,1\n"))
	one, oneRow := experiment.Setting("mask.path", write("one.csv", "1,0,1\n")), experiment.Setting("mask.path", write("row.csv", "1,0,1\n0,0,0\n"))
	all := experiment.Setting("mask.path", write("all.csv", "1,1,1\n0,0,0\n"))
	for _, tt := range []struct {
		settings []string
		want     string
	}{
		{[]string{"mask.rectangle=[1,2,3]"}, "allowed is [] or [top, left, height, width]"},
		{[]string{"mask.rectangle=[0,0,0,3]"}, "at least 1"},
		{[]string{"mask.rectangle=[0,0,9,3]", "stimulus.side=8"}, "reaches beyond the images of 8×8 pixels"},
		{[]string{"mask.fraction=1"}, "allowed is a number from 0 to 0.999"},
		{[]string{"mask.rectangle=[0,0,8,8]", "stimulus.side=8"}, "hides all values"},
		{[]string{experiment.Setting("mask.path", file), "stimulus.side=8"}, "is 1×3; allowed is"},
		{[]string{"mask.rectangle=[1,2,3,4]", "stimulus.side=8"}, "mask.rectangle = [1, 2, 3, 4] hides the same pixels in all stimuli: nothing can be learned of them; allowed while learning is [], and mask.fraction or mask.path"},
		{[]string{column, "stimulus.missing=mask", "network.hidden=1"}, `visible neuron 1 (counted from 0: GM) is missing in all stimuli: nothing can be learned of it; stimulus.columns = ["-GM"] leaves it out`},
		{[]string{column, "stimulus.missing=mask", "network.hidden=1", `stimulus.columns=["-RF"]`}, `stimulus.columns = ["-RF", "-GM"] leaves it out`},
		{[]string{column, "stimulus.missing=mask", "network.hidden=1", `stimulus.columns=["SO","GM","RF"]`}, `leave it out of stimulus.columns`},
		{[]string{two, "stimulus.missing=mask", "network.hidden=1"}, `visible neuron 1 (counted from 0: GM); visible neuron 2 (counted from 0: TA) are missing in all stimuli: nothing can be learned of them; stimulus.columns = ["-GM", "-TA"] leaves them out`},
		{[]string{line, "stimulus.missing=mask", "network.hidden=1"}, "line.csv: stimulus 2 (counted from 0; line 4) has no known value: nothing can be learned from it; take it out"},
		{[]string{line, "stimulus.missing=mask", "network.hidden=1", "stimulus.columns=[\"-GM\",\"-SO\"]"}, "stimulus 2 (counted from 0; line 4) has no known value"},
		{[]string{column, "stimulus.missing=mask", "network.hidden=1", "stimulus.transpose=true"}, "stimulus 1 (GM) (counted from 0) has no known value"},
		{[]string{whole, one, "network.hidden=1"}, "visible neuron 1 (counted from 0: GM) is hidden in all stimuli: nothing can be learned of it"},
		{[]string{whole, oneRow, "network.hidden=1"}, "visible neuron 1 (counted from 0: GM) is hidden in all stimuli"},
		{[]string{whole, all, "network.hidden=1"}, "the mask hides all that is known of stimulus 1 (counted from 0)"},
		{[]string{"stimulus.generator=topics", "mask.rectangle=[0,0,1,1]"}, "are not images"},
		{[]string{"mask.fraction=0.1", "learning.order=simultaneous"}, `choose order "learn-recognise" or "recognise-learn"`},
		{[]string{"mask.fraction=0.1", "recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike"}, `circuit "spike-by-spike" takes no stimuli with missing entries`},
		{[]string{"mask.fraction=0.1", `network.constraints=["non-negative","one-active"]`}, `allowed is ["non-negative"]`},
		{[]string{"mask.fraction=0.1", "stack.hidden=[3]"}, "allowed is []"},
	} {
		x, err := experiment.Read("test", nil, append([]string{"stimulus.count=20", "learning.epochs=2", "figures=[]"}, tt.settings...))
		if given := strings.Join(tt.settings, " "); strings.Contains(given, "topics") || strings.Contains(given, "stimulus.path") {
			x, err = experiment.Read("test", nil, append([]string{"learning.epochs=2", "figures=[]"}, tt.settings...))
		}
		if err == nil {
			_, err = inputs.Prepare(context.Background(), x)
			var request *experiment.RequestError
			if err != nil && !errors.As(err, &request) {
				t.Errorf("%q: %v is no error of the request", tt.settings, err)
			}
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%q: %v, want %q", tt.settings, err, tt.want)
		}
	}
}

// TestFractionLeavesSomethingOfAll hides so much that chance alone would leave nothing of some stimuli and
// visible neurons, and demands that something of each is left.
func TestFractionLeavesSomethingOfAll(t *testing.T) {
	x := simtest.Experiment(t, "stimulus.count=40", "stimulus.side=8", "network.hidden=2", "learning.epochs=2", "figures=[]", "mask.fraction=0.95")
	in, err := inputs.Prepare(context.Background(), x)
	if err != nil {
		t.Fatal(err)
	}
	neurons := make([]int, in.Neurons())
	for i := range in.Stimuli() {
		known := 0
		for j := range neurons {
			if in.Shows(i, j) {
				known++
				neurons[j]++
			}
		}
		if known == 0 {
			t.Errorf("all of stimulus %d is hidden", i)
		}
	}
	if slices.Contains(neurons, 0) {
		t.Errorf("of the visible neurons so often something is shown: %v", neurons)
	}
	if got := len(in.Hidden.At); got > 40*64*95/100 || got < 40*64*9/10 { // what none can be hidden for at the end is shown
		t.Errorf("%d values are hidden, want %d or a few fewer", got, 40*64*95/100)
	}
}

// TestRecogniseCompletes shows a network stimuli of which a rectangle is hidden: what was shown is
// kept, the rest is the prediction, and the error of what is hidden is that of these.
func TestRecogniseCompletes(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	x := simtest.Experiment(t, "stimulus.count=60", "stimulus.side=8", "network.hidden=6", "learning.epochs=60", "figures=[]", "learning.order=simultaneous")
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	y := simtest.Experiment(t, "stimulus.count=9", "stimulus.side=8", "seed=3")
	set, err := inputs.Stimuli(context.Background(), y)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "new.npy")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := npy.Write(f, set.Rates, 9); err != nil {
		t.Fatal(err)
	}
	f.Close()
	to := filepath.Join(t.TempDir(), "a")
	rec, err := recall.Recognise(context.Background(), dir, []string{experiment.Setting("stimulus.path", path), "stimulus.height=8", "stimulus.width=8", "mask.rectangle=[2,1,3,6]", `figures=["png"]`}, to, 0)
	if err != nil {
		t.Fatal(err)
	}
	read := func(name string) *npy.Array {
		a, err := npy.ReadFile(filepath.Join(to, "arrays", name))
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	completed, predicted := read("completed.npy"), read("prediction.npy")
	squares := 0.0
	for i := range 9 {
		for j, v := range set.Row(i) {
			want := v
			if row, col := j/8, j%8; row >= 2 && row < 5 && col >= 1 && col < 7 {
				want = predicted.Row(i)[j]
				squares += (v - want) * (v - want)
			}
			if completed.Row(i)[j] != want {
				t.Errorf("stimulus %d is completed by %v at %d, want %v", i, completed.Row(i)[j], j, want)
			}
		}
	}
	if c := rec.Completion; c == nil || c.Entries != 9*18 || !(math.Abs(c.Squares-squares) < 1e-9) {
		t.Errorf("hidden values are scored as %+v; their squared error is %v", c, squares)
	}
	if _, err := os.Stat(filepath.Join(to, "figures", "completion.png")); err != nil {
		t.Error(err)
	}
}

// TestNothingKnownIsNoSilence shows a network a stimulus of which nothing is known, and one of which the
// known values are 0: only to the second no visible neuron fires.
func TestNothingKnownIsNoSilence(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	rows := signals(t, at("all.csv"), 24, 4, 1)
	write(t, at("gaps.csv"), rows[5]+"\n"+rows[6]+"\nNA,NA,NA,NA\n0,NA,0,0\n")
	rec := recognised(t, learned(t, at("all.csv")), at("gaps.csv"), "stimulus.missing=mask")
	if want := []string{"nothing is known of stimulus 2: it has no answer and no deviance", "no visible neuron that is shown fires to stimulus 3: it has no answer and no deviance"}; !slices.Equal(rec.Notes, want) || rec.Undefined != 2 {
		t.Errorf("noted is %q of %d, want %q", rec.Notes, rec.Undefined, want)
	}
	if a := rec.First; !a[2].Unknown || a[2].Blank || a[3].Unknown || !a[3].Blank || a[0].Unknown || a[0].Blank {
		t.Errorf("answers are %+v", a)
	}
}
