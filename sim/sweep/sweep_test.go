package sweep_test

import (
	"context"
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/sim/campaign"
	"partsnet/sim/experiment"
	"partsnet/sim/record"
	"partsnet/sim/sweep"
)

const small = `name = "small"
seed = 3
measures = ["parts_recovered", "explained_variance"]
[stimulus]
generator = "bars"
count = 60
[bars]
positions = 3
[network]
hidden = 6
[learning]
epochs = 12
`

func read(t *testing.T, text string, q sweep.Request) *sweep.Sweep {
	t.Helper()
	s, err := sweep.Read(t.Context(), "small.toml", []byte(text), q)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func titles(s *sweep.Sweep) (titles []string) {
	for _, c := range s.Cells {
		titles = append(titles, s.Title(c))
	}
	return titles
}

// TestCells makes cells of tables, and of what a command line puts over them.
func TestCells(t *testing.T) {
	t.Parallel()
	table := small + `[sweep]
seeds = 2
[sweep.grid]
network.hidden = [4, 6]
[sweep.zip]
recognition.circuit = ["divisive-error", "lateral-inhibition"]
learning.rule = ["poisson", "gaussian"]
[[sweep.drop]]
network.hidden = 6
learning.rule = "gaussian"
`
	poisson, gaussian := "recognition.circuit = divisive-error, learning.rule = poisson", "recognition.circuit = lateral-inhibition, learning.rule = gaussian"
	for name, tt := range map[string]struct {
		text  string
		q     sweep.Request
		want  []string
		seeds int
	}{
		"nothing is varied": {small, sweep.Request{Seeds: 3}, []string{""}, 3},
		"a table": {table, sweep.Request{}, []string{
			"network.hidden = 4, " + poisson, "network.hidden = 4, " + gaussian, "network.hidden = 6, " + poisson}, 2},
		"a grid": {small, sweep.Request{Grid: []string{"network.hidden=2:6:2", "learning.relaxation=1.0,1.5"}}, []string{
			"network.hidden = 2, learning.relaxation = 1.0", "network.hidden = 2, learning.relaxation = 1.5",
			"network.hidden = 4, learning.relaxation = 1.0", "network.hidden = 4, learning.relaxation = 1.5",
			"network.hidden = 6, learning.relaxation = 1.0", "network.hidden = 6, learning.relaxation = 1.5"}, 1},
		"a command line over a table": {table, sweep.Request{Grid: []string{"network.hidden=5,6"}, Seeds: 1}, []string{
			"network.hidden = 5, " + poisson, "network.hidden = 5, " + gaussian, "network.hidden = 6, " + poisson}, 1},
		"values twice in a zip": {small, sweep.Request{Zip: []string{"network.hidden=4,4,6", "learning.epochs=2:4"}}, []string{
			"network.hidden = 4, learning.epochs = 2", "network.hidden = 4, learning.epochs = 3", "network.hidden = 6, learning.epochs = 4"}, 1},
		"lists as values": {small, sweep.Request{Grid: []string{"stack.hidden=[[], [3]]"}}, []string{"stack.hidden = []", "stack.hidden = [3]"}, 1},
	} {
		s := read(t, tt.text, tt.q)
		if got := titles(s); !slices.Equal(got, tt.want) || s.Seeds != tt.seeds {
			t.Errorf("%s: %d seeds of\n%s\nwant\n%s", name, s.Seeds, strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
		}
	}
	c := read(t, table, sweep.Request{Set: []string{"learning.epochs=5"}}).Cells[1]
	if x := c.Runs[1]; x.Seed != 4 || x.Hidden != 4 || x.Learning.Rule != "gaussian" || x.Learning.Epochs != 5 || len(x.Figures) != 0 {
		t.Errorf("the run is %+v", x)
	}
}

// TestRefused names what is wrong and where.
func TestRefused(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"[sweep]\nseeds = 0":                                                     "small.toml:14: sweep: seeds = 0",
		"[sweep]\nbest = \"explained_variance\"":                                 `small.toml:14: sweep.best = "explained_variance"; allowed is "lowest" or "highest"`,
		"[sweep]\nbest = \"highest rmse\"":                                       "the runs do not take that measure",
		"[sweep.grid]\nnetwork.hidden = 3":                                       "small.toml:14: network.hidden = 3; allowed is a list",
		"[sweep.grid]\nnetwork.hiden = [3]":                                      "did you mean network.hidden?",
		"[sweep.grid]\nseed = [3]":                                               "seed is not varied by a sweep",
		"[[recorder]]\n[sweep.grid]\nnetwork.hidden = [3]":                       "recorder or stimulus.save in a sweep, whose runs write no directories",
		"[sweep.grid]\nnetwork.hidden = [3, 3]":                                  "has the value 3 twice",
		"[sweep.zip]\nnetwork.hidden = [3, 4]\nlearning.epochs = [1]":            "different numbers of values",
		"[sweep.grid]\nnetwork.hidden = [3]\n[[sweep.drop]]\nnetwork.hidden = 4": "leaves out no cell",
		"[sweep.grid]\nnetwork.hidden = [3]\n[[sweep.drop]]\nnetwork.hidden = 3": "leaves out all 1 cells",
		"[sweep.drop]\nnetwork.hidden = 3":                                       "sweep: there is no key",
		"[sweep.grid]\nlearning.rule = [\"poisson\", \"poison\"]":                "the cell learning.rule = poison",
	} {
		_, err := sweep.Read(t.Context(), "small.toml", []byte(small+text), sweep.Request{})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\n%v\nwant %s", text, err, want)
		}
	}
	for _, setting := range []string{"network.hidden", "=3", "network.hidden=5:2", "network.hidden=1:9:0", "network.hidden=0:9000000"} {
		if _, err := sweep.Read(t.Context(), "small.toml", []byte(small), sweep.Request{Grid: []string{setting}}); err == nil || !strings.Contains(err.Error(), "--sweep "+setting) {
			t.Errorf("%s: %v", setting, err)
		}
	}
	if _, err := experiment.Read("small.toml", []byte(small+"[sweep.grid]\nnetwork.hidden = [3]"), nil); err == nil || !strings.Contains(err.Error(), "small.toml:14: the table [sweep] makes many runs of an experiment; run it with: partsnet sweep small.toml") {
		t.Errorf("an experiment with a sweep: %v", err)
	}
}

