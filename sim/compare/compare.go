package compare

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"partsnet/sim/estimate"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/rundir"
	"partsnet/sim/stream"
)

// Shuffles is the number of permutations by which it is told how alike parts are by chance.
const Shuffles = 1000

// Run is a finished run.
type Run struct {
	Dir      string
	Values   []string // of the keys that differ
	Measures map[string]float64
	*outcome.Outcome
}

// Cell is runs that differ in nothing but their seed.
type Cell struct {
	Values []string // of the keys that differ
	Runs   []int
	Means  []estimate.Estimate // one a measure
}

// Comparison is what was found.
type Comparison struct {
	Runs     []Run
	Keys     []string // in which the experiments differ, but for seed and name
	Measures []string // objective first; those that any run has
	Cells    []Cell   // in the order of their first runs

	// Objectives are the symbols of the objectives. Values of different ones are not comparable.
	Objectives []string

	// Matching is how alike the parts of the runs are; nil where Unmatched says why they were not
	// compared.
	Matching  *measure.Matching
	Unmatched string
}

// Of reads and compares finished runs, two at least. The context ends the matching of parts.
func Of(ctx context.Context, dirs []string) (*Comparison, error) {
	c := &Comparison{Measures: []string{measure.Objective}}
	var experiments []*experiment.Experiment
	for _, dir := range dirs {
		s, err := rundir.Open(dir)
		if err != nil {
			return nil, err
		}
		o, err := s.Outcome()
		if err != nil {
			return nil, err
		}
		experiments = append(experiments, s.Experiment)
		r := Run{Dir: dir, Measures: map[string]float64{measure.Objective: o.Objective}, Outcome: o}
		for name, x := range s.Manifest.Measures {
			r.Measures[name] = x
		}
		for _, name := range s.Experiment.Measures {
			if _, ok := r.Measures[name]; ok && !slices.Contains(c.Measures, name) {
				c.Measures = append(c.Measures, name)
			}
		}
		if !slices.Contains(c.Objectives, o.Symbol) {
			c.Objectives = append(c.Objectives, o.Symbol)
		}
		c.Runs = append(c.Runs, r)
	}
	keys, values := experiment.Differing(experiments)
	for k, key := range keys {
		if key == "seed" || key == "name" {
			continue
		}
		c.Keys = append(c.Keys, key)
		for i := range c.Runs {
			c.Runs[i].Values = append(c.Runs[i].Values, values[i][k])
		}
	}
	c.data()
	c.cells()
	return c, c.match(ctx)
}

// data adds the checksum of the stimuli to what differs, where runs of one config and one seed, or of files, were
// shown different ones: the data were changed between them.
func (c *Comparison) data() {
	shown, other := map[string]string{}, false
	for _, r := range c.Runs {
		of := fmt.Sprintf("%q", r.Values)
		if r.Experiment.Stimulus.Path == "" {
			of += fmt.Sprint(r.Experiment.Seed) // by which the stimuli are drawn
		}
		if was, ok := shown[of]; ok && was != r.Stimuli.Checksum {
			other = true
		}
		shown[of] = r.Stimuli.Checksum
	}
	if !other {
		return
	}
	c.Keys = append(c.Keys, "stimuli")
	for i := range c.Runs {
		c.Runs[i].Values = append(c.Runs[i].Values, c.Runs[i].Stimuli.Checksum[:min(8, len(c.Runs[i].Stimuli.Checksum))])
	}
}

// cells puts runs together that differ in nothing but their seed.
func (c *Comparison) cells() {
	for i, r := range c.Runs {
		k := slices.IndexFunc(c.Cells, func(x Cell) bool { return slices.Equal(x.Values, r.Values) })
		if k < 0 {
			k = len(c.Cells)
			c.Cells = append(c.Cells, Cell{Values: r.Values})
		}
		c.Cells[k].Runs = append(c.Cells[k].Runs, i)
	}
	for k := range c.Cells {
		for _, name := range c.Measures {
			var x []float64
			for _, i := range c.Cells[k].Runs {
				if y, ok := c.Runs[i].Measures[name]; ok {
					x = append(x, y)
				}
			}
			e := estimate.Mean(x)
			if m, ok := measure.Named(name); ok {
				e = e.Within(m.Low, m.High)
			} else if c.sums() {
				e = e.Within(0, math.Inf(1))
			}
			c.Cells[k].Means = append(c.Cells[k].Means, e)
		}
	}
}

// sums reports whether the objectives are sums of errors, which are never negative.
func (c *Comparison) sums() bool {
	return !slices.ContainsFunc(c.Objectives, func(symbol string) bool { return symbol != "D" && symbol != "E" })
}

// match matches the parts of the runs, if they have the same visible neurons.
func (c *Comparison) match(ctx context.Context) error {
	first := c.Runs[0]
	parts := make([][]float64, len(c.Runs))
	for i, r := range c.Runs {
		switch {
		case r.Stimuli.Size != first.Stimuli.Size:
			c.Unmatched = fmt.Sprintf("%s has %d visible neurons, and %s %d", first.Dir, first.Stimuli.Size, r.Dir, r.Stimuli.Size)
			return nil
		case !slices.Equal(slices.Sorted(slices.Values(r.Stimuli.Neurons)), slices.Sorted(slices.Values(first.Stimuli.Neurons))):
			c.Unmatched = fmt.Sprintf("the visible neurons of %s and of %s have different names", first.Dir, r.Dir)
			return nil
		}
		parts[i] = inOrder(r.Synapses(), r.Stimuli.Neurons, first.Stimuli.Neurons)
	}
	var err error
	c.Matching, err = measure.Matched(ctx, parts, first.Stimuli.Size, Shuffles, func(one, other, shuffle int) *rand.Rand {
		return stream.New(int64(shuffle), fmt.Sprintf("compare runs %d and %d", one, other))
	})
	return err
}

// inOrder returns synapses onto visible neurons with names in the order of other names, the same ones.
func inOrder(w []float64, names, order []string) []float64 {
	if slices.Equal(names, order) {
		return w
	}
	n := len(names)
	at := make([]int, n)
	taken := make([]bool, n)
	for j, name := range order {
		for k, own := range names {
			if own == name && !taken[k] {
				at[j], taken[k] = k, true
				break
			}
		}
	}
	put := make([]float64, len(w))
	for a := 0; a < len(w); a += n {
		for j, k := range at {
			put[a+j] = w[a+k]
		}
	}
	return put
}

// Title says which runs a cell is: the values of the keys that differ.
func (c *Comparison) Title(values []string) string {
	var words []string
	for k, key := range c.Keys {
		words = append(words, fmt.Sprintf("%s = %s", key, values[k]))
	}
	return cmp.Or(strings.Join(words, ", "), "the same experiment")
}

// Seeds returns the seeds of the runs of a cell.
func (c *Comparison) Seeds(x Cell) (seeds []string) {
	for _, i := range x.Runs {
		seeds = append(seeds, fmt.Sprint(c.Runs[i].Experiment.Seed))
	}
	return seeds
}

// Same reports whether two runs are the same experiment with the same seed, and which.
func (c *Comparison) Same() (one, other string, ok bool) {
	for _, x := range c.Cells {
		for k, i := range x.Runs {
			for _, j := range x.Runs[:k] {
				if c.Runs[i].Experiment.Seed == c.Runs[j].Experiment.Seed {
					return c.Runs[j].Dir, c.Runs[i].Dir, true
				}
			}
		}
	}
	return "", "", false
}
