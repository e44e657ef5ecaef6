package train

import (
	"math"

	"partsnet/learning"
	"partsnet/sim/outcome"
	"partsnet/sim/stimulus"
)

// fits says of each group of recordings how the network explains it; nil where there are no groups.
func (r *run) fits(o *outcome.Outcome) ([]outcome.Fit, error) {
	by := r.x.Groups.By
	if len(by) == 0 {
		return nil, nil
	}
	groups, err := stimulus.Groups(r.in.Set.Recordings, by)
	if err != nil {
		return nil, err
	}
	_, predicts := r.best.model.Rule().Objective().(learning.Predictive)
	var fits []outcome.Fit
	for _, g := range groups {
		fits = append(fits, r.fit(o, g, predicts))
	}
	return fits, nil
}

// fit says how the network explains a group.
func (r *run) fit(o *outcome.Outcome, g stimulus.Group, predicts bool) outcome.Fit {
	n, hidden := r.in.Neurons(), o.Rates.Hidden
	f := outcome.Fit{Group: g, Variance: math.NaN(), Deviation: math.NaN(), Energy: math.NaN(), Mean: make([]float64, hidden), Share: make([]float64, hidden)}
	f.Divided = 1
	if by, ok := r.in.Set.Divided[g.Name]; ok {
		f.Divided = by
	}
	mean, all := make([]float64, n), 0.0
	m := float64(g.Count())
	known := make([]float64, n)
	for _, i := range g.Stimuli() {
		for j := range known {
			if r.in.Shows(i, j) {
				known[j]++
			}
		}
	}
	for _, i := range g.Stimuli() {
		r.in.Each(i, func(j int, v float64) { mean[j] += v / known[j] })
	}
	for _, y := range mean {
		all += y / float64(n)
	}
	weights, w := make([]float64, hidden), o.Synapses()
	for a := range weights {
		for _, x := range w[a*n : (a+1)*n] {
			weights[a] += x
		}
	}
	h, v := make([]float64, hidden), make([]float64, n)
	var missed, varied, deviated float64
	for _, i := range g.Stimuli() {
		clear(v)
		r.in.Each(i, func(j int, x float64) { v[j] = x })
		o.Rates.Stimulus(i, h)
		for a, x := range h {
			f.Mean[a] += x / m
		}
		var p []float64
		if predicts {
			p = o.Predict(h)
		}
		for j, x := range v {
			if !r.in.Shows(i, j) {
				continue
			}
			f.Squares += float64(x * x)
			varied += float64((x - mean[j]) * (x - mean[j]))
			deviated += float64((x - all) * (x - all))
			if predicts {
				missed += float64((x - p[j]) * (x - p[j]))
			}
		}
	}
	total := 0.0
	for a := range f.Share {
		f.Share[a] = float64(f.Mean[a] * weights[a])
		total += f.Share[a]
	}
	for a := range f.Share {
		f.Share[a] /= total // NaN of nothing
	}
	if predicts {
		f.Variance, f.Deviation, f.Energy = explains(missed, varied), explains(missed, deviated), explains(missed, f.Squares)
	}
	return f
}

// explains returns the share of something that is explained; NaN where there is nothing.
func explains(missed, of float64) float64 {
	if of == 0 {
		return math.NaN()
	}
	return 1 - missed/of
}