// rows reads a CSV file of a sweep.
func rows(t *testing.T, dir, name string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// TestInterrupted kills a sweep after every two runs; the one that is continued each time
// ends with the tables and figures of an undisturbed one. The finished one is then continued with
// another value and another seed, and has the tables of one that had them from the beginning.
func TestInterrupted(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	root := t.TempDir()
	q := sweep.Request{Grid: []string{"network.hidden=4,6", "learning.relaxation=1.0,1.5"}, Seeds: 2}
	s := read(t, small, q)
	whole, broken := filepath.Join(root, "whole"), filepath.Join(root, "broken")
	if _, err := sweep.Run(t.Context(), s, whole, sweep.Options{}); err != nil {
		t.Fatal(err)
	}
	kills, last := 0, 0
	for finished := false; !finished; {
		ctx, cancel := context.WithCancel(t.Context())
		at := last
		_, err := sweep.Run(ctx, s, broken, sweep.Options{Workers: 1, Resume: kills > 0, Progress: func(p campaign.Progress) {
			if p.Done <= last {
				t.Errorf("run %d again", p.Done)
			}
			if last = p.Done; last == at+2 && last < p.Of {
				cancel()
			}
		}})
		cancel()
		if finished = err == nil; !finished && !strings.HasPrefix(err.Error(), "interrupted after ") {
			t.Fatal(err)
		}
		kills++
	}
	if kills != 4 {
		t.Errorf("the sweep was begun %d times, want 4", kills)
	}
	same := func(a, b string) {
		t.Helper()
		for _, name := range []string{"records.csv", "summary.csv", "figures/by-network-hidden.svg", "figures/heat.svg"} {
			x, err1 := os.ReadFile(filepath.Join(a, name))
			y, err2 := os.ReadFile(filepath.Join(b, name))
			if err := errors.Join(err1, err2); err != nil || string(x) != string(y) {
				t.Errorf("%s differs, %v", name, err)
			}
		}
	}
	same(whole, broken)
	var exists *record.ExistsError
	if _, err := sweep.Run(t.Context(), s, broken, sweep.Options{Resume: true}); !errors.As(err, &exists) {
		t.Errorf("a finished sweep was continued: %v", err)
	}

	q.Grid[0], q.Seeds = "network.hidden=4,5,6", 3
	s = read(t, small, q)
	more, ran := filepath.Join(root, "more"), 0
	if _, err := sweep.Run(t.Context(), s, more, sweep.Options{}); err != nil {
		t.Fatal(err)
	}
	if _, err := sweep.Run(t.Context(), s, broken, sweep.Options{Resume: true, Progress: func(campaign.Progress) { ran++ }}); err != nil {
		t.Fatal(err)
	}
	if ran != 3*2*3-8 {
		t.Errorf("%d runs are new, want 10", ran)
	}
	same(more, broken)
}

// TestTables holds the tables to the runs: a row a run and record, and means of the last records.
func TestTables(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "s")
	s := read(t, small, sweep.Request{Grid: []string{"network.hidden=4,6"}, Seeds: 3, Best: "highest explained_variance"})
	table, err := sweep.Run(t.Context(), s, dir, sweep.Options{})
	if err != nil {
		t.Fatal(err)
	}
	records := rows(t, dir, "records.csv")
	if want := "network.hidden,seed,epoch,objective,parts_recovered,explained_variance"; strings.Join(records[0], ",") != want {
		t.Errorf("columns %s, want %s", strings.Join(records[0], ","), want)
	}
	if len(records) != 1+2*3*11 { // epochs 1 to 10 and the last
		t.Errorf("%d records", len(records)-1)
	}
	sum := map[string]float64{}
	for _, r := range records[1:] {
		if r[2] == "12" {
			x, err := strconv.ParseFloat(r[5], 64)
			if err != nil {
				t.Fatal(err)
			}
			sum[r[0]] += x / 3
		}
	}
	found := 0
	for _, r := range rows(t, dir, "summary.csv")[1:] {
		if r[1] != "explained_variance" {
			continue
		}
		found++
		if mean, _ := strconv.ParseFloat(r[4], 64); mean < sum[r[0]]-1e-12 || mean > sum[r[0]]+1e-12 || r[2] != "3" {
			t.Errorf("mean of %s hidden neurons %v over %s runs, want %v over 3", r[0], mean, r[2], sum[r[0]])
		}
	}
	if found != 2 {
		t.Errorf("%d means, want 2", found)
	}
	end := map[string]float64{} // by hidden neurons and seed
	for _, r := range records[1:] {
		if r[2] == "12" {
			end[r[0]+" "+r[1]], _ = strconv.ParseFloat(r[5], 64)
		}
	}
	pairs := 0
	for _, r := range rows(t, dir, "paired.csv")[1:] {
		if r[1] != "explained_variance" {
			continue
		}
		pairs++
		other, want := "4", 0.0
		if r[0] == "4" {
			other = "6"
		}
		for _, seed := range []string{" 3", " 4", " 5"} {
			want += (end[r[0]+seed] - end[other+seed]) / 3
		}
		if mean, err := strconv.ParseFloat(r[3], 64); err != nil || r[2] != "3" || mean < want-1e-12 || mean > want+1e-12 || mean > 0 {
			t.Errorf("%v: the difference is %v over %s pairs, want %v over 3", r, mean, r[2], want)
		}
	}
	if pairs != 1 {
		t.Errorf("%d differences, want 1", pairs)
	}
	best, ok := table.Chosen()
	if want := max(sum["4"], sum["6"]); !ok || best.Mean < want-1e-12 || best.Mean > want+1e-12 {
		t.Errorf("the best is %+v, want the mean %v", best, want)
	}
}

