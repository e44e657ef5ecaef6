package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// slurmVariable is the environment variable that .ci/slurm sets: commands of Slurm reach a cluster that
// is there for these tests.
const slurmVariable = "PARTSNET_SLURM"

// long is an experiment whose runs take seconds, so that some are on their way when elements are cancelled and requeued.
const long = `name = "long"
measures = ["parts_recovered", "explained_variance"]
record = 500
[stimulus]
generator = "bars"
count = 400
[network]
hidden = 16
[learning]
epochs = 12000
[checkpoint]
seconds = 0.3
[sweep]
seeds = 3
[sweep.grid]
network.hidden = [12, 16]
`

// cluster is a folder in which sweeps run on a cluster.
type cluster struct{ sweeps }

func newCluster(t *testing.T) cluster {
	t.Helper()
	if os.Getenv(slurmVariable) == "" {
		t.Skip("needs a Slurm; .ci/slurm starts one and runs this")
	}
	return cluster{newSweeps(t, long)}
}

// queue returns the elements that are in a state: "12_7".
func (s cluster) queue(state string) []string {
	s.t.Helper()
	return strings.Fields(s.output("squeue", "--array", "--noheader", "--states="+state, "--format=%F_%K"))
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
