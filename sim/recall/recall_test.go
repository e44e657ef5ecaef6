package recall_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/network"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/outcome"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// trainedStimuli are what the network of these tests learns, and newStimuli what it is shown: the
// third of them is blank, and the fourth no mixture of the two parts.
const (
	trainedStimuli = "4,2,0,1\n0,1,3,3\n4,3,3,4\n8,4,0,2\n0,2,6,6\n2,1.5,1.5,2\n"
	newStimuli     = "2,1,0,0.5\n1,1,2,2\n0,0,0,0\n0,9,0,0\n6,3,0,1.5\n0,1,3,3\n"
)

// trained returns the directory of a run on a file.
func trained(t *testing.T, path string, settings ...string) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "r")
	x := simtest.Experiment(t, append([]string{experiment.Setting("stimulus.path", path), "network.hidden=2", "learning.epochs=50", "figures=[]", "precision=float64"}, settings...)...)
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// matrix returns the rows of an array in a directory.
func matrix(t *testing.T, dir, name string) (rows [][]float64) {
	t.Helper()
	a, err := npy.ReadFile(filepath.Join(dir, "arrays", name))
	if err != nil {
		t.Fatal(err)
	}
	for i := range a.Rows() {
		rows = append(rows, a.Row(i))
	}
	return rows
}

func numbers(t *testing.T, text string) (rows [][]float64) {
	t.Helper()
	for line := range strings.Lines(text) {
		var row []float64
		for field := range strings.SplitSeq(strings.TrimSpace(line), ",") {
			x, err := strconv.ParseFloat(field, 64)
			if err != nil {
				t.Fatal(err)
			}
			row = append(row, x)
		}
		rows = append(rows, row)
	}
	return rows
}

func close(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(1, math.Abs(a), math.Abs(b)) }

