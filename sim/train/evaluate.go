package train

import (
	"fmt"
	"math"

	"partsnet/learning"
	"partsnet/sim/experiment"
	"partsnet/sim/measure"
	"partsnet/sim/outcome"
)

// outcome checks the invariants and says what the first layer has learned.
func (r *run) outcome(looked int) (*outcome.Outcome, error) {
	s := r.best
	m, records := s.model, s.rec.records
	last := &records[len(records)-1]
	if math.IsNaN(last.Optimality.Rates) {
		last.Optimality = m.Optimality()
	}
	o := &outcome.Outcome{
		Experiment: r.x, Stimuli: r.in.Shown(),
		Rates: ratesOf(m.Rates()), Predict: m.Predict,
		Symbol: s.symbol(), Label: m.Rule().Objective().Label(),
		Records: records, Rises: s.rec.rises, Epochs: last.Epoch, Stopped: s.stopped,
		Best: s.start, Choice: r.choice, Resumed: r.begun,
		Objective: last.Objective, Likelihood: math.NaN(),
		Measures: last.Measures, Census: last.Census, Optimality: last.Optimality, Frames: s.film.frames,
	}
	if r.x.Stimulus.Save {
		o.Stimuli.Learned = r.in.Known
	}
	if r.x.Restarts > 1 {
		o.Starts = r.starts
	}
	for _, a := range m.Arrays() {
		o.Arrays = append(o.Arrays, outcome.Array(a))
	}
	o.End = endOf(undisturbed(records, r.x), o.Rises)
	o.End.Records = len(records)
	o.Why = why(o.Stopped, o.End, o.Rises)
	if len(r.x.Events) > 0 {
		o.Why += " A rise that an event explains is not counted."
	}
	r.explain(o)
	if hidden := r.in.Hidden; hidden != nil && len(hidden.At) > 0 {
		c := hidden.Complete(o.Synapses(), o.Rates, r.in.Neurons())
		o.Masked = &c
	}
	var err error
	if o.Fits, err = r.fits(o); err != nil {
		return nil, err
	}
	if o.Invariants, err = m.Invariants(); err != nil {
		return nil, err
	}
	if l, ok := m.Rule().Objective().(learning.Likelihood); ok {
		o.Likelihood = l.LogLikelihood(r.in.Constants.Entropy, last.Objective)
	}
	if truth := r.in.Set.Truth; truth != nil {
		rec := measure.Recover(truth.Parts, o.Synapses(), r.in.Neurons())
		o.Recovery, o.Parts = &rec, "parts"
		o.Represented = measure.RepresentedOf(truth, o.Synapses(), r.in.Neurons())
		if r.in.Set.Texts {
			meanings := measure.MeaningsOf(truth.Parts, o.Synapses(), r.in.Neurons(), rec)
			o.Meanings, o.Parts = &meanings, "topics"
		}
	}
	if len(r.x.Figures) == 0 {
		return o, nil
	}
	if o.Staged, err = m.Staged(); err != nil {
		return nil, err
	}
	return o, r.show(o, looked)
}

// show takes the stimulus that figures show through recognition, as it is recognised at the
// start of learning, for as many steps as the circuit needs.
func (r *run) show(o *outcome.Outcome, looked int) error {
	m := r.best.model
	circuit := m.Circuit()
	o.Circuit = outcome.Circuit{Unit: circuit.Describe().Unit, Step: m.StepTaken(), Objective: circuit.Objective(), Competes: m.Competes()}
	course, err := m.Trace(r.in.Data, looked, circuit.Describe().Steps)
	if err != nil {
		return err
	}
	h := m.Rates().Of(looked)
	o.Shown = &outcome.Shown{
		Stimulus: looked, V: r.in.Filled(looked, m.Predict(h)), H: h, Prediction: m.Predict(h),
		Course: &outcome.Course{Rates: course.Rates.Rows(0, course.Rates.Stimuli()), Spikes: course.Spikes},
	}
	o.Completion = r.in.Completion(looked, func(i int) []float64 { return m.Predict(m.Rates().Of(i)) })
	if _, predicts := circuit.Objective().(learning.Predictive); predicts && !o.Stimuli.Texts && o.Stimuli.Height == 0 {
		o.Shown.Explained = r.explained(o)
	}
	return nil
}

