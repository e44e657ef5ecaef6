package sim

import (
	"iter"
	"math"
	"slices"

	"partsnet/learning"
	"partsnet/sim/measure"
)

// Measures says what was learned, in the measures of package measure, each a
// mean over parts, stimuli or neurons. A measure that is nowhere defined is NaN.
type Measures struct {
	HoyerParts        float64 // over the parts (rows of W)
	HoyerRates        float64 // over the stimuli (rows of H)
	NearZeroParts     float64 // over the parts
	NearZeroRates     float64 // over the neurons (columns of H)
	EffectiveArea     float64 // over the parts
	Spread            float64 // over the parts; NaN where stimuli are no images
	RMSE              float64 // root of the mean squared error of the prediction
	ExplainedVariance float64 // 1 − squared error / squared deviation from the mean stimulus
}

// look checks the invariants and measures what was learned.
func (r *run[T]) look() error {
	last := r.records[len(r.records)-1]
	r.report.Epochs, r.report.Objective = last.epoch, last.objective
	inv, err := r.learner.Check()
	if err != nil {
		return err
	}
	r.report.Invariants = inv
	r.report.Likelihood = math.NaN()
	if r.report.Symbol == learning.Poisson.Symbol() {
		r.report.Likelihood = learning.LogLikelihood(r.v.held(), last.objective)
	}
	w := wide(r.net.Synapses().Weights())
	squares := 2 * max(0, r.learner.Loss(learning.Gaussian))
	r.report.Measures = r.measures(w, wide(r.learner.Rates().Rows(0, r.set.Count)), squares)
	if r.set.Truth != nil {
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

// measures measures synapses w (r×n), hidden rates h (m×r) and the squared error of
// the prediction they make.
func (r *run[T]) measures(w, h []float64, squares float64) Measures {
	n := r.set.Size
	byNeuron := transposed(h, r.x.Hidden)
	m := Measures{
		HoyerParts:        measure.Mean(measure.Hoyer, w, n),
		HoyerRates:        measure.Mean(measure.Hoyer, h, r.x.Hidden),
		NearZeroParts:     measure.Mean(measure.NearZero, w, n),
		NearZeroRates:     measure.Mean(measure.NearZero, byNeuron, r.set.Count),
		EffectiveArea:     measure.Mean(measure.EffectiveArea, w, n),
		Spread:            math.NaN(),
		RMSE:              math.Sqrt(squares / float64(r.set.Count*n)),
		ExplainedVariance: 1 - squares/r.v.variation(),
	}
	if r.set.Height > 0 {
		spread := func(part []float64) (float64, bool) { return measure.Spread(part, r.set.Height, r.set.Width) }
		m.Spread = measure.Mean(spread, w, n)
	}
	return m
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
