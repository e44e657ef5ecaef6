package campaign

import (
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/internal/shell"
	"partsnet/sim/config"
)

// SlurmOptions are those of a job that Slurm runs, all passed on as they are.
type SlurmOptions struct {
	Partition, Account, Time, Memory string
	Throttle                         int // elements at a time; 0 for as many as Slurm starts
	Modules                          []string
	Options                          []string
}

// SlurmKeys are the keys of the table that sets them.
func SlurmKeys(prefix string, o *SlurmOptions) []config.Field {
	return []config.Field{
		config.Text(prefix+"partition", &o.Partition, "partition of the cluster; \"\" for its default"),
		config.Text(prefix+"account", &o.Account, "account that is charged; \"\" for its default"),
		config.Text(prefix+"time", &o.Time, "time limit of a run, such as \"2:00:00\"; \"\" for that of the partition. A run that exceeds it goes on from its checkpoint"),
		config.Text(prefix+"memory", &o.Memory, "memory of a run, such as \"2G\"; \"\" for its estimate, where there is one"),
		config.Integer(prefix+"throttle", &o.Throttle, 0, mostElements, "largest number of runs at a time; 0 for as many as Slurm starts"),
		config.Names(prefix+"modules", &o.Modules, "environment modules that are loaded before a run"),
		config.Names(prefix+"options", &o.Options, "further options of sbatch, such as \"--constraint=avx2\""),
	}
}

// mostElements is the largest throttle.
const mostElements = 1_000_000

// scriptFile is the name of the script in the folder of checkpoints.
const scriptFile = "array.sh"

// Script is the script of an array. Its argument is the offset of the array.
func (s *Slurm) Script() string {
	var b strings.Builder
	b.WriteString("#!/bin/bash\n")
	option := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "#SBATCH --%s=%s\n", name, shell.Quoted(value))
		}
	}
	folder := filepath.Join(s.Dir+".partial", "checkpoint", "slurm")
	option("output", strings.ReplaceAll(folder, "%", "%%")+"/%A_%a.out")
	b.WriteString("#SBATCH --open-mode=append\n#SBATCH --requeue\n#SBATCH --ntasks=1\n#SBATCH --cpus-per-task=1\n")
	option("partition", s.Partition)
	option("account", s.Account)
	option("time", s.Time)
	memory := s.Memory
	if memory == "" && s.Need > 0 {
		memory = fmt.Sprintf("%.0fM", math.Ceil(s.Need/(1<<20)))
	}
	option("mem", memory)
	for _, o := range s.Options {
		fmt.Fprintf(&b, "#SBATCH %s\n", o)
	}
	for _, m := range s.Modules {
		fmt.Fprintf(&b, "module load %s\n", shell.Quoted(m))
	}
	fmt.Fprintf(&b, "export %s=%s # the bits of all runs are those of one kernel\n", kernel.Variable, kernel.Level())
	fmt.Fprintf(&b, "exec %s $((SLURM_ARRAY_TASK_ID + $1))\n", s.Command)
	return b.String()
}

// Submission returns the arguments of sbatch for jobs from an offset on, in ascending order.
func (s *Slurm) Submission(offset int, jobs []int) []string {
	array := ranges(offset, jobs)
	if s.Throttle > 0 {
		array += "%" + strconv.Itoa(s.Throttle)
	}
	return []string{
		"--parsable", "--array=" + array, "--job-name=" + s.jobName() + strconv.Itoa(offset),
		filepath.Join(s.Dir+".partial", "checkpoint", scriptFile), strconv.Itoa(offset),
	}
}

// ranges writes ascending numbers less an offset as Slurm does: "0-3,7".
func ranges(offset int, numbers []int) string {
	var words []string
	for k := 0; k < len(numbers); {
		last := k
		for last+1 < len(numbers) && numbers[last+1] == numbers[last]+1 {
			last++
		}
		word := strconv.Itoa(numbers[k] - offset)
		if last > k {
			word += "-" + strconv.Itoa(numbers[last]-offset)
		}
		words, k = append(words, word), last+1
	}
	return strings.Join(words, ",")
}
