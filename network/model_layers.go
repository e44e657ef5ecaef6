package network

import (
	"sync"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// layers is [Layers] in a precision.
type layers[T neuron.Float] struct {
	stimuli Stimuli[T]
	workers int
	stack   Stack[T]
}

func (engine[T]) Layers(v Data, workers int) Layers {
	return &layers[T]{stimuli: in[T](v).stimuli, workers: workers}
}

func (l *layers[T]) Add(m Model, further bool) error {
	own := m.(*model[T])
	w, h := own.net.synapses, own.learner.h
	if further {
		w = synapse.New[T](w.Name(), w.Pre(), w.Post(), synapse.Excitatory)
		if err := w.Set(own.net.synapses.Weights()); err != nil {
			return err
		}
		h = neuron.NewRates[T](h.Stimuli(), h.Neurons())
		copy(h.Rows(0, h.Stimuli()), own.learner.h.Rows(0, h.Stimuli()))
	}
	return l.stack.Add(w, h)
}

func (l *layers[T]) Top() Data {
	rates := l.stack.Rates.Rows(0, l.stack.Rates.Stimuli())
	top, eps := kernel.Max(rates), T(1)
	for 1+T(eps/2) != 1 {
		eps /= 2
	}
	kernel.Flush(rates, T(eps*top))
	return &data[T]{stimuli: l.stack.Rates, dense: l.stack.Rates}
}

func (l *layers[T]) Rates() Hidden            { return hidden[T]{l.stack.Rates} }
func (l *layers[T]) Len() int                 { return len(l.stack.Layers) }
func (l *layers[T]) Synapses(k int) []float64 { return kernel.Wide(l.stack.Layers[k].Weights()) }
func (l *layers[T]) Parts(k int) []float64    { return kernel.Wide(l.stack.Parts(k)) }

func (l *layers[T]) Through(o learning.Objective) (float64, error) {
	net, err := l.stack.through(l.stimuli.Neurons(), &DivisiveError[T]{}, l.workers)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, x := range net.Losses(o, l.stimuli, l.stack.Rates) {
		sum += x
	}
	return sum, nil
}

func (l *layers[T]) Joint() (Model, error) {
	learner, err := l.stack.Joint(l.stimuli, l.workers)
	if err != nil {
		return nil, err
	}
	return &model[T]{&trained[T]{net: learner.net, mu: new(sync.Mutex)}, learner}, nil
}
