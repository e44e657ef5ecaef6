package sim

import (
	"fmt"
	"iter"
	"math"
	"slices"

	"partsnet/internal/elementary"
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/network"
	"partsnet/sim/measure"
)

// entry is one row of metrics.csv.
type entry struct {
	epoch      int
	objective  float64
	rise       bool // whether the objective is above that of the entry before, beyond rounding
	measures   measure.Values
	census     measure.Census
	optimality network.Optimality
}

// record measures the present state and adds it to the records.
func (r *run[T]) record(epoch int) error {
	d := r.learner.Objective()
	if o, ok := r.lowers().(learning.Likelihood); ok && math.IsInf(d, 1) && r.finite() {
		return fmt.Errorf("%s is infinite after epoch %d: %s", o.Symbol(), epoch, o.Infinite())
	}
	if math.IsNaN(d) || math.IsInf(d, 0) {
		return fmt.Errorf("the objective is %v after epoch %d: rates or synapses have left the range of %s", d, epoch, r.x.Precision)
	}
	e := entry{epoch: epoch, objective: d}
	if n := len(r.records); n > 0 && r.learner.Rose(r.records[n-1].objective, d) {
		e.rise = true
		r.report.Rises++
	}
	w, h := kernel.Wide(r.net.Synapses().Weights()), measure.RatesOf(r.learner.Rates().Rows(0, r.set.Count), r.x.Hidden)
	e.measures = r.measured(w, h, func() float64 { return r.learner.Loss(learning.KL) }, func() float64 { return r.learner.Loss(learning.SquaredError) }).Take(r.x.Measures)
	e.census = measure.CensusOf(w, h, r.trueParts())
	if e.optimality = (network.Optimality{Rates: math.NaN(), Synapses: math.NaN()}); landmark(epoch) {
		e.optimality = r.learner.Optimality()
	}
	r.records = append(r.records, e)
	return nil
}

// finite reports whether all rates are finite, as all synapses are.
func (r *run[T]) finite() bool { return r.learner.Rates().Check() == nil }

// landmark reports whether an epoch is 1, 2, 5, 10, 20, 50 and so on: where a look that
// costs an epoch is taken.
func landmark(epoch int) bool {
	for epoch >= 10 && epoch%10 == 0 {
		epoch /= 10
	}
	return epoch == 1 || epoch == 2 || epoch == 5
}

// trueParts returns the parts that made the stimuli; nil where they are not known.
func (r *run[T]) trueParts() []float64 {
	if r.set.Truth == nil {
		return nil
	}
	return r.set.Truth.Parts
}

// measured returns synapses w (r×n) and hidden rates h (m×r), ready to be measured, with
// what tells their divergence and half their squared error.
func (r *run[T]) measured(w []float64, h measure.Rates, divergence, squares func() float64) *measure.Learned {
	return measure.NewLearned(measure.Learned{
		W: w, H: h, Stimuli: r.set.Count, Visible: r.set.Size, Hidden: r.x.Hidden,
		Height: r.set.Height, Width: r.set.Width, Truth: r.set.Truth, Documents: r.set.Words != nil,
		Shown: r.v.constants(), Divergence: divergence,
		SquaredErrors: func() float64 { return max(0, squares()) },
	})
}

// look checks the invariants and says what was learned.
func (r *run[T]) look() error {
	last := &r.records[len(r.records)-1]
	if math.IsNaN(last.optimality.Rates) {
		last.optimality = r.learner.Optimality()
	}
	r.report.Epochs, r.report.Objective = last.epoch, last.objective
	r.report.Measures, r.report.Census, r.report.Optimality = last.measures, last.census, last.optimality
	r.report.End = r.end()
	r.report.Why = r.why(r.report.End)
	r.report.Explained, r.report.VAF = r.explained(last.measures)
	inv, err := r.learner.Check()
	if err != nil {
		return err
	}
	r.report.Invariants = inv
	r.report.Likelihood = math.NaN()
	if o, ok := r.lowers().(learning.Likelihood); ok {
		r.report.Likelihood = o.LogLikelihood(r.v.constants().Entropy, last.objective)
	}
	if r.set.Truth != nil {
		w := kernel.Wide(r.net.Synapses().Weights())
		rec := measure.Recover(r.set.Truth.Parts, w, r.set.Size)
		r.report.Recovery, r.report.Parts = &rec, "parts"
		if r.set.Words != nil {
			meanings := measure.MeaningsOf(r.set.Truth.Parts, w, r.set.Size, rec)
			r.report.Meanings, r.report.Parts = &meanings, "topics"
		}
	}
	if len(r.x.Figures) > 0 {
		r.course, err = r.timeCourse()
	}
	return err
}

