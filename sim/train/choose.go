package train

import (
	"context"
	"math"

	"partsnet/learning"
	"partsnet/sim/estimate"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// choose keeps the number of hidden neurons that the criterion of the experiment chooses, all of
// which have learned, and takes the stability of the starts where it is asked for. Its error is that
// of a context that ends it.
func (r *run) choose(ctx context.Context) error {
	stability := make([]estimate.Estimate, len(r.candidates))
	for k, c := range r.candidates {
		stability[k] = estimate.Jackknife(math.NaN(), nil)
		if len(c.others) < 2 {
			continue
		}
		alike, without, err := measure.Stabilities(ctx, c.others, r.in.Neurons())
		if err != nil {
			return err
		}
		stability[k] = estimate.Jackknife(alike, without).Within(0, 1)
		records := c.best.rec.records
		records[len(records)-1].Measures.Set(measure.OfStarts, alike)
	}
	if len(r.x.Choose.Among) == 0 {
		return nil
	}
	tried := make([]outcome.Tried, len(r.candidates))
	for k, c := range r.candidates {
		tried[k] = outcome.Tried{
			Hidden: c.x.Hidden, Start: c.best.start, Epochs: c.best.model.Epochs(), Objective: c.best.objective(),
			Shares: c.starts[c.best.start].Shares, Starts: c.starts, Stability: stability[k],
			HeldOut: estimate.Mean(c.held).Within(math.Inf(-1), 1),
		}
	}
	r.choice = outcome.ChoiceOf(r.x.Choose.Criterion, r.x.Choose.Explained, r.x.Choose.Threshold, tried)
	r.candidate = r.candidates[r.choice.Kept]
	for _, c := range r.candidates {
		if c != r.candidate {
			c.best, c.others = nil, nil
		}
	}
	return nil
}

// shares returns how much of the stimuli a network explains: the measures explained_energy,
// explained_variance and explained_deviation, NaN where they are not defined.
func (r *run) shares(s *session) outcome.Shares {
	errors := 2 * max(0, s.model.Loss(learning.SquaredError))
	share := func(of float64) float64 {
		if !(of > 0) {
			return math.NaN()
		}
		return 1 - errors/of
	}
	c := r.in.Constants
	return outcome.Shares{Energy: share(c.Energy), Variance: share(c.Variation), Deviation: share(c.Deviation)}
}