// TestRecogniseDirectly compares what recognition returns and writes with the equations of divisive
// error units, computed here from the synapses of the run.
func TestRecogniseDirectly(t *testing.T) {
	const steps = 7
	run := trained(t, tempfile.Write(t, "v.csv", trainedStimuli))
	dir := filepath.Join(t.TempDir(), "answer")
	rec, err := recall.Recognise(t.Context(), run, []string{experiment.Setting("stimulus.path", tempfile.Write(t, "new.csv", newStimuli)), `figures=["png"]`, `look.stimulus="1"`}, dir, steps)
	if err != nil {
		t.Fatal(err)
	}
	w, v := matrix(t, run, "W.npy"), numbers(t, newStimuli)
	r, n := len(w), len(w[0])
	predict := func(h []float64) []float64 {
		p := make([]float64, n)
		for a, rate := range h {
			for j := range p {
				p[j] += rate * w[a][j]
			}
		}
		return p
	}
	h, d, squares, variation := make([][]float64, len(v)), make([]float64, len(v)), 0.0, 0.0
	for i, row := range v {
		total := 0.0
		for _, x := range row {
			total += x
		}
		h[i] = make([]float64, r)
		for a := range r {
			h[i][a] = total / float64(r)
		}
		for range steps {
			p, next := predict(h[i]), make([]float64, r)
			for a := range r {
				drive, all := 0.0, 0.0
				for j, x := range row {
					all += w[a][j]
					if p[j] > 0 {
						drive += w[a][j] * x / p[j]
					}
				}
				next[a] = h[i][a] * drive / all
			}
			h[i] = next
		}
		for j, p := range predict(h[i]) {
			if x := row[j]; x > 0 {
				d[i] += x * math.Log(x/p)
			}
			d[i] += p - row[j]
			squares += (row[j] - p) * (row[j] - p)
			mean := 0.0
			for _, other := range v {
				mean += other[j] / float64(len(v))
			}
			variation += (row[j] - mean) * (row[j] - mean)
		}
	}
	const blank = 2 // the number of the stimulus without any rate, which has no deviance
	total := 0.0
	for _, x := range d {
		total += x
	}
	if rec.Dir != dir || rec.Stimuli != len(v) || rec.Steps != steps || rec.Sought || rec.Settled || rec.Symbol != "D" {
		t.Errorf("%+v", rec)
	}
	if !close(rec.Objective, total) || !close(rec.Deviance, 2*total/float64(len(v)-1)) || !close(rec.Explained, 1-squares/variation) {
		t.Errorf("D = %v, deviance %v, R² %v; want %v, %v, %v", rec.Objective, rec.Deviance, rec.Explained, total, 2*total/float64(len(v)-1), 1-squares/variation)
	}
	written, predicted := matrix(t, dir, "H.npy"), matrix(t, dir, "prediction.npy")
	for i := range v {
		for a := range r {
			if !close(written[i][a], h[i][a]) {
				t.Errorf("stimulus %d: neuron %d has the rate %v, want %v", i, a, written[i][a], h[i][a])
			}
		}
		for j, p := range predict(h[i]) {
			if !close(predicted[i][j], p) {
				t.Errorf("stimulus %d: %v is predicted of visible neuron %d, want %v", i, predicted[i][j], j, p)
			}
		}
	}
	f, err := os.Open(filepath.Join(dir, "deviance.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	table, err := csv.NewReader(f).ReadAll()
	if err != nil || len(table) != 1+len(v) || strings.Join(table[0], ",") != "stimulus,name,D,deviance" {
		t.Fatalf("%v, %q", err, table)
	}
	for i, row := range table[1:] {
		if i == blank {
			if row[2] != "" || row[3] != "" {
				t.Errorf("row %q of a blank stimulus, which has no deviance", row)
			}
			continue
		}
		loss, _ := strconv.ParseFloat(row[2], 64)
		deviance, _ := strconv.ParseFloat(row[3], 64)
		if row[0] != fmt.Sprint(i) || !close(loss, d[i]) || !close(deviance, 2*d[i]) {
			t.Errorf("row %q, want the loss %v", row, d[i])
		}
	}
	text, err := os.ReadFile(filepath.Join(dir, "recognition.json"))
	if err != nil {
		t.Fatal(err)
	}
	var summary struct {
		Stimuli, Steps int
		Objective      struct{ Symbol string }
		Explained      float64 `json:"explained_variance"`
	}
	if err := json.Unmarshal(text, &summary); err != nil || summary.Stimuli != len(v) || summary.Steps != steps || summary.Objective.Symbol != "D" || summary.Explained != rec.Explained {
		t.Errorf("%v, %s", err, text)
	}
	for _, name := range []string{"config.toml", "figures/answer.png"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}

	// The answers: shares of the prediction, the strongest first.
	if len(rec.First) != 5 {
		t.Fatalf("%d answers, want 5", len(rec.First))
	}
	for i, a := range rec.First {
		if a.Stimulus != i || a.Blank != (i == blank) || math.IsNaN(a.Deviance) != a.Blank || !a.Blank && !close(a.Deviance, 2*d[i]) {
			t.Errorf("answer %d: %+v", i, a)
		}
		all, before := 0.0, math.Inf(1)
		for _, p := range predict(h[i]) {
			all += p
		}
		for _, x := range a.Active {
			part := 0.0
			for _, weight := range w[x.Neuron] {
				part += x.Rate * weight
			}
			if !close(x.Rate, h[i][x.Neuron]) || !close(x.Share, part/all) || x.Share > before || x.Words != nil {
				t.Errorf("answer %d: %+v, want the share %v", i, x, part/all)
			}
			before = x.Share
		}
		if (len(a.Active) == 0) != a.Blank {
			t.Errorf("answer %d: %d neurons are active", i, len(a.Active))
		}
	}
	least := 0
	for i := range d {
		if i != 2 && d[i] < d[least] { // the blank one is neither best nor worst
			least = i
		}
	}
	if rec.Worst == nil || rec.Worst.Stimulus != 3 || rec.Best == nil || rec.Best.Stimulus != least {
		t.Errorf("worst %+v, best %+v; want 3 and %d", rec.Worst, rec.Best, least)
	}
}

// TestRecogniseSettles lets recognition go on until the objective has settled, of one stimulus; and
// takes the steps that the circuit declares where it cannot.
func TestRecogniseSettles(t *testing.T) {
	data := tempfile.Write(t, "v.csv", trainedStimuli)
	one := experiment.Setting("stimulus.path", tempfile.Write(t, "one.csv", "2,1,0,0.5\n"))
	rec, err := recall.Recognise(t.Context(), trained(t, data), []string{one}, filepath.Join(t.TempDir(), "a"), 0)
	if err != nil {
		t.Fatal(err)
	}
	if !rec.Sought || !rec.Settled || rec.Steps < 10 || rec.Steps > recall.RecognitionSteps || rec.Worst != nil || rec.Best != nil || len(rec.First) != 1 {
		t.Errorf("%+v", rec)
	}
	spiking := trained(t, data, "recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike", "learning.epochs=3")
	rec, err = recall.Recognise(t.Context(), spiking, []string{one}, filepath.Join(t.TempDir(), "a"), 0)
	if err != nil {
		t.Fatal(err)
	}
	want := (&network.SpikeBySpike[float64]{}).Describe().Steps
	if rec.Sought || rec.Settled || rec.Steps != want {
		t.Errorf("%d steps, sought %v, settled %v; want %d that the circuit declares", rec.Steps, rec.Sought, rec.Settled, want)
	}
}

// TestRecogniseErrors holds wrong requests to their messages, and nothing is written.
func TestRecogniseErrors(t *testing.T) {
	data := tempfile.Write(t, "v.csv", trainedStimuli)
	run := trained(t, data)
	changed := trained(t, data)
	if err := os.WriteFile(filepath.Join(changed, "arrays", "W.npy"), []byte("\x93NUMPY"), 0o666); err != nil {
		t.Fatal(err)
	}
	own := experiment.Setting("stimulus.path", data)
	for _, tt := range []struct {
		what, run string
		settings  []string
		want      string
	}{
		{"no directory", filepath.Join(run, "nothing"), nil, "is not the directory of a finished run: there is no such directory"},
		{"a file", data, nil, "is not the directory of a finished run: it is a file"},
		{"changed synapses", changed, []string{own}, "W.npy was changed since the run wrote it"},
		{"another size", run, []string{experiment.Setting("stimulus.path", tempfile.Write(t, "three.csv", "1,2,3\n"))}, "has stimuli of 3 values; the network of " + run + " has 4 visible neurons"},
		{"no file", run, []string{experiment.Setting("stimulus.path", data+".gone")}, "v.csv.gone: cannot read stimuli"},
		{"no number", run, []string{experiment.Setting("stimulus.path", tempfile.Write(t, "bad.csv", "1,2,3,4\n1,x,3,4\n"))}, `"x" is not a number`},
		{"a stimulus that is not there", run, []string{own, `look.stimulus="6"`}, `look.stimulus = "6"; allowed is a number from 0 to 5`},
		{"a wrong key", run, []string{own, "stimulus.scale=1"}, `there is no key "stimulus.scale"`},
	} {
		dir := filepath.Join(t.TempDir(), "answer")
		rec, err := recall.Recognise(t.Context(), tt.run, tt.settings, dir, 1)
		if request := new(experiment.RequestError); rec != nil || !errors.As(err, &request) || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.what, err, tt.want)
		}
		if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) > 0 {
			t.Errorf("%s: %v is left", tt.what, left)
		}
	}
	taken := t.TempDir()
	if _, err := recall.Recognise(t.Context(), run, []string{own}, taken, 1); err == nil || !strings.Contains(err.Error(), "is already there; choose another place with --out") {
		t.Errorf("a place that is taken: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	dir := filepath.Join(t.TempDir(), "answer")
	if _, err := recall.Recognise(ended, run, []string{own}, dir, 1); !errors.As(err, new(*outcome.Interrupted)) {
		t.Errorf("%v; want an interruption", err)
	}
	if left, _ := os.ReadDir(filepath.Dir(dir)); len(left) > 0 {
		t.Errorf("the interrupted recognition left %v", left)
	}
}

// TestMeanings compares the features that hold a word with the shares computed here from the
// arrays of the run, and holds wrong requests to their messages.
func TestMeanings(t *testing.T) {
	var lines strings.Builder
	for k, words := range []string{"bank money loan", "bank river water", "tree leaf wood", "river water boat", "money loan credit", "wood tree root"} {
		for range 3 {
			fmt.Fprintf(&lines, "{\"title\": \"%d\", \"text\": %q}\n", k, strings.Repeat(words+" ", 2+k%3))
		}
	}
	run := trained(t, tempfile.Write(t, "d.jsonl", lines.String()), "network.hidden=4", "learning.epochs=3", "text.skip=0", "text.keep=100")
	text, err := os.ReadFile(filepath.Join(run, "words.txt"))
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(string(text))
	w, h := matrix(t, run, "W.npy"), matrix(t, run, "H.npy")
	j, total := -1, 0.0
	for k, word := range words {
		if word == "bank" {
			j = k
		}
	}
	share := make([]float64, len(w))
	for a := range w {
		for i := range h {
			share[a] += h[i][a] * w[a][j]
		}
		total += share[a]
	}
	all, rest, err := recall.Meanings(run, "bank", 0)
	if err != nil || rest != 0 || len(all) != len(w) {
		t.Fatalf("%v, rest %v, %d features; want all %d", err, rest, len(all), len(w))
	}
	for k, m := range all {
		rank := 1
		for _, x := range w[m.Neuron] {
			if x > w[m.Neuron][j] {
				rank++
			}
		}
		if !close(m.Share, share[m.Neuron]/total) || m.Rank != rank || k > 0 && m.Share > all[k-1].Share {
			t.Errorf("feature %d: %+v; want the share %v and the rank %d", k, m.Sense, share[m.Neuron]/total, rank)
		}
		strongest := 0
		for i, x := range w[m.Neuron] {
			if x > w[m.Neuron][strongest] {
				strongest = i
			}
		}
		if len(m.Words) == 0 || m.Words[0] != words[strongest] {
			t.Errorf("feature %d: the words %q; want %q first", k, m.Words, words[strongest])
		}
	}
	two, rest, err := recall.Meanings(run, "bank", 1) // two are always told
	if err != nil || len(two) != 2 || !close(two[0].Share+two[1].Share+rest, 1) {
		t.Errorf("%v, %d features, rest %v", err, len(two), rest)
	}

	for _, tt := range []struct{ run, word, want string }{
		{run, "banker", `"banker" is not among the 11 words of ` + run + `; words are in lower case; there are ["bank"]`},
		{run, "Bank", `"Bank" is not among the 11 words`},
		{trained(t, tempfile.Write(t, "v.csv", trainedStimuli)), "bank", "there is no words.txt: the stimuli of this run were not documents"},
		{run + "-2", "bank", "is not the directory of a finished run: there is no such directory"},
	} {
		if _, _, err := recall.Meanings(tt.run, tt.word, 0); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v; want %q", tt.word, err, tt.want)
		}
	}
}