// explained returns the share of the variance of each visible neuron over all stimuli that
// the predictions explain; NaN for a neuron whose rate is the same in all.
func (r *run) explained(o *outcome.Outcome) []float64 {
	m, n := r.in.Stimuli(), r.in.Neurons()
	mean, share, varied, missed := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	known := make([]float64, n)
	for j := range known {
		known[j] = float64(m)
		for i := range m {
			if !r.in.Shows(i, j) {
				known[j]--
			}
		}
	}
	for i := range m {
		r.in.Each(i, func(j int, v float64) { mean[j] += v / known[j] })
	}
	h := make([]float64, o.Rates.Hidden)
	for i := range m {
		o.Rates.Stimulus(i, h)
		p := o.Predict(h)
		for j, v := range r.in.Row(i) {
			if !r.in.Shows(i, j) {
				continue
			}
			varied[j] += float64((v - mean[j]) * (v - mean[j]))
			missed[j] += float64((v - p[j]) * (v - p[j]))
		}
	}
	for j := range share {
		share[j] = math.NaN()
		if varied[j] > 0 {
			share[j] = 1 - missed[j]/varied[j]
		}
	}
	return share
}

// explain says how much of the stimuli the predictions explain: of their variance
// about the mean of each visible neuron (R²), and of their squares (VAF). It uses a
// measure that was taken, or else looks at all stimuli once.
func (r *run) explain(o *outcome.Outcome) {
	o.Explained, o.VAF = math.NaN(), math.NaN()
	if _, predicts := r.best.model.Rule().Objective().(learning.Predictive); !predicts {
		return
	}
	c := r.in.Constants
	explained, ok := o.Measures.Of("explained_variance")
	errors := (1 - explained) * c.Variation
	if !ok || math.IsNaN(errors) {
		errors = 2 * max(0, r.best.model.Loss(learning.SquaredError))
	}
	o.Explained, o.VAF = 1-errors/c.Variation, 1-errors/c.Energy
}

// settled is the share of the whole gain that an epoch brings at the end of a run that
// has all but settled.
const settled = 1e-4

// alike is the number of epochs over which the printed objective of such a run does not change. A
// single epoch may change little at the start of learning too.
const alike = 10

// undisturbed returns the records since the last event began or ended: those before it are of another
// network.
func undisturbed(records []outcome.Record, x *experiment.Experiment) []outcome.Record {
	last := 0
	for _, e := range x.EventEpochs() {
		last = max(last, e)
	}
	for k, e := range records {
		if e.Epoch >= last {
			return records[k:]
		}
	}
	return records[len(records)-1:]
}

// endOf says how the objective went towards the end.
func endOf(records []outcome.Record, rises int) outcome.End {
	first, last := records[0], records[len(records)-1]
	lowest := last.Objective
	for _, e := range records {
		lowest = min(lowest, e.Objective)
	}
	end := outcome.End{Records: len(records), Above: (last.Objective - lowest) / math.Abs(lowest), Gain: math.NaN()}
	gain := first.Objective - last.Objective
	if len(records) < 2 || rises > 0 || !(gain > 0) {
		return end
	}
	before := records[len(records)-2]
	share := (before.Objective - last.Objective) / gain / float64(last.Epoch-before.Epoch)
	for k := len(records) - 1; k >= 0 && outcome.Printed(records[k].Objective) == outcome.Printed(last.Objective); k-- {
		end.Alike = last.Epoch - records[k].Epoch
	}
	end.Gain, end.Settled = max(0, share), share < settled || end.Alike >= alike
	return end
}

// why says in a sentence why learning stopped, and whether more of it would have paid.
func why(stopped string, end outcome.End, rises int) string {
	s := "Learning stopped because " + stopped
	switch {
	case end.Records < 2:
		return s + "."
	case rises > 0:
		return fmt.Sprintf("%s; the objective rose at %d of %d records and ended %.2g %% above the lowest.", s, rises, end.Records, 100*end.Above)
	case math.IsNaN(end.Gain):
		return s + "; the objective is not below that after the first epoch."
	}
	verdict := "so more epochs would have lowered it further"
	switch {
	case end.Gain >= settled && end.Settled:
		return fmt.Sprintf("%s; the first %d digits of the objective did not change over the last %d epochs, so it had all but settled.", s, outcome.Digits, end.Alike)
	case end.Settled:
		verdict = "so it had all but settled"
	}
	return fmt.Sprintf("%s; an epoch brought %.3g %% of the whole gain at the end, %s.", s, 100*end.Gain, verdict)
}
