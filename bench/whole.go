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

// objective measures the time to the objective that scikit-learn has after 500
// iterations, for several orders, numbers of recognition steps and relaxations.
func (b *bench) objective() error {
	const iterations = 500
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
	var theirs []float64
	target := 0.0
	for round := range b.rounds {
		b.progress("objective, scikit-learn", round)
		_, long, reached, _, err := peer(b.python, folder, "sklearn-kl", 1, iterations)
		if err != nil {
			return err
		}
		theirs, target = append(theirs, long), reached
	}
	y := benchmark.Median(theirs)
	for _, s := range []benchmark.Setting{
		{Rule: "poisson", Order: network.Simultaneous, Steps: 1},
		{Rule: "poisson", Order: network.Simultaneous, Steps: 1, Relaxation: 1.5},
		{Rule: "poisson", Order: network.Simultaneous, Steps: 1, Relaxation: 1.875},
		{Rule: "poisson-free", Order: network.RecogniseLearn, Steps: 1, Relaxation: 1.875},
		{Rule: "poisson", Order: network.RecogniseLearn, Steps: 2},
		{Rule: "poisson", Order: network.RecogniseLearn, Steps: 4},
	} {
		epochs, err := b.epochsTo(p, d, s, target, 4*iterations)
		if err != nil {
			return err
		}
		name := fmt.Sprintf("A float64, time to D = %.6g: %s, %s, %d steps, relaxation %v, %d epochs", target, s.Rule, s.Order, s.Steps, max(1, s.Relaxation), epochs)
		if epochs == 0 {
			fmt.Printf("| objective | %s | sklearn-kl, %d iterations | not reached | %.0f | | | |\n", name, iterations, 1e3*y)
			continue
		}
		var ours []float64
		for round := range b.rounds {
			b.progress("objective, "+name, round)
			l, err := benchmark.Learner(p, d, s)
			if err != nil {
				return err
			}
			start := time.Now()
			for range epochs {
				if err := l.Epoch(); err != nil {
					return err
				}
			}
			ours = append(ours, time.Since(start).Seconds())
		}
		x := benchmark.Median(ours)
		fmt.Printf("| objective | %s | sklearn-kl, %d iterations | %.0f | %.0f | **%.2f** | | |\n", name, iterations, 1e3*x, 1e3*y, y/x)
	}
	return nil
}

// epochsTo returns the number of epochs after which the objective is no larger
// than the target, 0 if limit does not suffice.
func (b *bench) epochsTo(p benchmark.Problem, d *benchmark.Data[float64], s benchmark.Setting, target float64, limit int) (int, error) {
	l, err := benchmark.Learner(p, d, s)
	if err != nil {
		return 0, err
	}
	for epoch := 1; epoch <= limit; epoch++ {
		if err := l.Epoch(); err != nil {
			return 0, err
		}
		if l.Objective() <= target {
			return epoch, nil
		}
	}
	return 0, nil
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
