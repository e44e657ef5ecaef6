package campaign

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"partsnet/internal/kernel"
)

// TestScript holds the script and the command of an array to what Slurm documents.
func TestScript(t *testing.T) {
	s := Slurm{
		SlurmOptions: SlurmOptions{Partition: "short", Time: "2:00:00", Throttle: 3, Modules: []string{"go/1.25"}, Options: []string{"--constraint=avx2"}},
		Name:         "bars", Dir: "/home/me/100 % runs", Need: 3<<20 + 1, Command: "/bin/partsnet sweep bars --out '/home/me/100 % runs' --element",
	}
	want := `#!/bin/bash
#SBATCH --output='/home/me/100 %% runs.partial/checkpoint/slurm/%A_%a.out'
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --partition=short
#SBATCH --time=2:00:00
#SBATCH --mem=4M
#SBATCH --constraint=avx2
module load go/1.25
export PARTSNET_KERNEL=` + kernel.Level() + ` # the bits of all runs are those of one kernel
exec /bin/partsnet sweep bars --out '/home/me/100 % runs' --element $((SLURM_ARRAY_TASK_ID + $1))
`
	if got := s.Script(); got != want {
		t.Errorf("the script is\n%s\nwant\n%s", got, want)
	}
	args := strings.Join(s.Submission(1000, []int{1000, 1001, 1002, 1005, 1007, 1008}), " ")
	if want := "--parsable --array=0-2,5,7-8%3 --job-name=" + s.jobName() + "1000 /home/me/100 % runs.partial/checkpoint/array.sh 1000"; args != want {
		t.Errorf("sbatch %s, want %s", args, want)
	}
	s.Memory = "2G"
	if got := s.Script(); !strings.Contains(got, "#SBATCH --mem=2G\n") || strings.Contains(got, "4M") {
		t.Errorf("the memory that was asked for is not in\n%s", got)
	}
}

// TestElementsIn reads what squeue prints: jobs of the directory by number, and of two elements of one job
// that which does not end.
func TestElementsIn(t *testing.T) {
	text := "12 0 RUNNING partsnet-a-01234567.0\n12 1 PENDING partsnet-a-01234567.0\n13 4 RUNNING partsnet-a-01234567.1001\n" +
		"14 N/A RUNNING other\n15 0 RUNNING partsnet-b-01234567.0\n11 1 COMPLETING partsnet-a-01234567.0\n16 0 PENDING partsnet-a-01234567.x\n"
	want := map[int]queued{0: {"12_0", "RUNNING"}, 1: {"12_1", "PENDING"}, 1005: {"13_4", "RUNNING"}}
	if got := elementsIn(text, "partsnet-a-01234567."); !maps.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	lines := strings.SplitAfter(text, "\n")
	slices.Reverse(lines)
	if got := elementsIn(strings.Join(lines, ""), "partsnet-a-01234567."); !maps.Equal(got, want) {
		t.Errorf("in another order: %v, want %v", got, want)
	}
}

// TestLeft estimates the time of what is left from jobs alike, and of others from all.
func TestLeft(t *testing.T) {
	var jobs []Job
	for _, like := range []string{"a", "a", "a", "b", "b", "c"} {
		jobs = append(jobs, Job{Like: like})
	}
	l := newLeft(jobs)
	for k, step := range []struct {
		like    string
		seconds float64
		want    float64
	}{
		{"a", 2, 2*2 + 3*2},
		{"b", 8, 2*2 + 1*8 + 1*5},
		{"a", 4, 1*3 + 1*8 + 1*14./3},
		{"c", 1, 1*3 + 1*8},
		{"b", 4, 1 * 3},
		{"a", 9, 0},
	} {
		l.ended(step.like, step.seconds)
		if got := l.time(2).Seconds(); got < step.want/2-1e-6 || got > step.want/2+1e-6 {
			t.Errorf("after %d jobs %v s are left, want %v", k+1, got, step.want/2)
		}
	}
}
