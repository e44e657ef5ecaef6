package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slurmVariable is the environment variable that .ci/slurm sets: commands of Slurm reach a cluster that
// is there for these tests.
const slurmVariable = "PARTSNET_SLURM"

// long is an experiment whose runs take seconds.
const long = `name = "long"
measures = ["parts_recovered", "explained_variance"]
record = 500
[stimulus]
generator = "bars"
count = 400
[network]
hidden = 16
[learning]
epochs = 4000
[checkpoint]
seconds = 0.3
[sweep]
seeds = 3
[sweep.grid]
network.hidden = [12, 16]
`

// cluster is a sweep on a cluster, in a folder of its own.
type cluster struct {
	t       *testing.T
	program string
	root    string
}

func newCluster(t *testing.T) cluster {
	t.Helper()
	if os.Getenv(slurmVariable) == "" {
		t.Skip("needs a Slurm; .ci/slurm starts one and runs this")
	}
	s := cluster{t, filepath.Join(t.TempDir(), "partsnet"), t.TempDir()}
	s.output("go", "build", "-o", s.program, ".")
	if err := os.WriteFile(filepath.Join(s.root, "long.toml"), []byte(long), 0o666); err != nil {
		t.Fatal(err)
	}
	return s
}

func (s cluster) output(name string, args ...string) string {
	s.t.Helper()
	text, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %q: %v\n%s", name, args, err, text)
	}
	return string(text)
}

// sweep begins a sweep; what it says goes to the text.
func (s cluster) sweep(args ...string) (c *exec.Cmd, said *bytes.Buffer) {
	s.t.Helper()
	said = new(bytes.Buffer)
	c = exec.Command(s.program, append([]string{"sweep", "long.toml"}, args...)...)
	c.Dir, c.Stdout, c.Stderr = s.root, said, said
	if err := c.Start(); err != nil {
		s.t.Fatal(err)
	}
	return c, said
}

// finished runs a sweep to its end.
func (s cluster) finished(args ...string) string {
	s.t.Helper()
	c, said := s.sweep(args...)
	if err := c.Wait(); err != nil {
		s.t.Fatalf("sweep %q: %v\n%s", args, err, said)
	}
	return said.String()
}

// same demands that two sweeps have the same tables.
func (s cluster) same(a, b string) {
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

// queue returns the elements that are in a state: "12_7".
func (s cluster) queue(state string) []string {
	s.t.Helper()
	return strings.Fields(s.output("squeue", "--array", "--noheader", "--states="+state, "--format=%F_%K"))
}

// until waits for a condition.
func (s cluster) until(what string, holds func() bool) {
	s.t.Helper()
	for begin := time.Now(); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Since(begin) > 2*time.Minute {
			s.t.Fatalf("not within two minutes: %s", what)
		}
	}
}

// running waits until two elements have written checkpoints.
func (s cluster) running(dir string) (elements []string) {
	s.t.Helper()
	s.until("two elements run and have checkpoints", func() bool {
		kept, err := filepath.Glob(filepath.Join(s.root, dir+".partial", "checkpoint", "cells", "*.partial", "checkpoint", "*"))
		elements = s.queue("RUNNING")
		return err == nil && len(kept) >= 2 && len(elements) == 2
	})
	return elements
}

// TestSlurm sweeps on a cluster, cancels one of two running elements and requeues the other: the tables
// are those of a sweep in one process.
func TestSlurm(t *testing.T) {
	s := newCluster(t)
	s.finished("--out", "local")
	c, said := s.sweep("--out", "array", "--engine", "slurm")
	elements := s.running("array")
	s.output("scancel", elements[0])
	s.output("scontrol", "requeue", elements[1])
	if err := c.Wait(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	for _, want := range []string{"sbatch --parsable --array=0-5 ", "element " + elements[0] + " of ", "CANCELLED", "it is submitted again"} {
		if !strings.Contains(said.String(), want) {
			t.Errorf("%q is not said:\n%s", want, said)
		}
	}
	if n := strings.Count(said.String(), "sbatch "); n != 2 {
		t.Errorf("sbatch was run %d times, want 2:\n%s", n, said)
	}
	if job := s.output("scontrol", "--oneliner", "show", "job", elements[1]); !strings.Contains(job, "Restarts=1") || !strings.Contains(job, "JobState=COMPLETED") {
		t.Errorf("the element that was requeued: %s", job)
	}
	s.same("local", "array")
	t.Logf("%s", said)
}

// TestSlurmCancelled cancels a sweep by Ctrl-C, which cancels its array, kills the process that follows
// the array of the next, and then lets that array finish the sweep without submitting anything.
func TestSlurmCancelled(t *testing.T) {
	s := newCluster(t)
	s.finished("--out", "local")
	c, said := s.sweep("--out", "array", "--engine", "slurm")
	s.running("array")
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); c.ProcessState.ExitCode() != 130 || !strings.Contains(said.String(), "scancel ") || !strings.Contains(said.String(), "--engine slurm") {
		t.Errorf("after Ctrl-C: %v\n%s", err, said)
	}
	s.until("the queue is empty", func() bool { return len(s.queue("all")) == 0 || len(s.queue("PENDING,RUNNING,COMPLETING")) == 0 })

	c, said = s.sweep("--out", "array", "--engine", "slurm", "--resume")
	s.until("elements run again", func() bool { return len(s.queue("RUNNING")) == 2 })
	if err := c.Process.Signal(syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if n := strings.Count(said.String(), "sbatch "); n != 1 {
		t.Errorf("sbatch was run %d times, want 1:\n%s", n, said)
	}
	if last := s.finished("--out", "array", "--engine", "slurm", "--resume"); strings.Contains(last, "sbatch ") {
		t.Errorf("what the array does is submitted again:\n%s", last)
	}
	s.same("local", "array")
}
