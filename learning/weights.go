package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
	"partsnet/synapse"
)

// Weights are the synapses of a hidden onto the visible layer as a circuit is told them
// whenever they change.
type Weights[T neuron.Float] struct {
	*synapse.Projection[T]
	packed *kernel.Synapses[T]
}

// NewWeights returns a projection with what the kernels have made of it.
func NewWeights[T neuron.Float](w *synapse.Projection[T], packed *kernel.Synapses[T]) *Weights[T] {
	return &Weights[T]{w, packed}
}

// Gram writes W Wᵀ into out (r×r): how much the parts of two hidden neurons overlap.
func (w *Weights[T]) Gram(out []T) { w.packed.Overlap(out, w.Projection.Weights()) }

// Packed returns the weights as the kernels of this module read them.
func (w *Weights[T]) Packed() *kernel.Synapses[T] { return w.packed }
