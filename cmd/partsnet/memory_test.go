package main

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"partsnet/internal/suite"
	"partsnet/sim/npy"
)

// TestMemory holds the estimate of memory to what runs take, of generators, of files in
// several forms and of stacks, and lets runs end with an error that says what to do where
// less is to be had than they need. A campaign.
func TestMemory(t *testing.T) {
	suite.Campaign(t)
	if runtime.GOOS != "linux" {
		t.Skip("no memory is known")
	}
	root, program := t.TempDir(), built(t)
	from := func(name string, write func(w *bufio.Writer) error) string {
		return fmt.Sprintf("stimulus.path=%q", written(t, filepath.Join(root, name), write))
	}
	array := from("v.npy", func(w *bufio.Writer) error {
		row := make([]float64, 1000)
		for j := range row {
			row[j] = float64(j % 7)
		}
		return npy.WriteRows(w, 8000, len(row), func(int) []float64 { return row })
	})
	table := from("v.csv", func(w *bufio.Writer) error {
		for range 2000 {
			fmt.Fprintln(w, strings.Repeat("1,2,", 1000)+"3")
		}
		return w.Flush()
	})
	words := from("docword.v.txt", func(w *bufio.Writer) error {
		const documents, each = 20000, 100
		fmt.Fprintf(w, "%d\n%d\n%d\n", documents, 1000, documents*each)
		for i := range documents {
			for k := range each {
				fmt.Fprintf(w, "%d %d %d\n", i+1, 1+(i+10*k)%1000, 1+k%3)
			}
		}
		return w.Flush()
	})
	images := from("v.zip", func(w *bufio.Writer) error {
		z := zip.NewWriter(w)
		for i := range 1000 {
			f, err := z.Create(fmt.Sprintf("%04d.pgm", i))
			if err != nil {
				return err
			}
			if _, err := io.WriteString(f, "P5 64 64 255\n"+strings.Repeat("abcdefgh", 64*64/8)); err != nil {
				return err
			}
		}
		return z.Close()
	})
	for k, settings := range [][]string{
		{"stimulus.count=5000"}, // stimuli
		{"stimulus.count=5000", "precision=float32"},
		{"network.hidden=400", "stimulus.count=2000"}, // synapses and accumulators
		{"stimulus.generator=topics", "stimulus.count=60000"},
		{"network.hidden=5", array},
		{"network.hidden=5", "precision=float32", array},
		{"network.hidden=5", table},
		{"network.hidden=5", words},
		{"network.hidden=5", "precision=float32", words},
		{"network.hidden=5", images},
		{"network.hidden=40", "stimulus.count=1000", "stack.hidden=[800]"},
		{"network.hidden=40", "stimulus.count=1000", "stack.hidden=[200, 400]", "stack.joint=3"},
		{"network.hidden=500", "stimulus.count=1000", "recognition.circuit=lateral-inhibition", "learning.rule=gaussian"},
		{"network.hidden=200", "stimulus.count=400", "network.separate=true", "learning.rule=poisson-online"},
	} {
		dir := filepath.Join(root, strconv.Itoa(k))
		args := []string{"run", "faces", "--out", dir, "--set", "figures=[]", "--set", "look.frames=0", "--set", "learning.epochs=1"}
		for _, s := range settings {
			args = append(args, "--set", s)
		}
		if out, err := exec.Command(program, args...).CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Memory struct {
				Estimated float64 `json:"estimated_bytes"`
				Peak      float64 `json:"peak_bytes"`
			}
		}
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		share := m.Memory.Peak / m.Memory.Estimated
		t.Logf("%v: the peak of %.0f MB is %.2f of the estimate", settings, m.Memory.Peak/1e6, share)
		if !(share > leastPeak && share < mostPeak) {
			t.Errorf("it should be from %v to %v", leastPeak, mostPeak)
		}
	}
	limited := exec.Command("sh", "-c", `ulimit -v 4000000 && exec "$0" run faces --out "$1" --set stimulus.count=500000`, program, filepath.Join(root, "limited"))
	out, err := limited.CombinedOutput()
	if limited.ProcessState.ExitCode() != badRequest || !strings.Contains(string(out), "needs about 4.") || !strings.Contains(string(out), "choose fewer hidden neurons") {
		t.Errorf("%v: %s", err, out)
	}
}

// leastPeak and mostPeak are what the peak of a run may be of its estimate, as docs/trust.md
// promises.
const leastPeak, mostPeak = 0.6, 1.0

// written writes a file and returns its path.
func written(t *testing.T, path string, write func(w *bufio.Writer) error) string {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := bufio.NewWriter(f)
	if err := write(w); err != nil {
		t.Fatal(err)
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
