package citation_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/citation"
	"partsnet/sim/experiment"
	"partsnet/sim/rundir"
)

// finished makes a short run.
func finished(t *testing.T, settings ...string) string {
	t.Helper()
	x, err := experiment.Read("a run to cite", nil, append([]string{"network.hidden=3", "figures=[]", "stimulus.count=20", "stimulus.side=8", "learning.epochs=2", "look.frames=0"}, settings...))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestCiteSaysTheStart cites runs that start in different ways.
func TestCiteSaysTheStart(t *testing.T) {
	t.Parallel()
	synapses := filepath.Join(t.TempDir(), "begin.csv")
	row := strings.Repeat("1,", 63) + "2\n"
	if err := os.WriteFile(synapses, []byte(row+row+row), 0o666); err != nil {
		t.Fatal(err)
	}
	for settings, want := range map[string]string{
		"recognition.circuit=divisive-error learning.rule=poisson":                                 "Weights started uniformly between 0.1 and 1, normalised so that those of each hidden neuron summed to 1; every hidden neuron started with an equal share of the total of the stimulus times a random factor between 0.5 and 1.5, and its rate went on from epoch to epoch.",
		"recognition.circuit=divisive-error learning.rule=poisson rates.spread=0":                  "every hidden neuron started with an equal share of the total of the stimulus, and its rate went on",
		"recognition.circuit=divisive-error learning.rule=poisson-online":                          "every hidden neuron started with an equal share of the total of the stimulus at each presentation of a stimulus.",
		"recognition.circuit=lca learning.rule=subtractive":                                        "hidden neurons started at rest, with a rate of 0, at each presentation of a stimulus.",
		"recognition.circuit=lateral-inhibition learning.rule=gaussian":                            "Weights started uniformly between 0.1 and 1; every",
		experiment.Setting("synapses.path", synapses) + " learning.rule=poisson synapses.high=0.5": "Weights started as in begin.csv, normalised so that those of each hidden neuron summed to 1; every",
		"learning.rule=poisson synapses.low=0.5 synapses.high=0.5":                                 "All weights started at 0.5, normalised",
	} {
		text, err := citation.Cite(finished(t, strings.Fields(settings)...))
		if err != nil || !strings.Contains(text, want) {
			t.Errorf("%s: %v, there is no %q in\n%s", settings, err, want, text)
		}
	}
}

// TestCiteChecksWhatItQuotes changes numbers of the manifest, which has no checksum, and the table
// of records.
func TestCiteChecksWhatItQuotes(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ file, from, to, want string }{
		{rundir.ManifestFile, `"epochs": 2`, `"epochs": 20`, "ended with epoch = 20, and the last record"},
		{rundir.ManifestFile, `"last": `, `"last": 1`, "ended with D = 1"},
		{rundir.ManifestFile, `"hoyer_parts": 0.`, `"hoyer_parts": 0.9`, "ended with hoyer_parts = 0.9"},
		{rundir.MetricsFile, "\n2,", "\n3,", "metrics.csv was changed since the run wrote it"},
	} {
		dir := finished(t, `measures=["hoyer_parts"]`)
		path := filepath.Join(dir, tt.file)
		text, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(text, []byte(tt.from)) {
			t.Fatalf("%v, %s", err, text)
		}
		if err := os.WriteFile(path, bytes.Replace(text, []byte(tt.from), []byte(tt.to), 1), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := citation.Cite(dir); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", tt.from, err, tt.want)
		}
	}
}
