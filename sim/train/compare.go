package train

import (
	"context"
	"time"

	"partsnet/sim/constraint"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/stream"
)

// mostEpochs bounds vector quantisation, which ends by itself long before.
const mostEpochs = 10_000

// compare learns under the constraints that the experiment names after the first. The
// checkpoint of what was learned under that has been written when the context ends it.
func (r *run) compare(ctx context.Context, o *outcome.Outcome) error {
	if len(r.x.Constraints) == 1 {
		return nil
	}
	o.Compared = []outcome.Compared{{Constraint: experiment.NonNegative, Measures: o.Measures, Seconds: r.Clock.Learning()}}
	n, v := r.in.Neurons(), r.in.Wide()
	for _, name := range r.x.Constraints[1:] {
		begin := time.Now()
		var f *constraint.Factors
		var err error
		if ctx.Err() != nil {
			return r.stopped()
		}
		if name == experiment.OneActive {
			if f, err = constraint.OneActive(ctx, v, n, r.prototypes(v), mostEpochs); err != nil {
				return r.stopped()
			}
		} else if f, err = constraint.Orthonormal(v, n, r.x.Hidden); err != nil {
			return &experiment.RequestError{Err: err}
		}
		o.Compared = append(o.Compared, outcome.Compared{
			Constraint: name, Seconds: time.Since(begin).Seconds(), Synapses: f.Synapses, Rates: f.Rates,
			Measures: measured(r.x, r.in, f.Synapses, measure.RatesOf(f.Rates, r.x.Hidden), nil, func() float64 { return f.Error[len(f.Error)-1] }),
		})
	}
	return nil
}

// prototypes returns different stimuli, drawn at random, from which vector
// quantisation starts; all stimuli, and again, where there are fewer than neurons.
func (r *run) prototypes(v []float64) (start []float64) {
	order, n := stream.New(r.x.Seed, stream.OfGroup(r.x.Groups.Only, "prototypes")).Perm(r.in.Stimuli()), r.in.Neurons()
	for a := range r.x.Hidden {
		i := order[a%len(order)]
		start = append(start, v[i*n:(i+1)*n]...)
	}
	return start
}
