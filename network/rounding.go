package network

import (
	"math"

	"partsnet/learning"
	"partsnet/neuron"
)

// RoseBeyondRounding reports whether the objective has risen from one value to another by more than
// rounding explains,
//
//	after − before > ρ |before| + σ T
//
// where T is the size of the terms whose sum the objective is: Σ v (1 + |log v|) for D,
// Σ v² for E, ‖V Vᵀ‖²/(4m²) for S. Near zero the terms cancel, and what is left rises and
// falls with their last digits.
func (l *Learner[T]) RoseBeyondRounding(before, after float64) bool {
	relative, absolute := rounding[T]()
	allowed := float64(relative * math.Abs(before))
	if after-before <= allowed {
		return false // as nearly always, without a look at all stimuli
	}
	if l.size == 0 {
		l.size = l.terms()
	}
	return after-before > allowed+float64(absolute*l.size)
}

// rounding returns ρ and σ of [Learner.RoseBeyondRounding]. In float64 both are a thousand times the
// rounding of one term. In float32 rates and synapses are rounded to 10⁻⁷ and sums over
// stimuli to 10⁻⁶, which moves an objective by that share of its slope, ρ, and, where the
// slope is zero, by the square of it, σ.
func rounding[T neuron.Float]() (relative, absolute float64) {
	if _, ok := any(T(1)).(float32); ok {
		return 1e-5, 1e-11
	}
	return 1e-13, 1e-13
}

// terms returns T of [Learner.RoseBeyondRounding].
func (l *Learner[T]) terms() float64 {
	switch o := learning.In[T](l.rule.Objective()).(type) {
	case learning.Pairwise[T]:
		return o.TotalSize(l.pairwiseConstant(o), l.part.stimuli)
	case learning.Additive[T]:
		return terms(o, l.stimuli, 0, l.part.stimuli)
	}
	return 0
}

// terms returns the size of the terms of an objective of the stimuli [from, to).
func terms[T neuron.Float](o learning.Additive[T], v Stimuli[T], from, to int) (size float64) {
	for i := from; i < to; i++ {
		v.Each(i, func(_ int, x T) { size += o.Size(float64(x)) })
	}
	return size
}
