package train

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"

	"partsnet/internal/pool"
	"partsnet/sim/estimate"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
	"partsnet/sim/resample"
	"partsnet/sim/stimulus"
	"partsnet/sim/stream"
)

// bootstrap lets the network learn again from stimuli that are drawn with replacement, and adds
// to the outcome how far weights and measures differ (Efron 1979, Ann. Stat. 7:1–26). The parts of a
// repeat have unit length, as have those of the run that they are matched with one to one: what a
// part gains in length its rates lose.
//
// Every repeat draws from a stream of its own and begins with what the run has learned, so that it
// goes to the same minimum of the objective, or to the one near it, and not to another one in which
// a fresh start may end. What is near zero is raised first (see [raise]).
//
// Repeats learn side by side, and each alone has the same bits for any number of workers. A run
// that is ended on the way makes all repeats anew when it is continued.
func (r *run) bootstrap(ctx context.Context, o *outcome.Outcome) error {
	b := r.x.Bootstrap
	if b.Repeats == 0 {
		return nil
	}
	units, over, err := r.units()
	if err != nil {
		return err
	}
	arrays, h := raised(o)
	x := r.x
	workers := r.Workers
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	var (
		together = min(workers, b.Repeats)
		weights  = make([][]float64, b.Repeats)
		measures = make([]measure.Values, b.Repeats)
		mu       sync.Mutex
		failed   error
	)
	pool.Each(together, b.Repeats, func(_, k int) {
		mu.Lock()
		over := failed != nil
		mu.Unlock()
		if over {
			return
		}
		drawn := units.Draw(stream.New(x.Seed, stream.OfGroup(x.Groups.Only, fmt.Sprintf("bootstrap repeat %d", k))))
		in, err := r.in.Drawn(drawn)
		if err == nil {
			rates := h // to means over recordings, which are as many
			if !r.in.Averaged() {
				rates = make([]float64, 0, len(drawn)*x.Hidden)
				for _, i := range drawn {
					rates = append(rates, h[i*x.Hidden:(i+1)*x.Hidden]...)
				}
			}
			weights[k], measures[k], err = again(ctx, x, in, arrays, rates, cmp.Or(b.Epochs, x.Learning.Epochs), max(1, workers/together))
		}
		if err != nil {
			mu.Lock()
			defer mu.Unlock()
			failed = fmt.Errorf("repeat %d of the bootstrap: %w", k, err)
		}
	})
	switch {
	case errors.As(failed, new(*outcome.Interrupted)):
		return r.stopped()
	case failed != nil:
		return failed
	}
	o.Bootstrap = intervals(o, weights, measures, units, b.Level)
	o.Bootstrap.Over = over
	return nil
}

// units returns what is drawn, and what that is called.
func (r *run) units() (u resample.Units, over string, err error) {
	b, recordings := r.x.Bootstrap, r.in.Recordings()
	refuse := func(format string, values ...any) (resample.Units, string, error) {
		return u, "", &experiment.RequestError{Err: fmt.Errorf(format, values...)}
	}
	if b.Over == experiment.OverRecordings || r.in.Averaged() || b.Over == experiment.AutoOver && len(recordings) > 1 {
		if len(recordings) < 2 {
			return refuse("bootstrap.over = %q: %s is not made of several recordings; allowed is %q", b.Over, r.in.Set.Source, experiment.OverStimuli)
		}
		if b.Block > 1 {
			return refuse("bootstrap.block = %d: whole recordings are drawn; allowed is 1, or bootstrap.over = %q", b.Block, experiment.OverStimuli)
		}
		u = resample.Recordings(recordings)
		if r.in.Averaged() && u.Strata() != len(stimulus.Repeated(recordings)) {
			return refuse("bootstrap.repeats = %d with stimulus.average = true: %s has a subject or condition with one recording alone; allowed are at least two of each", b.Repeats, r.in.Set.Source)
		}
		return u, "recordings", nil
	}
	if 2*b.Block > r.in.Stimuli() {
		return refuse("bootstrap.block = %d: %s has %d stimuli; allowed is at most half as many", b.Block, r.in.Set.Source, r.in.Stimuli())
	}
	over = "stimuli"
	if b.Block > 1 {
		over = fmt.Sprintf("blocks of %d stimuli", b.Block)
	}
	return resample.Blocks(r.in.Stimuli(), b.Block), over, nil
}

