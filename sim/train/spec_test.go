package train

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/tempfile"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/outcome"
)

// TestStartFromEnds reads synapses to start from: the context ends it.
func TestStartFromEnds(t *testing.T) {
	path := tempfile.Write(t, "w.csv", "1,2,3\n4,5,6\n")
	if w, err := startFrom(t.Context(), "synapses.path", path, 2, 3); err != nil || len(w) != 6 {
		t.Errorf("%v, %v", w, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := startFrom(ctx, "synapses.path", path, 2, 3); !errors.As(err, new(*outcome.Interrupted)) {
		t.Errorf("%v; want an interruption", err)
	}
}

// TestStartsThatAreZero names the file and the row of a start that multiplication would leave at
// zero, and of what lies below the floor.
func TestStartsThatAreZero(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	v, w, h := write("v.csv", "1,2,3\n0,0,0\n4,5,6\n"), write("w.csv", "1,0,1\n0,1,0\n"), write("h.csv", "1,1\n0,0\n0,1\n")
	zeroW, faintW, zeroH := write("zw.csv", "1,0,1\n0,0,0\n"), write("fw.csv", "1e-5,0,0\n0,1,1\n"), write("zh.csv", "1,1\n0,0\n0,0\n")
	gaussian := []string{"recognition.circuit=lateral-inhibition", "learning.rule=gaussian"}
	for _, c := range []struct {
		w, h     string
		settings []string
		want     string
	}{
		{w, h, nil, ""},
		{w, h, gaussian, ""},
		{zeroW, h, nil, "synapses.path: " + zeroW + ": row 1 (counted from 0) has no weight of at least floor = 1e-150"},
		{zeroW, h, gaussian, "synapses.path: " + zeroW + ": row 1"},
		{faintW, h, nil, ""},
		{faintW, h, []string{"floor=1e-4"}, "synapses.path: " + faintW + ": row 0 (counted from 0) has no weight of at least floor = 0.0001"},
		{w, zeroH, nil, "rates.path: " + zeroH + ": row 2 (counted from 0) has no rate of at least floor = 1e-150: no hidden neuron would ever predict stimulus 2"},
		{w, zeroH, gaussian, ""}, // its objective is finite
		{w, zeroH, []string{"recognition.circuit=lca", "learning.rule=sparse-coding"}, ""}, // begins at rest
	} {
		settings := append([]string{"stimulus.path=" + v, "synapses.path=" + c.w, "rates.path=" + c.h, "network.hidden=2"}, c.settings...)
		x, err := experiment.Read("a.toml", nil, settings)
		if err != nil {
			t.Fatal(err)
		}
		in, err := inputs.Prepare(t.Context(), x)
		if err != nil {
			t.Fatal(err)
		}
		_, err = newModel(t.Context(), x, in, 0, 1)
		if (err == nil) != (c.want == "") || err != nil && !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %q", settings[1:], err, c.want)
		}
	}
}
