package main

import (
	"fmt"
	"math"
	"os"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/benchmark"
)

// answer is a row that measures the time to an objective: the one that a peer has after some
// iterations, or a given one, which the first of our settings reaches for comparison.
type answer struct {
	key        string
	problem    int // index into benchmark.Problems, or documents
	single     bool
	symbol     string
	method     string // of peers.py; "" where our own first setting is the measure
	iterations int
	target     float64 // where there is no peer
	ours       []benchmark.Setting
}

// lengthened is the rule of the paper with both updates from one state and every step lengthened.
var lengthened = benchmark.Setting{Rule: "poisson", Order: network.Simultaneous, Steps: 1, Relaxation: 1.875}

// Settings that are compared: the rules whose neurons all move at once, and those in which one
// moves after the other.
var (
	forSquares = []benchmark.Setting{
		{Circuit: "asynchronous-inhibition", Rule: "asynchronous-gaussian", Order: network.RecogniseLearn, Steps: 4, Sweeps: 8},
		{Circuit: "asynchronous-inhibition", Rule: "asynchronous-gaussian", Order: network.RecogniseLearn, Steps: 1, Sweeps: 1},
		{Rule: "gaussian", Order: network.RecogniseLearn, Steps: 1, Relaxation: 1.875},
	}
	forDivergence = []benchmark.Setting{
		lengthened,
		{Circuit: "asynchronous-error", Rule: "asynchronous-poisson", Order: network.RecogniseLearn, Steps: 1, Sweeps: 1},
		{Circuit: "asynchronous-error", Rule: "asynchronous-poisson", Order: network.RecogniseLearn, Steps: 2, Sweeps: 2},
		{Rule: "poisson", Order: network.Simultaneous, Steps: 1},
		{Rule: "poisson-free", Order: network.RecogniseLearn, Steps: 1, Relaxation: 1.875},
	}
)

var answers = []answer{
	{key: "answer-E100", symbol: "E", method: "sklearn-cd", iterations: 100, ours: forSquares},
	{key: "answer-E10032", symbol: "E", single: true, method: "sklearn-cd", iterations: 100, ours: forSquares},
	{key: "answer-E500", symbol: "E", method: "sklearn-cd", iterations: 500, ours: forSquares},
	{key: "answer-D500", symbol: "D", method: "sklearn-kl", iterations: 500, ours: forDivergence},
	{key: "answer-D14000", symbol: "D", target: 14_000, ours: forDivergence},
	{key: "answer-text", problem: documents, symbol: "D", single: true, method: "sklearn-kl", iterations: 50, ours: forDivergence},
}

// mostTimes is how many times as long as what it is compared with a setting may take before the
// objective counts as not reached.
const mostTimes = 10

// reach runs the contest of one row and prints a line for each of our settings.
func reach[T kernel.Float](b *bench, a answer) error {
	p, d, err := problem[T](b, a.problem)
	if err != nil {
		return err
	}
	target, theirs := a.target, []float64(nil)
	if a.method != "" {
		folder, err := export(p, d)
		if err != nil {
			return err
		}
		defer os.RemoveAll(folder)
		for round := range b.rounds {
			b.progress(a.key+", "+a.method, round)
			_, long, reached, _, err := peer(b.python, folder, a.method, 1, a.iterations)
			if err != nil {
				return err
			}
			theirs, target = append(theirs, long), reached
		}
	}
	for k, s := range a.ours {
		limit := time.Duration(math.MaxInt64)
		if theirs != nil {
			limit = time.Duration(mostTimes * benchmark.Median(theirs) * float64(time.Second))
		}
		epochs, err := epochsTo(p, d, s, target, limit)
		if err != nil {
			return err
		}
		against := fmt.Sprintf("%s, %d iterations", a.method, a.iterations)
		if a.method == "" {
			against = setting(a.ours[0])
		}
		row := fmt.Sprintf("| %s | %s %s, time to %s = %.6g: %s, %d epochs | %s |", a.key, p.Name, dtype(a.single), a.symbol, target, setting(s), epochs, against)
		if epochs == 0 {
			fmt.Println(row, "not reached | | | | |")
			continue
		}
		var ours []float64
		for round := range b.rounds {
			b.progress(a.key+", "+setting(s), round)
			seconds, err := secondsFor(p, d, s, epochs)
			if err != nil {
				return err
			}
			ours = append(ours, seconds)
		}
		if a.method == "" && k == 0 {
			theirs = ours
		}
		x, y := benchmark.Median(ours), benchmark.Median(theirs)
		fmt.Printf("%s %.0f | %.0f | **%.2f** | | |\n", row, 1e3*x, 1e3*y, y/x)
	}
	return nil
}

// secondsFor returns the time that a network takes for some epochs, from its making on.
func secondsFor[T kernel.Float](p benchmark.Problem, d *benchmark.Data[T], s benchmark.Setting, epochs int) (float64, error) {
	start := time.Now()
	l, err := benchmark.Learner(p, d, s)
	if err != nil {
		return 0, err
	}
	for range epochs {
		if err := l.Epoch(); err != nil {
			return 0, err
		}
	}
	return time.Since(start).Seconds(), nil
}

// epochsTo returns the number of epochs after which the objective is no larger than the target,
// 0 if those of the time that is allowed do not suffice.
func epochsTo[T kernel.Float](p benchmark.Problem, d *benchmark.Data[T], s benchmark.Setting, target float64, limit time.Duration) (int, error) {
	l, err := benchmark.Learner(p, d, s)
	if err != nil {
		return 0, err
	}
	start := time.Now()
	for epoch := 1; time.Since(start) < limit; epoch++ {
		if err := l.Epoch(); err != nil {
			return 0, err
		}
		if l.Objective() <= target {
			return epoch, nil
		}
	}
	return 0, nil
}

// setting says how the network learns.
func setting(s benchmark.Setting) string {
	said := []string{s.Rule}
	if s.Sweeps > 1 {
		said = append(said, fmt.Sprintf("%d sweeps", s.Sweeps))
	}
	if s.Order == network.Simultaneous {
		said = append(said, s.Order.String())
	}
	if s.Steps > 1 {
		said = append(said, fmt.Sprintf("%d steps", s.Steps))
	}
	if s.Relaxation > 1 {
		said = append(said, fmt.Sprintf("relaxation %v", s.Relaxation))
	}
	return strings.Join(said, ", ")
}

func dtype(single bool) string {
	if single {
		return "float32"
	}
	return "float64"
}
