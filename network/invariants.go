package network

import (
	"math"

	"partsnet/learning"
	"partsnet/synapse"
)

// Invariants is what was found when the state of a learner was looked over.
type Invariants struct {
	Rates    int64         // hidden rates looked at, all finite and ≥ 0
	Synapses synapse.Audit // looks at the sign of excitatory synapses so far
	Lateral  synapse.Audit // the same for inhibitory synapses

	// Normalisation is the largest deviation of the summed synapses of a hidden
	// neuron, or of their length, from 1; 0 if the rule leaves them free.
	Normalisation float64

	// Conservation is the largest relative deviation from the law of a [Conserving]
	// circuit, NaN if the law does not apply.
	Conservation float64
}

// Invariants tests all rates and synapses. It returns an error for the first
// hidden number that is not a rate; the caller judges the rest.
func (l *Learner[T]) Invariants() (Invariants, error) {
	inv := Invariants{
		Rates:         int64(l.h.Stimuli() * l.h.Neurons()),
		Normalisation: l.net.synapses.Deviation(learning.Kept(l.rule)),
		Conservation:  l.conservation(),
	}
	for _, p := range l.net.projections {
		looks := &inv.Synapses
		if p.Sign() == synapse.Inhibitory {
			looks = &inv.Lateral
		}
		looks.Checked += p.Audit().Checked
		looks.Refused += p.Audit().Refused
	}
	return inv, l.h.Check()
}

// conservation compares Σ_a h_a with Σ_j v_j for every stimulus, counting only
// inputs that some synapse reaches. The law holds with the synapses of the last
// recognition; it survives the change of synapses only where they are
// normalised before and after, and where nothing of the stimulus is missing: others are left out.
func (l *Learner[T]) conservation() float64 {
	c, ok := l.net.circuit.(Conserving)
	if !l.plan.Noise.None() {
		return math.NaN() // the rates carry what was presented
	}
	if m := l.events.at(l.epoch - 1); m != nil && (m.fixed != nil || m.driven != nil || m.noise != nil) {
		return math.NaN() // the rates are not those that recognition finds
	}
	if !ok || !c.Conserves(learning.Kept(l.rule)) || l.net.forward != nil || l.epoch == 0 {
		return math.NaN()
	}
	reached := make([]bool, l.net.Visible.Size)
	for i, w := range l.net.synapses.Weights() {
		if w > 0 {
			reached[i%len(reached)] = true
		}
	}
	worst, seen := 0.0, l.v.mask()
	for i := range l.stimuli.Stimuli() {
		if seen != nil && seen.MissingOf(i) > 0 {
			continue
		}
		in, out := 0.0, 0.0
		l.stimuli.Each(i, func(j int, x T) {
			if reached[j] {
				in += float64(x)
			}
		})
		for _, x := range l.h.Of(i) {
			out += float64(x)
		}
		if in > 0 {
			worst = max(worst, math.Abs(out-in)/in)
		}
	}
	return worst
}
