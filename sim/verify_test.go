package sim_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/proof"
	"partsnet/sim/simtest"
)

// proven is a finished run that is changed and proved.
type proven struct {
	*testing.T
	dir string
}

// finished runs an experiment.
func finished(t *testing.T, x *experiment.Experiment) proven {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return proven{t, dir}
}

// wants runs the run again.
func (p proven) wants(verdict proof.Verdict, detail string) {
	p.Helper()
	v, err := sim.Verify(context.Background(), p.dir, nil)
	if err != nil {
		p.Fatalf("%v; want %v, %q", err, verdict, detail)
	}
	if v.Verdict != verdict || !strings.Contains(strings.Join(v.Details, "\n"), detail) {
		p.Errorf("%v, %q; want %v, %q", v.Verdict, v.Details, verdict, detail)
	}
}

// change changes a file, and its checksum in the manifest, until restore is called.
func (p proven) change(name string, change func(text []byte) []byte) (restore func()) {
	p.Helper()
	path, manifest := filepath.Join(p.dir, name), filepath.Join(p.dir, "manifest.json")
	was, err := os.ReadFile(path)
	if err != nil {
		p.Fatal(err)
	}
	listed, err := os.ReadFile(manifest)
	if err != nil {
		p.Fatal(err)
	}
	is := change(bytes.Clone(was))
	if bytes.Equal(was, is) {
		p.Fatalf("%s was not changed", name)
	}
	sum := func(text []byte) []byte {
		s := sha256.Sum256(text)
		return []byte(hex.EncodeToString(s[:]))
	}
	write := func(path string, text []byte) {
		if err := os.WriteFile(path, text, 0o666); err != nil {
			p.Fatal(err)
		}
	}
	write(manifest, bytes.Replace(listed, sum(was), sum(is), 1))
	write(path, is)
	return func() { write(manifest, listed); write(path, was) }
}

// swap returns what replaces a text once.
func swap(from, to string) func([]byte) []byte {
	return func(text []byte) []byte { return bytes.Replace(text, []byte(from), []byte(to), 1) }
}

// edit returns what changes a manifest.
func edit(t *testing.T, change func(m map[string]any)) func([]byte) []byte {
	return func(text []byte) []byte {
		var m map[string]any
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		text, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
}

// TestVerifyEveryByte changes bytes that change no number, and what the manifest says or
// leaves out.
func TestVerifyEveryByte(t *testing.T) {
	if testing.Short() {
		t.Skip("20 runs are repeated")
	}
	x := simtest.Tiny("float64")
	x.Look.Frames, x.Learning.Epochs = 0, 6
	x.Floor = 1e-3 // so that there are zeros
	p := finished(t, x)
	p.wants(proof.Same, "")
	restore := p.change("arrays/W.npy", func(text []byte) []byte {
		for k := len(text) - 8*5*64; k < len(text); k += 8 {
			if bytes.Equal(text[k:k+8], make([]byte, 8)) {
				text[k+7] = 0x80
			}
		}
		return text
	})
	p.wants(proof.Different, "arrays/W.npy differs first at index [")
	restore()
	restore = p.change("metrics.csv", swap("\n1,", "\n1.000,"))
	p.wants(proof.Different, `metrics.csv differs first in line 2, column epoch: "1.000" and "1"`)
	restore()
	restore = p.change("arrays/W.npy", swap("descr", "DESCR"))
	p.wants(proof.Different, "arrays/W.npy cannot be compared: ")
	restore()

	for _, key := range []string{"objective", "census", "measures", "epochs", "stopped", "why", "platform", "timing", "memory", "inputs", "seed", "precision", "rates_checked"} {
		restore = p.change("manifest.json", edit(t, func(m map[string]any) { delete(m, key) }))
		p.wants(proof.Different, "manifest.json: "+key+" is missing from the manifest of the run")
		restore()
	}
	stimuli := func(key string, value any) func([]byte) []byte {
		return edit(t, func(m map[string]any) { m["stimuli"].(map[string]any)[key] = value })
	}
	for want, change := range map[string]func([]byte) []byte{
		"stimuli.count was 71 and is 70":                      stimuli("count", 71),
		"stimuli.source was elsewhere and is ":                stimuli("source", "elsewhere"),
		"stimuli.more is only in the manifest of the run":     stimuli("more", 1),
		"census.dead is missing from the manifest of the run": edit(t, func(m map[string]any) { delete(m["census"].(map[string]any), "dead") }),
		"more is only in the manifest of the run":             edit(t, func(m map[string]any) { m["more"] = 1 }),
	} {
		restore = p.change("manifest.json", change)
		p.wants(proof.Different, "manifest.json: "+want)
		restore()
	}
	// Another version has a manifest of its own, but the same numbers.
	restore = p.change("manifest.json", edit(t, func(m map[string]any) {
		m["version"] = "another"
		delete(m, "census")
		m["more"] = 1
		m["stimuli"].(map[string]any)["source"] = "in other words"
	}))
	p.wants(proof.Same, "the run: version another, ")
	restore()
}

// TestVerifyAnotherDrawing proves a run of another version that drew a figure in another way:
// the numbers are the same, but in the same version the figure is not.
func TestVerifyAnotherDrawing(t *testing.T) {
	if testing.Short() {
		t.Skip("draws all figures five times")
	}
	x := simtest.Tiny("float64")
	x.Figures, x.Look.Frames = []string{"svg"}, 0
	p := finished(t, x)
	drawn := p.change("figures/objective.svg", func(text []byte) []byte { return append(text, '\n') })
	p.wants(proof.Different, "figures/objective.svg differs first")
	restore := p.change("manifest.json", edit(t, func(m map[string]any) { m["version"] = "another" }))
	p.wants(proof.SameNumbers, "all arrays and tables of numbers have the same bytes\nnot compared: figures and lists of words, which are made from the arrays (1 of them differ)")
	restore()
	drawn()
	p.wants(proof.Same, "")
}

// TestVerifyFolder finds files that a run did not write; what the system and a killed run
// leave are none.
func TestVerifyFolder(t *testing.T) {
	p := finished(t, simtest.Tiny("float32"))
	for _, name := range []string{"lock", "checkpoint/000000014", ".hidden", ".folder/x", "arrays/.x"} {
		p.add(name)
	}
	p.wants(proof.Same, "")
	p.add("arrays/W2.npy")
	p.wants(proof.Different, "arrays/W2.npy is a file that the run did not write")
}

// add adds a file to the folder of the run.
func (p proven) add(name string) {
	p.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		p.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("x"), 0o666); err != nil {
		p.Fatal(err)
	}
}

