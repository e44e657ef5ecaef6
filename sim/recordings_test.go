package sim_test

import (
	"archive/zip"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/configs"
	"partsnet/internal/shared"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/recall"
	"partsnet/sim/rundir"
	"partsnet/sim/simtest"
	"partsnet/sim/stimulus"
)

// recordings writes tables of two subjects, each walking and running, of three neurons that two
// parts drive; those who run are ten times as strong.
func recordings(t *testing.T) (folder string) {
	t.Helper()
	folder = t.TempDir()
	for s, subject := range []string{"A", "B"} {
		for c, condition := range []string{"walk", "run"} {
			b := "vastus,tibialis,soleus\n"
			for i := range 6 + s {
				x, y := math.Pow(10, float64(c))*float64(i%3), math.Pow(10, float64(c))*float64((i+s)%2)
				b += fmt.Sprintf("%v,%v,%v\n", x+0.1, 2*y+0.05*float64(i), x+y)
			}
			if err := os.WriteFile(filepath.Join(folder, subject+"_"+condition+".csv"), []byte(b), 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	return folder
}

// rowsOf reads a table of a directory, a map of columns a row.
func rowsOf(t *testing.T, dir, name string) (rows []map[string]string) {
	t.Helper()
	all := table(t, dir, name)
	for _, row := range all[1:] {
		m := map[string]string{}
		for k, name := range all[0] {
			m[name] = row[k]
		}
		rows = append(rows, m)
	}
	return rows
}

// runOf runs an experiment and returns its directory.
func runOf(t *testing.T, x *experiment.Experiment) (dir string, report *sim.Report) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "run")
	report, err := sim.Run(context.Background(), x, dir, sim.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return dir, report
}

// TestRecordingsAndGroups learns from four files in two groups, and works out anew from the arrays
// what the table of groups says. The recordings are read back with the run, and its manifest has
// the checksum of each file.
func TestRecordingsAndGroups(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	folder := recordings(t)
	for _, learn := range []string{experiment.Concatenated, experiment.Shared} {
		x := simtest.Experiment(t, experiment.Setting("stimulus.path", folder), "groups.files={subject}_{condition}.csv", `groups.by=["condition"]`, "groups.learn="+learn,
			"network.hidden=2", "learning.rule=gaussian", "recognition.circuit=lateral-inhibition", "learning.epochs=40", "figures=[]", "tables=always")
		dir, report := runOf(t, x)

		want := []stimulus.Recording{{Name: "A_run", Subject: "A", Condition: "run", From: 0, To: 6}, {Name: "A_walk", Subject: "A", Condition: "walk", From: 6, To: 12},
			{Name: "B_run", Subject: "B", Condition: "run", From: 12, To: 19}, {Name: "B_walk", Subject: "B", Condition: "walk", From: 19, To: 26}}
		saved, err := rundir.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		o, err := saved.Outcome()
		if err != nil || !slices.Equal(o.Stimuli.Recordings, want) {
			t.Errorf("the run is read with the recordings %+v, %v; want %+v", o.Stimuli.Recordings, err, want)
		}
		if len(saved.Manifest.Inputs) != 4 || saved.Manifest.Inputs[filepath.Join(folder, "A_run.csv")] == "" {
			t.Errorf("the manifest has the checksums of %v", saved.Manifest.Inputs)
		}
		if err := saved.ReadRates(o); err != nil {
			t.Fatal(err)
		}

		in := stimuliOf(t, folder)
		groups := rowsOf(t, dir, rundir.GroupsFile)
		if len(groups) != 2 || groups[0]["group"] != "run" || groups[1]["group"] != "walk" || groups[1]["stimuli"] != "13" || groups[1]["recordings"] != "2" || groups[1]["subject"] != "" {
			t.Fatalf("%s: groups %v", learn, groups)
		}
		w, h := report.Synapses(), make([]float64, 2)
		for g, row := range groups {
			by := 1.0
			if learn == experiment.Shared {
				squares, count := 0.0, 0.0
				for _, r := range []stimulus.Recording{want[g], want[g+2]} {
					for i := r.From; i < r.To; i++ {
						for _, v := range in[i] {
							squares, count = squares+v*v, count+1
						}
					}
				}
				by = math.Sqrt(squares / count)
			}
			var v, p []float64
			mean := make([]float64, 2)
			for _, r := range []stimulus.Recording{want[g], want[g+2]} {
				for i := r.From; i < r.To; i++ {
					o.Rates.Stimulus(i, h)
					mean[0], mean[1] = mean[0]+h[0]/13, mean[1]+h[1]/13
					for j, y := range in[i] {
						v, p = append(v, y/by), append(p, h[0]*w[j]+h[1]*w[3+j])
					}
				}
			}
			missed, squares, total, all := 0.0, 0.0, 0.0, make([]float64, 3)
			for k := range v {
				missed, squares, total = missed+(v[k]-p[k])*(v[k]-p[k]), squares+v[k]*v[k], total+v[k]
				all[k%3] += v[k]
			}
			varied := squares
			for _, y := range all {
				varied -= y * y / 13
			}
			deviated := squares - total*total/39
			share := []float64{mean[0] * (w[0] + w[1] + w[2]), mean[1] * (w[3] + w[4] + w[5])}
			for name, want := range map[string]float64{
				"explained_variance": 1 - missed/varied, "explained_deviation": 1 - missed/deviated, "explained_energy": 1 - missed/squares,
				"squared_rates": squares, "divided_by": by, "mean_rate_0": mean[0], "mean_rate_1": mean[1], "share_0": share[0] / (share[0] + share[1]), "share_1": share[1] / (share[0] + share[1]),
			} {
				if got, err := strconv.ParseFloat(row[name], 64); err != nil || math.Abs(got-want) > 1e-9*math.Max(1, math.Abs(want)) {
					t.Errorf("%s, %s: %s = %s, want %v", learn, row["group"], name, row[name], want)
				}
			}
			if learn == experiment.Shared && math.Abs(squares-39) > 1e-9 {
				t.Errorf("%s: the squared rates add to %v, want one a rate", row["group"], squares)
			}
		}
		cycles := rowsOf(t, dir, rundir.CyclesFile) // of recordings of 6 and of 7 stimuli, in percent
		if len(cycles) != 2*2*101 || cycles[0]["condition"] != "run" || cycles[2*101]["condition"] != "walk" || cycles[100]["point"] != "100" {
			t.Fatalf("%s: %d rows of cycles", learn, len(cycles))
		}
		first, second := make([]float64, 2), make([]float64, 2)
		o.Rates.Stimulus(11, first) // the last of A who walks, and of B
		o.Rates.Stimulus(25, second)
		for a := range first {
			row := cycles[2*101+a*101+100]
			mean, sd := (first[a]+second[a])/2, math.Abs(first[a]-second[a])/math.Sqrt2
			for name, want := range map[string]float64{"mean": mean, "sd": sd, "recordings": 2, "neuron": float64(a)} {
				if got, err := strconv.ParseFloat(row[name], 64); err != nil || math.Abs(got-want) > 1e-12*math.Max(1, want) {
					t.Errorf("%s: %s of neuron %d at the end of walking is %s, want %v", learn, name, a, row[name], want)
				}
			}
		}
		answer := filepath.Join(t.TempDir(), "answer")
		rec, err := recall.Recognise(context.Background(), dir, []string{experiment.Setting("stimulus.path", recordings(t))}, answer, 20)
		if err != nil || rec.Stimuli != 26 {
			t.Fatalf("%s: %v", learn, err)
		}
		if said := strings.Join(rec.Read, "; "); strings.Contains(said, "keep their own unit") != (learn == experiment.Shared) {
			t.Errorf("%s: recognise says %s", learn, said)
		}
		if got := rowsOf(t, answer, rundir.RecordingsFile); len(got) != 4 || got[3]["recording"] != "B_walk" {
			t.Errorf("%s: the answer is to the recordings %v", learn, got)
		}
		if rec, err := recall.Recognise(context.Background(), dir, []string{experiment.Setting("stimulus.path", filepath.Join(folder, "A_run.csv"))}, filepath.Join(t.TempDir(), "one"), 20); err != nil || rec.Stimuli != 6 {
			t.Errorf("%s: one file: %v", learn, err)
		}
	}
}

// stimuliOf returns the rates of [recordings], in the order in which the files are read.
func stimuliOf(t *testing.T, folder string) (rows [][]float64) {
	t.Helper()
	for _, name := range []string{"A_run", "A_walk", "B_run", "B_walk"} {
		all, err := csv.NewReader(strings.NewReader(read(t, folder, name+".csv"))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range all[1:] {
			var rates []float64
			for _, field := range row {
				x, err := strconv.ParseFloat(field, 64)
				if err != nil {
					t.Fatal(err)
				}
				rates = append(rates, x)
			}
			rows = append(rows, rates)
		}
	}
	return rows
}

// TestSharedRefused refuses to divide a group without rates, and counts.
func TestSharedRefused(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, content := range map[string]string{"a.csv": "1,2\n", "b.csv": "0,0\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	x := simtest.Experiment(t, experiment.Setting("stimulus.path", folder), "groups.files={subject}.csv", `groups.by=["subject"]`, "groups.learn=shared", "network.hidden=1", "figures=[]")
	if _, err := sim.Learn(context.Background(), x, 1); err == nil || !strings.Contains(err.Error(), `the root mean square of the group "b" is 0`) {
		t.Errorf("%v", err)
	}
}

// TestWalkingIsRead reads the recordings of the experiment emg/walking from their archive and from a
// folder: the same stimuli, of ten people, a muscle a neuron.
func TestWalkingIsRead(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	t.Parallel()
	packed := filepath.Join(shared.Path(t, "data", "emg-synergies"), "emg-walking-10-subjects-csv.zip")
	folder := t.TempDir()
	z, err := zip.OpenReader(packed)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	if err := os.CopyFS(folder, z); err != nil {
		t.Fatal(err)
	}
	text, err := configs.Files.ReadFile("emg/walking.toml")
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]bool{}
	for path, files := range map[string]int{packed: 1, folder: 10} {
		x, err := experiment.Read("walking.toml", text, []string{experiment.Setting("stimulus.path", path), "groups.learn=concatenated", "groups.parts="})
		if err != nil {
			t.Fatal(err)
		}
		in, err := inputs.Prepare(context.Background(), x)
		if err != nil {
			t.Fatal(err)
		}
		if err := in.Prove(context.Background(), x); err != nil {
			t.Fatal(err)
		}
		s := in.Shown()
		sums[s.Checksum] = true
		if s.Count != 2000 || s.Size != 13 || len(s.Recordings) != 10 || len(s.Files) != files || s.Neurons[0] != "ME" || s.Neurons[12] != "SO" {
			t.Errorf("%s: %d stimuli of %d, %d recordings, %d checksums, %q", path, s.Count, s.Size, len(s.Recordings), len(s.Files), s.Neurons)
		}
		if last := (stimulus.Recording{Name: "ID0010_TW_01_V", Subject: "ID0010", Trial: "01", From: 1800, To: 2000}); s.Recordings[9] != last {
			t.Errorf("%s: the last recording is %+v", path, s.Recordings[9])
		}
	}
	if len(sums) != 1 {
		t.Error("the archive and the folder hold other stimuli")
	}
}
