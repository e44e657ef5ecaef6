package network

import (
	"fmt"

	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Stack is several hidden layers above each other: each is the visible layer of the next,
//
//	V ≈ H_1 W_1,  H_1 ≈ H_2 W_2, …        V ≈ H_K W_K … W_1
//
// A neuron of an upper layer stands for a combination of parts; drawn through to the
// visible layer, by W_K … W_1, it is a composite part. Layers are learned greedily, each
// by a [Learner] of its own from the rates of the one below, and can be fine-tuned
// together with [Stack.Joint].
type Stack[T neuron.Float] struct {
	Layers []*synapse.Projection[T] // the lowest first
	Rates  *neuron.Rates[T]         // of the top layer, m×r_K
}

// Add puts a layer on top: its synapses, and its rates, which replace those below. It
// returns an error if the layer does not fit.
func (s *Stack[T]) Add(w *synapse.Projection[T], h *neuron.Rates[T]) error {
	if k := len(s.Layers); k > 0 && w.Post() != s.Layers[k-1].Pre() {
		return fmt.Errorf("network: projection %s reaches %d neurons, and the layer below has %d", w.Name(), w.Post(), s.Layers[k-1].Pre())
	}
	if w.Pre() != h.Neurons() {
		return fmt.Errorf("network: projection %s comes from %d neurons, and there are rates of %d", w.Name(), w.Pre(), h.Neurons())
	}
	s.Layers, s.Rates = append(s.Layers, w), h
	return nil
}

// Parts returns the parts of layer k, from 0, drawn through to the visible layer, r_k×n.
func (s *Stack[T]) Parts(k int) []T { return learning.Through(s.Layers[:k+1]) }

// Joint returns a learner that fine-tunes all layers together from the stimuli v, by
// learning.UpPropagation: an epoch changes one layer, the lowest first, and the rates of
// the top. The layers and rates of the stack are those that change; the layers are
// projections of its network. Workers is the number of goroutines, 0 for one a processor.
func (s *Stack[T]) Joint(v Stimuli[T], workers int) (*Learner[T], error) {
	layers := append([]*synapse.Projection[T](nil), s.Layers...)
	net, err := s.through(v.Neurons(), &stacked[T]{layers: layers}, workers)
	if err != nil {
		return nil, err
	}
	return NewLearner(net, learning.Rule[T](&learning.UpPropagation[T]{Layers: layers}), Plan{Order: LearnRecognise, Steps: 1}, v, s.Rates)
}

// through returns a network in which the top layer predicts the visible one through all
// layers between them.
func (s *Stack[T]) through(visible int, c Circuit[T], workers int) (*Network[T], error) {
	top := s.Layers[len(s.Layers)-1]
	w := synapse.New[T]("top→visible", top.Pre(), visible, synapse.Excitatory)
	if err := w.Set(learning.Through(s.Layers)); err != nil {
		return nil, err
	}
	return New(neuron.Layer{Name: "visible", Size: visible}, neuron.Layer{Name: "top", Size: top.Pre()}, w, c, workers)
}

// stacked is the circuit of a network whose hidden layer is the top of a stack: error units
// compare the stimulus with the prediction through all layers. The layers learn.
type stacked[T neuron.Float] struct {
	DivisiveError[T]
	layers []*synapse.Projection[T]
}

// Extend adds the layers and the neurons between them to the network.
func (c *stacked[T]) Extend(neuron.Layer, neuron.Layer) (e Extension[T]) {
	for k, w := range c.layers {
		e.Projections = append(e.Projections, Projection[T]{Projection: w, Role: Generative})
		if k+1 < len(c.layers) {
			e.Populations = append(e.Populations, Population{neuron.Layer{Name: fmt.Sprintf("layer %d", k+1), Size: w.Pre()}, MiddleLayer})
		}
	}
	return e
}
