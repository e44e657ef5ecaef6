package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"partsnet/network"
	"partsnet/sim/benchmark"
)

// process compares whole programs on problem A: from the start of the process to
// the end of 500 epochs, everything read and written, no figures.
func (b *bench) process() error {
	p := benchmark.Problems[0]
	d, err := draw[float64](b, p)
	if err != nil {
		return err
	}
	folder, err := export(p, d)
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	program := filepath.Join(folder, "partsnet")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/partsnet").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	var ours, theirs []float64
	for round := range b.rounds {
		b.progress("process", round)
		ourRun := exec.Command(program, "run", "faces", "--out", filepath.Join(folder, fmt.Sprint("run", round)),
			"--set", "stimulus.path="+filepath.Join(folder, "V.npy"), "--set", "learning.rule=poisson-free",
			"--set", "learning.order=recognise-learn", "--set", "learning.epochs=500", "--set", "record=500", "--set", "figures=[]")
		theirRun := exec.Command(b.python, filepath.Join("bench", "peers.py"), folder, "job")
		for command, times := range map[*exec.Cmd]*[]float64{ourRun: &ours, theirRun: &theirs} {
			command.Env = environment()
			start := time.Now()
			if out, err := command.CombinedOutput(); err != nil {
				return fmt.Errorf("%v: %w: %s", command.Args, err, out)
			}
			*times = append(*times, time.Since(start).Seconds())
		}
	}
	x, y := benchmark.Median(ours), benchmark.Median(theirs)
	fmt.Printf("| process | A float64, start to end of 500 epochs | scikit-learn script | %.0f | %.0f | **%.2f** | | |\n", 1e3*x, 1e3*y, y/x)
	return nil
}

// workers compares one worker and two on problem C.
func (b *bench) workers() error {
	p := benchmark.Problems[2]
	d := benchmark.Draw[float32](p)
	var times [2][]float64
	for round := range b.rounds {
		b.progress("workers", round)
		for k := range times {
			l, err := benchmark.Learner(p, d, benchmark.Setting{Rule: "poisson-free", Order: network.RecogniseLearn, Steps: 1, Workers: k + 1})
			if err != nil {
				return err
			}
			seconds, err := benchmark.Epochs(l, 3)
			if err != nil {
				return err
			}
			times[k] = append(times[k], benchmark.Median(seconds))
		}
	}
	two, one := benchmark.Median(times[1]), benchmark.Median(times[0])
	fmt.Printf("| workers | C float32, two workers | one worker | %.0f | %.0f | **%.2f** | | |\n", 1e3*two, 1e3*one, one/two)
	return nil
}