// TestFailedRuns do not stop the others, are named, and are tried again.
func TestFailedRuns(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	root := t.TempDir()
	good, bad := filepath.Join(root, "good.csv"), filepath.Join(root, "bad.csv")
	numbers := []byte("1,0,2\n0,3,1\n2,1,0\n1,1,1\n")
	if err := os.WriteFile(good, numbers, 0o666); err != nil {
		t.Fatal(err)
	}
	text := "name = \"own\"\nmeasures = [\"rmse\"]\n[network]\nhidden = 2\n[learning]\nepochs = 3\n"
	s := read(t, text, sweep.Request{Zip: []string{"stimulus.path=" + good + "," + bad}, Seeds: 2})
	dir := filepath.Join(root, "s")
	table, err := sweep.Run(t.Context(), s, dir, sweep.Options{})
	if err != nil || table.Failed != 2 || table.Dir != dir+".partial" || !strings.Contains(table.Rows[1].Error, "bad.csv") {
		t.Fatalf("%+v, %v", table, err)
	}
	states := rows(t, table.Dir, "runs.csv")
	if states[1][2] != "done" || states[3][2] != "failed" || !strings.Contains(states[3][6], "bad.csv") {
		t.Errorf("states %v", states)
	}
	if err := os.WriteFile(bad, numbers, 0o666); err != nil {
		t.Fatal(err)
	}
	ran := 0
	if table, err = sweep.Run(t.Context(), s, dir, sweep.Options{Resume: true, Progress: func(campaign.Progress) { ran++ }}); err != nil || table.Failed != 0 || ran != 2 || table.Dir != dir {
		t.Errorf("%d runs again, %+v, %v", ran, table, err)
	}
}

