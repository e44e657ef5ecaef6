package sim_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"partsnet/internal/pool"
	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/generate"
	"partsnet/sim/measure"
	"partsnet/sim/stream"
)

// steps are ways to learn from the steps of the generator of synergies.
var steps = []struct {
	name     string
	file     string // the experiment that ships
	settings []string
	planted  bool // whether the intervals are to hold the planted weights
}{
	{"means of steps, Poisson rule", "emg/intervals.toml", nil, true},
	{"means of steps, squared error", "synergies.toml", []string{"stimulus.average=true", "learning.epochs=4000", "bootstrap.epochs=1000"}, false},
	{"single steps, Poisson rule", "synergies.toml", []string{"learning.epochs=1000", "bootstrap.epochs=300",
		"recognition.circuit=divisive-error", "learning.rule=poisson", "learning.order=learn-recognise"}, false},
	{"single steps, squared error", "synergies.toml", []string{"learning.epochs=1000", "bootstrap.epochs=300"}, false},
}

// TestIntervalsCoverPlantedWeights makes sets of muscle synergies that differ in noise and amplitudes,
// and a bootstrap of each, and counts the planted weights of unit length that lie in their intervals
// of 95 %.
//
// Where the network learns from the means of the steps of each condition, these are 95 ± 4 % of the
// weights that are not zero. Elsewhere the noise of single points, which does not become less with
// more steps, moves the minimum of the objective itself, and a bootstrap knows nothing of that: there
// the intervals are to hold what the fit comes to on average over the sets. Of the weights that are
// zero as many are to be held at least: they lie at the end of what is possible, and the fit errs to one side.
//
// The tolerance of fewer sets is wider by three standard errors of a share of independent ones.
func TestIntervalsCoverPlantedWeights(t *testing.T) {
	suite.Campaign(t)
	sets := 24
	if suite.Full() {
		sets = 200
	}
	tolerance := 0.04
	if sets < 200 {
		tolerance += 3 * math.Sqrt(0.95*0.05/float64(sets))
	}
	for _, s := range steps {
		t.Run(s.name, func(t *testing.T) {
			sets := sets
			if !s.planted {
				sets /= 4
			}
			c := cover(t, sets, s.file, append([]string{"bootstrap.repeats=100"}, s.settings...))
			t.Log(c)
			if !s.planted {
				return
			}
			for what, share := range map[string]float64{"planted weights": c.planted, "weights of the average fit": c.average} {
				if math.Abs(share-0.95) > tolerance {
					t.Errorf("intervals hold %.3f of the %s that are not zero, want 0.95 ± %.3f", share, what, tolerance)
				}
			}
			if c.zero < 0.95-tolerance {
				t.Errorf("intervals hold %.3f of the zero weights, want at least %.3f", c.zero, 0.95-tolerance)
			}
		})
	}
}

// coverage is what intervals hold.
type coverage struct {
	planted, average float64 // share of the weights that are not zero, as planted, and in the mean over sets
	zero             float64 // share of the planted weights that are zero
	spread           float64 // standard error of the bootstrap over the standard deviation of the sets, the median of weights that are not zero
	bias, worst      float64 // mean over sets less planted weight, as share of that standard deviation: root mean square, and the largest
	low              float64 // the highest low end of a zero weight
}

func (c coverage) String() string {
	return fmt.Sprintf("planted %.3f, average fit %.3f, zero %.3f (low ends up to %.4f); standard error / standard deviation %.3f; bias / standard deviation %.2f, largest %.2f",
		c.planted, c.average, c.zero, c.low, c.spread, c.bias, c.worst)
}

// cover makes a bootstrap of each of a number of sets, from which the experiment of a file learns.
func cover(t *testing.T, sets int, file string, settings []string) (c coverage) {
	t.Helper()
	generated, err := generate.Synergies{Cycles: 1}.Generate(context.Background(), stream.New(0, "planted"))
	if err != nil {
		t.Fatal(err)
	}
	n := generated.Size
	planted, _ := measure.Unit(generated.Truth.Parts, n)
	fit, low, high, errors := make([][]float64, sets), make([][]float64, sets), make([][]float64, sets), make([][]float64, sets)
	pool.Each(0, sets, func(_, seed int) {
		r, err := sim.Learn(context.Background(), shippedExperiment(t, file, append([]string{fmt.Sprint("seed=", seed)}, settings...)...), 1)
		if err != nil {
			t.Error(err)
			return
		}
		unit, length := measure.Unit(r.Synapses, n)
		for _, a := range measure.Recover(planted, unit, n).Neuron {
			for j := range n {
				at := a*n + j
				fit[seed] = append(fit[seed], unit[at])
				low[seed], high[seed] = append(low[seed], r.Bootstrap.Low[at]/length[a]), append(high[seed], r.Bootstrap.High[at]/length[a])
				errors[seed] = append(errors[seed], r.Bootstrap.Error[at]/length[a])
			}
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	zeros, others := 0.0, 0.0
	var ratios []float64
	for i, p := range planted {
		mean, variance, squares := 0.0, 0.0, 0.0
		for s := range sets {
			mean += fit[s][i] / float64(sets)
			squares += errors[s][i] * errors[s][i] / float64(sets)
		}
		held, average := 0.0, 0.0
		for s := range sets {
			variance += (fit[s][i] - mean) * (fit[s][i] - mean) / float64(sets-1)
			if low[s][i] <= p && p <= high[s][i] {
				held += 1 / float64(sets)
			}
			if low[s][i] <= mean && mean <= high[s][i] {
				average += 1 / float64(sets)
			}
			if p == 0 {
				c.low = max(c.low, low[s][i])
			}
		}
		if p == 0 {
			zeros++
			c.zero += held
			continue
		}
		others++
		c.planted += held
		c.average += average
		bias := math.Abs(mean-p) / math.Sqrt(variance)
		c.bias += bias * bias
		c.worst = max(c.worst, bias)
		ratios = append(ratios, math.Sqrt(squares/variance))
	}
	slices.Sort(ratios)
	c.planted, c.average, c.zero, c.bias, c.spread = c.planted/others, c.average/others, c.zero/zeros, math.Sqrt(c.bias/others), ratios[len(ratios)/2]
	return c
}
