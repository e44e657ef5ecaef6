package network

import (
	"partsnet/learning"
	"partsnet/neuron"
	"partsnet/synapse"
)

// gramInhibition is the inhibition of circuits in which two hidden neurons inhibit each
// other as much as their parts overlap: the weights are −W Wᵀ at any time.
type gramInhibition[T neuron.Float] struct {
	lateral *synapse.Projection[T] // hidden→hidden, inhibitory
	spare   []T
}

// Lateral returns the inhibitory projection of the hidden layer onto itself,
// nil before the circuit is part of a network.
func (o *gramInhibition[T]) Lateral() *synapse.Projection[T] { return o.lateral }

// Extend makes the inhibitory projection, which follows from the generative one.
func (o *gramInhibition[T]) Extend(_, hidden neuron.Layer) Extension[T] {
	r := hidden.Size
	o.lateral = synapse.New[T]("hidden→hidden", r, r, synapse.Inhibitory)
	o.spare = make([]T, r*r)
	return Extension[T]{Projections: []Projection[T]{{Projection: o.lateral, Role: Lateral, Derived: true}}}
}

func (o *gramInhibition[T]) prepare(w *learning.Weights[T]) error {
	w.Gram(o.spare)
	for i, g := range o.spare {
		o.spare[i] = -g
	}
	var err error
	o.spare, err = o.lateral.Commit(o.spare)
	return err
}
