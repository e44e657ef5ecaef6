package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"time"

	"partsnet/sim/benchmark"
	"partsnet/sim/figure"
)

// landmarks are the numbers of iterations after which objectives are measured for the figure.
var landmarks = []int{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}

// lowestEpochs is the number of epochs after which an objective counts as the lowest there is.
const lowestEpochs = 5000

// descents draws what the objective is above the lowest, as a share of it, against seconds on problem
// A in float64, of ours and of the peers, into a file. The lowest is that of the first of our
// settings after many epochs.
func (b *bench) descents(file string) error {
	p, d, err := problem[float64](b, 0)
	if err != nil {
		return err
	}
	folder, err := export(p, d)
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var all []figure.Descent
	for _, objective := range []struct {
		name, symbol string
		ours         []benchmark.Setting
		method, peer string
		most         int // iterations of the peer
	}{
		{"squared error", "E", forSquares, "sklearn-cd", "scikit-learn cd", 2000},
		{"divergence", "D", forDivergence, "sklearn-kl", "scikit-learn mu", 500},
	} {
		fmt.Fprintf(os.Stderr, "lowest %s: %s\n", objective.symbol, setting(objective.ours[0]))
		l, err := benchmark.Learner(p, d, objective.ours[0])
		if err != nil {
			return err
		}
		if _, err := benchmark.Epochs(l, lowestEpochs); err != nil {
			return err
		}
		lowest := l.Objective()
		of := fmt.Sprintf("%s above the lowest, %s/%.0f − 1", objective.name, objective.symbol, lowest)
		way := figure.Descent{Of: of, Label: objective.peer, Peer: true}
		reach := func(seconds, value float64) {
			if value > lowest {
				way.Seconds, way.Values = append(way.Seconds, seconds), append(way.Values, value/lowest-1)
			}
		}
		slowest := 0.0
		for _, iterations := range landmarks {
			if iterations > objective.most {
				break
			}
			fmt.Fprintf(os.Stderr, "descent of %s: %d iterations\n", objective.peer, iterations)
			_, long, reached, _, err := peer(b.python, folder, objective.method, 1, iterations)
			if err != nil {
				return err
			}
			slowest = max(slowest, long) // each is a run of its own
			reach(slowest, reached)
		}
		all = append(all, way)
		for _, s := range objective.ours {
			way = figure.Descent{Of: of, Label: setting(s)}
			start := time.Now()
			l, err := benchmark.Learner(p, d, s)
			if err != nil {
				return err
			}
			seconds := time.Since(start).Seconds()
			for _, epochs := range landmarks {
				start := time.Now()
				for l.Epochs() < epochs {
					if err := l.Epoch(); err != nil {
						return err
					}
				}
				seconds += time.Since(start).Seconds()
				reach(seconds, l.Objective())
			}
			all = append(all, way)
		}
	}
	f := figure.Descents(all).Captioned(fmt.Sprintf("%d stimuli × %d neurons, r = %d, float64; from the same start. Dashed: other programs.", p.Stimuli, p.Visible, p.Hidden))
	var drawn bytes.Buffer
	if err := f.Write(&drawn, formatOf(file)); err != nil {
		return fmt.Errorf("-figure: %w", err)
	}
	return os.WriteFile(file, drawn.Bytes(), 0o666)
}

// formatOf returns the format of a figure by the ending of its name.
func formatOf(file string) string {
	return strings.ToLower(file[strings.LastIndexByte(file, '.')+1:])
}
