package network

import (
	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// overlapping is the inhibition of circuits in which two hidden neurons inhibit each
// other as much as their parts overlap: the weights are −W Wᵀ at any time.
type overlapping[T kernel.Float] struct {
	lateral *synapse.Projection[T] // hidden→hidden, inhibitory
	spare   []T
}

// Lateral returns the inhibitory projection of the hidden layer onto itself,
// nil before the first Prepare.
func (o *overlapping[T]) Lateral() *synapse.Projection[T] { return o.lateral }

func (o *overlapping[T]) prepare(w *synapse.Projection[T], s *kernel.Synapses[T]) error {
	r := w.Pre()
	if o.lateral == nil || o.lateral.Pre() != r {
		o.lateral = synapse.New[T]("hidden→hidden", r, r, synapse.Inhibitory)
		o.spare = make([]T, r*r)
	}
	s.Overlap(o.spare, w.Weights())
	for i, g := range o.spare {
		o.spare[i] = -g
	}
	var err error
	o.spare, err = o.lateral.Commit(o.spare)
	return err
}
