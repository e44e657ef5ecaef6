package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"partsnet/internal/suite"
	"partsnet/sim/record"
)

// sweeps is a folder in which the built program sweeps an experiment, each time as a process of its own.
type sweeps struct {
	t       *testing.T
	program string
	root    string
}

// newSweeps builds the program, and writes the experiment into a folder of its own.
func newSweeps(t *testing.T, experiment string) sweeps {
	t.Helper()
	s := sweeps{t, filepath.Join(t.TempDir(), "partsnet"), t.TempDir()}
	s.output("go", "build", "-o", s.program, ".")
	if err := os.WriteFile(filepath.Join(s.root, "x.toml"), []byte(experiment), 0o666); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s sweeps) output(name string, args ...string) string {
	s.t.Helper()
	text, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %q: %v\n%s", name, args, err, text)
	}
	return string(text)
}

// sweep begins a sweep; what it says goes to the text.
func (s sweeps) sweep(args ...string) (c *exec.Cmd, said *bytes.Buffer) {
	s.t.Helper()
	said = new(bytes.Buffer)
	c = exec.Command(s.program, append([]string{"sweep", "x.toml"}, args...)...)
	c.Dir, c.Stdout, c.Stderr = s.root, said, said
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	return c, said
}

// finished runs a sweep to its end.
func (s sweeps) finished(args ...string) string {
	s.t.Helper()
	c, said := s.sweep(args...)
	if err := c.Wait(); err != nil {
		s.t.Fatalf("sweep %q: %v\n%s", args, err, said)
	}
	return said.String()
}

// same demands that two sweeps have the same tables.
func (s sweeps) same(a, b string) {
	s.t.Helper()
	for _, name := range []string{"records.csv", "summary.csv"} {
		x, err1 := os.ReadFile(filepath.Join(s.root, a, name))
		y, err2 := os.ReadFile(filepath.Join(s.root, b, name))
		if err := errors.Join(err1, err2); err != nil || len(x) == 0 || !bytes.Equal(x, y) {
			s.t.Errorf("%s of %s and %s differ, %v", name, a, b, err)
		}
	}
	if _, err := os.Stat(filepath.Join(s.root, b+".partial")); err == nil {
		s.t.Errorf("%s.partial is left", b)
	}
}

// until waits for a condition.
func (s sweeps) until(what string, holds func() bool) {
	s.t.Helper()
	for begin := time.Now(); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begin) > 2*time.Minute {
			s.t.Fatalf("not within two minutes: %s", what)
		}
	}
}

// TestKilledSweep kills a sweep of 200 cells three times, each time after some more of its runs have ended, and
// shares the rest between two processes: its tables are those of an undisturbed one. In full its runs
// take as long as those of the face experiment of the paper.
func TestKilledSweep(t *testing.T) {
	suite.Campaign(t)
	experiment := `name = "killed"
measures = ["explained_variance"]
record = 100
[stimulus]
generator = "bars"
count = 60
[learning]
epochs = 300
[checkpoint]
epochs = 20
`
	if suite.Full() {
		experiment = `name = "killed"
measures = ["explained_variance"]
record = 100
[stimulus]
generator = "faces"
[learning]
epochs = 500
[checkpoint]
seconds = 1
`
	}
	s := newSweeps(t, experiment)
	grid := []string{"--sweep", "network.hidden=1:25", "--sweep", "learning.relaxation=1.0,1.5,1.75,1.875", "--sweep", "record=50,100"}
	s.finished(append(grid, "--out", "whole")...)
	rng := rand.New(rand.NewPCG(1, 2))
	for kill := range 3 {
		before := s.lines("broken")
		c, said := s.sweep(append(grid, "--out", "broken", "--resume")...)
		more := 15 + rng.IntN(20)
		s.until("some runs have ended", func() bool { return s.lines("broken") > before+more })
		if err := c.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := c.Wait(); err == nil {
			t.Fatalf("kill %d came too late:\n%s", kill, said)
		}
	}
	c, said := s.sweep(append(grid, "--out", "broken", "--resume")...)
	s.finished(append(grid, "--out", "broken", "--resume")...)
	if err := c.Wait(); err != nil {
		t.Errorf("%v\n%s", err, said)
	}
	s.same("whole", "broken")
}

// lines returns how many lines the ledgers of an unfinished sweep have.
func (s sweeps) lines(dir string) (n int) {
	for _, log := range record.LogsIn(filepath.Join(s.root, dir+".partial")) {
		text, err := os.ReadFile(log)
		if err != nil {
			s.t.Fatal(err)
		}
		n += bytes.Count(text, []byte("\n"))
	}
	return n
}
