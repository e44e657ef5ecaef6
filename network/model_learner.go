package network

import (
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// model is [Model] in a precision.
type model[T neuron.Float] struct {
	*trained[T]
	learner *Learner[T]
}

// Model makes synapses and hidden rates by the random numbers of the spec, or from those
// that it gives, and a learner.
func (engine[T]) Model(v Data, s Spec) (Model, error) {
	d := in[T](v)
	rule, err := learning.RuleNamed[T](s.Rule.Name)
	if err != nil {
		return nil, err
	}
	learning.Assign(rule, s.Rule.Parameters)
	if r, ok := rule.(learning.Drawing); ok {
		r.Seed(s.Seed(r.Draws()))
	}
	first := true // the generative synapses are made before others
	t, err := newTrained(s, func(name string, r, n int) *synapse.Projection[T] {
		w := synapse.New[T](name, r, n, synapse.Excitatory)
		what := "synapses"
		if !first {
			what = "synapses up"
		}
		w.Randomise(s.Draw(what), s.Low, s.High)
		if first && s.Synapses != nil && err == nil {
			err = w.Set(narrow[T](s.Synapses))
		}
		first = false
		w.Normalise(learning.InitialNorm(rule))
		return w
	})
	if err != nil {
		return nil, err
	}
	h := neuron.NewRates[T](d.Stimuli(), s.Hidden.Size)
	rng := s.Draw("rates")
	t.net.Start(d.stimuli, h)
	rates := h.Rows(0, d.Stimuli())
	for i := range rates {
		share := float64(2*float64(rng.Float64())) - 1
		rates[i] *= T(1 + float64(s.Spread*share))
	}
	copy(rates, narrow[T](s.Rates))
	l, err := NewLearner(t.net, rule, s.Plan, d.stimuli, h)
	if err != nil {
		return nil, err
	}
	return &model[T]{t, l}, nil
}

func (m *model[T]) Rule() learning.Mechanism { return m.learner.rule }
func (m *model[T]) Epoch() error             { return m.learner.Epoch() }
func (m *model[T]) Epochs() int              { return m.learner.Epochs() }
func (m *model[T]) RecogniseAll(steps int)   { m.learner.RecogniseAll(steps) }
func (m *model[T]) Release()                 { m.learner.Release() }
func (m *model[T]) Rates() Hidden            { return hidden[T]{m.learner.h} }
func (m *model[T]) Reached() float64         { return m.learner.Objective() }
func (m *model[T]) Objectives(also ...learning.Objective) (float64, []float64) {
	return m.learner.Objectives(also...)
}
func (m *model[T]) Loss(o learning.Objective) float64 { return m.learner.Loss(o) }
func (m *model[T]) RoseBeyondRounding(before, after float64) bool {
	return m.learner.RoseBeyondRounding(before, after)
}
func (m *model[T]) Optimality() Optimality          { return m.learner.Optimality() }
func (m *model[T]) Invariants() (Invariants, error) { return m.learner.Invariants() }

func (m *model[T]) State() ModelState {
	s := m.learner.State()
	out := ModelState{Epoch: s.Epoch, Audits: s.Audits}
	for _, a := range s.Arrays {
		out.Arrays = append(out.Arrays, View{a.Name, a.Rows, a.Numbers})
	}
	return out
}

func (m *model[T]) SetState(s ModelState) error {
	state := State[T]{Epoch: s.Epoch, Audits: s.Audits}
	for _, v := range s.Arrays {
		numbers, ok := v.Numbers.([]T)
		if !ok {
			panic("network: SetState: an array of another precision")
		}
		state.Arrays = append(state.Arrays, Array[T]{v.Name, v.Rows, numbers})
	}
	return m.learner.Restore(state)
}