// TestObjectivesAreNotCompared: no cell has the lowest of two objectives that are different functions.
func TestObjectivesAreNotCompared(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	zip := []string{"recognition.circuit=divisive-error,lateral-inhibition", "learning.rule=poisson,gaussian"}
	table, err := sweep.Run(t.Context(), read(t, small, sweep.Request{Zip: zip}), filepath.Join(t.TempDir(), "s"), sweep.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if table.Best >= 0 || !slices.Equal(table.Objectives, []string{"D", "E"}) {
		t.Errorf("row %d is the best of %v", table.Best, table.Objectives)
	}
}

// TestResumeKeepsWhatIsFinished: a finished sweep is continued with more values alone. With other settings,
// fewer values or other data it is refused, and stays as it is; so is what is no sweep.
func TestResumeKeepsWhatIsFinished(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	root := t.TempDir()
	data := filepath.Join(root, "v.csv")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(data, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("1,0,2\n0,3,1\n2,1,0\n1,1,1\n")
	text := "name = \"own\"\nmeasures = [\"rmse\"]\n[learning]\nepochs = 3\n"
	own := []string{experiment.Setting("stimulus.path", data)}
	dir := filepath.Join(root, "s")
	run := func(q sweep.Request) (*sweep.Table, error) {
		return sweep.Run(t.Context(), read(t, text, q), dir, sweep.Options{Resume: true})
	}
	if _, err := run(sweep.Request{Set: own, Grid: []string{"network.hidden=1,2"}}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(filepath.Join(dir, "records.csv"))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what, want string, q sweep.Request) {
		t.Helper()
		if _, err := run(q); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", what, err, want)
		}
		if now, err := os.ReadFile(filepath.Join(dir, "records.csv")); err != nil || string(now) != string(whole) {
			t.Errorf("%s: the records have changed, %v", what, err)
		}
	}
	refused("other settings", "2 runs have other settings or data", sweep.Request{Set: append(own, "learning.epochs=2"), Grid: []string{"network.hidden=1,2"}})
	refused("other data", "2 runs have other settings or data", sweep.Request{Set: []string{experiment.Setting("stimulus.path", data+".nowhere")}, Grid: []string{"network.hidden=1,2"}})
	refused("fewer values", "1 run is left out", sweep.Request{Set: own, Grid: []string{"network.hidden=2,3"}})
	write("1,0,2\n0,3,1\n2,1,0\n1,1,2\n")
	refused("changed data", "2 runs have other settings or data", sweep.Request{Set: own, Grid: []string{"network.hidden=1:3"}})
	write("1,0,2\n0,3,1\n2,1,0\n1,1,1\n")
	table, err := run(sweep.Request{Set: own, Grid: []string{"network.hidden=1:3"}})
	if err != nil || len(table.Rows) != 3 {
		t.Errorf("more values: %+v, %v", table, err)
	}
	dir = filepath.Join(root, "none")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := run(sweep.Request{Set: own}); err == nil || !strings.Contains(err.Error(), "is not a finished sweep") {
		t.Errorf("an empty folder: %v", err)
	}
}

// TestOtherStimuliHaveNoBest: sums over different stimuli are not compared.
func TestOtherStimuliHaveNoBest(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	table, err := sweep.Run(t.Context(), read(t, small, sweep.Request{Grid: []string{"stimulus.count=60,80"}}), filepath.Join(t.TempDir(), "s"), sweep.Options{})
	if err != nil || table.Best >= 0 || !table.OtherStimuli {
		t.Errorf("row %d is the best, %v", table.Best, err)
	}
	table, err = sweep.Run(t.Context(), read(t, small, sweep.Request{Grid: []string{"stimulus.count=60,80"}, Best: "highest explained_variance"}), filepath.Join(t.TempDir(), "s"), sweep.Options{})
	if err != nil || table.Best < 0 {
		t.Errorf("row %d is the best by a measure, %v", table.Best, err)
	}
}