// TestVerifyTables changes the tables of a run that is proved with another kernel.
func TestVerifyTables(t *testing.T) {
	if testing.Short() {
		t.Skip("repeats a run with three starts and two layers five times")
	}
	x := simtest.Tiny("float64")
	x.Restarts, x.Stack.Hidden = 3, []int{3}
	p := finished(t, x)
	simtest.OtherKernel(t)
	p.wants(proof.SameToRounding, "arrays and tables agree to ")
	for name, change := range map[string]func([]byte) []byte{
		"starts.csv":  swap("\n1,14,", "\n1,77,"),
		"stack.csv":   swap("\n2,3,", "\n2,4,"),
		"metrics.csv": swap("\n2,", "\n3,"),
		"config.toml": swap("\n", "\n\n"),
	} {
		restore := p.change(name, change)
		p.wants(proof.Different, name+" differs first in l")
		restore()
	}
}

// TestVerifyEveryWay proves runs with another kernel: those of every way to learn, and one
// of many stimuli in float32, of which sentences differ. A campaign; the full one takes all ways, the short one a fifth.
func TestVerifyEveryWay(t *testing.T) {
	suite.Campaign(t)
	every := 5
	if suite.Full() {
		every = 1
	}
	var all []proven
	names := []string{"bars"}
	x, err := experiment.Read("bars", nil, []string{"stimulus.generator=bars", "stimulus.count=200", "precision=float32", "figures=[]", "network.hidden=10", "learning.epochs=100", "look.frames=0"})
	if err != nil {
		t.Fatal(err)
	}
	all = append(all, finished(t, x))
	for k, way := range simtest.Ways(t) {
		if k%every != 0 {
			continue
		}
		all, names = append(all, finished(t, way.Experiment(t))), append(names, fmt.Sprint(way))
	}
	t.Logf("%d runs", len(all))
	simtest.OtherKernel(t)
	for k, p := range all {
		v, err := sim.Verify(context.Background(), p.dir, nil)
		if err != nil || v.Verdict == proof.Different && !amplifies(names[k]) {
			t.Errorf("%s: %v, %+v", names[k], err, v)
		}
	}
}

// amplifies reports whether a way to learn carries rounding on until it is as large as
// what is learned: rules whose usual rates are too large for counts.
func amplifies(way string) bool {
	if !strings.Contains(way, "topics") {
		return false
	}
	for _, rule := range []string{"subtractive", "foldiak", "oja"} {
		if strings.Contains(way, "learning.rule="+rule+" ") {
			return true
		}
	}
	return false
}