// raised returns what the run has learned, and the hidden rates to all stimuli (m×r), with what is
// near zero raised (see [raise]).
func raised(o *outcome.Outcome) (arrays []outcome.Array, h []float64) {
	arrays = append(arrays, o.Arrays...)
	w := o.Arrays[0]
	n := len(w.Numbers) / w.Rows
	up := make([]float64, len(w.Numbers))
	for a := 0; a < len(up); a += n {
		raise(up[a:a+n], w.Numbers[a:a+n], 1)
	}
	arrays[0].Numbers = up
	h = make([]float64, o.Rates.Stimuli*o.Rates.Hidden)
	for i := range o.Rates.Stimuli {
		o.Rates.Stimulus(i, h[i*o.Rates.Hidden:(i+1)*o.Rates.Hidden])
	}
	for a := range o.Rates.Hidden {
		raise(h[a:], h[a:], o.Rates.Hidden)
	}
	return arrays, h
}

// raise copies every stride-th number, those near zero raised to [measure.Negligible] of the largest,
// and all multiplied so that their sum stays as it was. Multiplicative rules leave zeros as they are,
// and what is zero for some stimuli may not be for others.
func raise(to, from []float64, stride int) {
	top, before, after := 0.0, 0.0, 0.0
	for i := 0; i < len(from); i += stride {
		top, before = max(top, from[i]), before+from[i]
	}
	for i := 0; i < len(from); i += stride {
		to[i] = max(from[i], measure.Negligible*top)
		after += to[i]
	}
	if after > 0 {
		for i := 0; i < len(to); i += stride {
			to[i] *= before / after
		}
	}
}

// intervals returns the intervals of the weights and measures of an outcome from what repeats came
// to.
func intervals(o *outcome.Outcome, weights [][]float64, measures []measure.Values, units resample.Units, level float64) *outcome.Bootstrap {
	w, n := o.Synapses(), o.Stimuli.Size
	r, repeats := len(w)/n, len(weights)
	b := &outcome.Bootstrap{
		Units: units.Count(), Repeats: repeats, Level: level, Matched: make([]int, r), Cosine: make([]float64, r),
		Low: make([]float64, r*n), High: make([]float64, r*n), Error: make([]float64, r*n),
	}
	unit, length := measure.Unit(w, n)
	matched := make([][]float64, repeats) // parts of the repeats in the order of those of the run, 0 where there is none
	for k := range weights {
		own, _ := measure.Unit(weights[k], n)
		m := measure.Recover(unit, own, n)
		matched[k] = make([]float64, r*n)
		for a, at := range m.Neuron {
			if at >= 0 {
				copy(matched[k][a*n:(a+1)*n], own[at*n:(at+1)*n])
			}
			if m.Cosine[a] > measure.RecoveredAbove {
				b.Matched[a]++
			}
			b.Cosine[a] += m.Cosine[a] / float64(repeats)
		}
	}
	values := make([]float64, repeats)
	for at, x := range unit {
		for k := range matched {
			values[k] = matched[k][at]
		}
		e := estimate.Bootstrap(x, values, units.Count(), units.Strata(), level).Within(0, 1)
		if a := at / n; e.Low < measure.Negligible*largest(unit[a*n:(a+1)*n]) {
			e.Low = 0
		}
		scale := length[at/n]
		b.Low[at], b.High[at], b.Error[at] = e.Low*scale, e.High*scale, e.SD*scale
	}
	for _, v := range o.Measures {
		m, ok := measure.Named(v.Name)
		defined := ok && v.Defined && !math.IsInf(v.Value, 0)
		for k := range measures {
			x, ok := measures[k].Of(v.Name)
			defined = defined && ok && !math.IsInf(x, 0)
			values[k] = x
		}
		if !defined {
			continue
		}
		e := estimate.Bootstrap(v.Value, values, units.Count(), units.Strata(), level).Within(m.Low, m.High)
		b.Measures = append(b.Measures, outcome.Interval{Name: v.Name, Value: v.Value, Low: e.Low, High: e.High, Error: e.SD})
	}
	return b
}

func largest(x []float64) (top float64) {
	for _, y := range x {
		top = max(top, y)
	}
	return top
}
