package sim

import (
	"fmt"
	"slices"

	"partsnet/learning"
	"partsnet/sim/constraint"
	"partsnet/sim/experiment"
)

// checkForm refuses what needs images where there are none, and what needs dense
// stimuli where there are counts.
func (r *run[T]) checkForm() error {
	if r.set.Height == 0 && (r.x.Look.Frames > 0 || r.x.Look.Network) {
		return &RequestError{Err: fmt.Errorf("look.frames and look.network show images, and %s has none; allowed are 0 and false, or stimulus.height and stimulus.width that say the shape", r.set.Source)}
	}
	if len(r.x.Constraints) > 1 && r.v.dense == nil {
		return &RequestError{Err: fmt.Errorf("network.constraints = %q; allowed for counts is %q alone", r.x.Constraints, r.x.Constraints[0])}
	}
	if slices.Contains(r.x.Constraints, experiment.Orthonormal) {
		if err := constraint.Fits(r.set.Count, r.set.Size, r.x.Hidden); err != nil {
			return &RequestError{Err: err}
		}
	}
	return r.checkStep()
}

// checkStep refuses counts with which one presentation would take synapses to zero, where
// they stay: divisive modulation multiplies those that the stimulus has nothing for by
// 1 − Rate y, and the response y grows to the largest count. When no neuron predicts a word
// that there is, D is infinite.
func (r *run[T]) checkStep() error {
	rule, err := experiment.Rule[T](r.x)
	if err != nil || r.v.counts == nil {
		return err
	}
	largest := T(0)
	for x := range r.v.counts.Rates() {
		largest = max(largest, x)
	}
	if m, ok := rule.(*learning.DivisiveModulation[T]); ok && m.Rate*float64(largest) >= 1 {
		return &RequestError{Err: fmt.Errorf("learning.rate = %v: rule %q takes synapses to zero for ever by one count of %v in %s; allowed is less than %.2g, or a rule for counts such as \"poisson-online\"", m.Rate, rule.Name(), largest, r.set.Source, 1/float64(largest))}
	}
	return nil
}