// settled is the share of the whole gain that an epoch brings at the end of a run that
// has all but settled.
const settled = 1e-4

// end says how the objective went towards the end.
func (r *run[T]) end() End {
	first, last := r.records[0], r.records[len(r.records)-1]
	lowest := last.objective
	for _, e := range r.records {
		lowest = min(lowest, e.objective)
	}
	end := End{Records: len(r.records), Above: (last.objective - lowest) / math.Abs(lowest), Gain: math.NaN()}
	gain := first.objective - last.objective
	if len(r.records) < 2 || r.report.Rises > 0 || !(gain > 0) {
		return end
	}
	before := r.records[len(r.records)-2]
	share := (before.objective - last.objective) / gain / float64(last.epoch-before.epoch)
	end.Gain, end.Settled = max(0, share), share < settled
	return end
}

// why says in a sentence why learning stopped, and whether more of it would have paid.
func (r *run[T]) why(end End) string {
	s := "Learning stopped because " + r.report.Stopped
	switch {
	case end.Records < 2:
		return s + "."
	case r.report.Rises > 0:
		return fmt.Sprintf("%s; the objective rose at %d of %d records and ended %.2g %% above the lowest.", s, r.report.Rises, end.Records, 100*end.Above)
	case math.IsNaN(end.Gain):
		return s + "; the objective is not below that after the first epoch."
	}
	verdict := "so more epochs would have lowered it further"
	if end.Settled {
		verdict = "so it had all but settled"
	}
	return fmt.Sprintf("%s; an epoch brought %.3g %% of the whole gain at the end, %s.", s, 100*end.Gain, verdict)
}

// lowers returns what the run lowers.
func (r *run[T]) lowers() learning.Objective { return r.learner.Rule().Nature().Objective }

// explained returns how much of the stimuli the predictions explain: of their variance
// about the mean of each visible neuron (R²), and of their squares (VAF). It uses a
// measure that was taken, or else looks at all stimuli once.
func (r *run[T]) explained(v measure.Values) (variance, squares float64) {
	if _, predicts := r.lowers().(learning.Predictive); !predicts {
		return math.NaN(), math.NaN()
	}
	c := r.v.constants()
	errors := (1 - v.Of("explained_variance")) * c.Variation
	if math.IsNaN(errors) {
		errors = 2 * max(0, r.learner.Loss(learning.SquaredError))
	}
	return 1 - errors/c.Variation, 1 - errors/c.Energy
}

// constants returns what measures need to know of the stimuli; it is worked out once.
func (s *shown[T]) constants() measure.Shown {
	if s.known != nil {
		return *s.known
	}
	c := measure.Shown{Variation: s.variation()}
	nonzero := 0
	for x := range s.held() {
		if y := float64(x); y > 0 {
			nonzero++
			c.Energy += float64(y * y)
			c.Entropy += float64(y*elementary.Log(y)) - y
		}
	}
	c.Zeros = 1 - float64(nonzero)/(float64(s.set.Count)*float64(s.set.Size))
	s.known = &c
	return c
}

// held returns the rates of all stimuli that are held, in their order.
func (s *shown[T]) held() iter.Seq[T] {
	if s.dense != nil {
		return slices.Values(s.dense.Rows(0, s.set.Count))
	}
	return s.counts.Rates()
}

// variation returns the squared deviation of the stimuli from their mean; see
// [measure.Variation].
func (s *shown[T]) variation() float64 {
	if s.dense != nil {
		return measure.Variation(s.dense.Rows(0, s.set.Count), s.set.Size)
	}
	sum, squares := make([]float64, s.set.Size), 0.0
	for i := range s.set.Count {
		s.counts.Each(i, func(j int, x T) {
			sum[j] += float64(x)
			squares += float64(float64(x) * float64(x))
		})
	}
	for _, y := range sum {
		squares -= float64(y * y / float64(s.set.Count))
	}
	return squares
}
