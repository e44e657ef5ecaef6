package sim

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/sim/constraint"
	"partsnet/sim/experiment"
	"partsnet/sim/figure"
	"partsnet/sim/measure"
	"partsnet/sim/record"
	"partsnet/sim/stream"
)

// Compared is what a network learned under one of the constraints.
type Compared struct {
	Constraint string
	Measures   measure.Values
	Seconds    float64

	factors *constraint.Factors
}

// mostEpochs bounds vector quantisation, which ends by itself long before.
const mostEpochs = 10_000

// compare learns under the constraints that the experiment names beside the first. The
// checkpoint of what was learned under that is written when the context ends it.
func (r *run[T]) compare(ctx context.Context) error {
	if len(r.x.Constraints) == 1 {
		return nil
	}
	r.report.Compared = append(r.report.Compared, Compared{Constraint: experiment.NonNegative, Measures: r.report.Measures, Seconds: r.learningSeconds()})
	n, v := r.set.Size, kernel.Wide(r.v.dense.Rows(0, r.set.Count))
	for _, name := range r.x.Constraints[1:] {
		begin := time.Now()
		var f *constraint.Factors
		var err error
		if ctx.Err() != nil {
			return r.interrupted(r.learner.Epochs())
		}
		if name == experiment.OneActive {
			if f, err = constraint.OneActive(ctx, v, n, r.prototypes(v), mostEpochs); err != nil {
				return r.interrupted(r.learner.Epochs())
			}
		} else if f, err = constraint.Orthonormal(v, n, r.x.Hidden); err != nil {
			return &RequestError{Err: err}
		}
		r.report.Compared = append(r.report.Compared, Compared{
			Constraint: name, Seconds: time.Since(begin).Seconds(), factors: f,
			Measures: r.measured(f.Synapses, measure.RatesOf(f.Rates, r.x.Hidden), nil, func() float64 { return f.Error[len(f.Error)-1] }).Take(r.x.Measures),
		})
	}
	return nil
}

// prototypes returns different stimuli, drawn at random, from which vector
// quantisation starts; all stimuli, and again, where there are fewer than neurons.
func (r *run[T]) prototypes(v []float64) (start []float64) {
	order := stream.New(r.x.Seed, "prototypes").Perm(r.set.Count)
	for a := range r.x.Hidden {
		i := order[a%len(order)]
		start = append(start, v[i*r.set.Size:(i+1)*r.set.Size]...)
	}
	return start
}

// titles say what each constraint means, in a figure.
var titles = map[string]string{
	experiment.NonNegative: "non-negative rates and synapses (NMF)",
	experiment.OneActive:   "one hidden neuron active at a time (VQ)",
	experiment.Orthonormal: "orthonormal synapses, signed rates and synapses (PCA)",
}

// comparison draws the stimulus looked at as each network takes it apart.
func (r *run[T]) comparison() *figure.Figure {
	hidden, n := r.x.Hidden, r.set.Size
	networks := make([]figure.Factorisation, len(r.report.Compared))
	for k, c := range r.report.Compared {
		f := figure.Factorisation{Title: titles[c.Constraint], Prediction: make([]float64, n)}
		if c.factors == nil {
			f.W, f.H = kernel.Wide(r.net.Synapses().Weights()), kernel.Wide(r.learner.Rates().Of(r.looked))
		} else {
			f.W, f.H = c.factors.Synapses, c.factors.Rates[r.looked*hidden:(r.looked+1)*hidden]
		}
		for a, h := range f.H {
			for j := range n {
				f.Prediction[j] += float64(h * f.W[a*n+j])
			}
		}
		networks[k] = f
	}
	return figure.Comparison(networks, kernel.Wide(r.v.row(r.looked)), r.set.Height, r.set.Width)
}

// writeCompared writes the table and the arrays of the networks compared.
func (r *run[T]) writeCompared(out *record.Dir) error {
	if r.report.Compared == nil {
		return nil
	}
	err := out.Write("comparison.csv", func(w io.Writer) error {
		names := r.x.Measures
		if _, err := fmt.Fprintf(w, "constraint,%s\n", strings.Join(names, ",")); err != nil {
			return err
		}
		for _, c := range r.report.Compared {
			row := []string{c.Constraint}
			for values := c.Measures.Defined(); len(row) <= len(names); {
				if x, ok := values[names[len(row)-1]]; ok {
					row = append(row, fmt.Sprint(x))
				} else {
					row = append(row, "")
				}
			}
			if _, err := fmt.Fprintln(w, strings.Join(row, ",")); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range r.report.Compared {
		if c.factors == nil || err != nil {
			continue
		}
		if err = writeNPY(out, "arrays/W-"+c.Constraint+".npy", narrow[T](c.factors.Synapses), r.x.Hidden); err == nil {
			err = writeNPY(out, "arrays/H-"+c.Constraint+".npy", narrow[T](c.factors.Rates), r.set.Count)
		}
	}
	return err
}

func writeNPY[T kernel.Float](out *record.Dir, name string, x []T, rows int) error {
	return out.Write(name, func(w io.Writer) error { return record.WriteNPY(w, x, rows) })
}
