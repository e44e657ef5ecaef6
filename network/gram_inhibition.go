package network

import (
	"partsnet/internal/kernel"
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

// TakesMissing declares [learning.Missing].
func (*gramInhibition[T]) TakesMissing() {}

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

// inhibit computes the inhibition −H W Wᵀ. Of a stimulus with missing entries only what is
// seen can inhibit, −(M∘(H W)) Wᵀ: two neurons inhibit each other as much as the seen parts of
// their parts overlap, Σ_j M_j w_aj w_bj. No synapse between hidden neurons can have a weight for
// each mask, so that this inhibition runs down to the visible neurons and up again, as through
// error units v_j − p_j of which those beside missing neurons are silent.
func (o *gramInhibition[T]) inhibit(b *learning.Block[T]) {
	r, n := o.lateral.Pre(), b.Visible
	whole := func(from, to int) {
		if from < to {
			kernel.Mul(b.Inhibition[from*r:to*r], b.H[from*r:to*r], o.lateral.Weights(), to-from, r, r)
		}
	}
	done := 0
	for from, to := b.NextLacking(0); from < b.Rows; from, to = b.NextLacking(to) {
		whole(done, from)
		down := learning.Buffer(&learning.StateOf[seenPrediction[T]](b).p, b.Rows*n)[from*n : to*n]
		kernel.Predict(down, b.H[from*r:to*r], to-from, b.Synapses)
		kernel.Multiply(down, down, b.Seen[from*n:to*n])
		up := b.Inhibition[from*r : to*r]
		kernel.GaussianDrive(up, down, to-from, b.Synapses)
		for i, x := range up {
			up[i] = -x
		}
		done = to
	}
	whole(done, b.Rows)
}

// seenPrediction is what the inhibition keeps with a block: M∘(H W), Rows×n.
type seenPrediction[T neuron.Float] struct{ p []T }

func (o *gramInhibition[T]) prepare(w *learning.Weights[T]) error {
	w.Gram(o.spare)
	for i, g := range o.spare {
		o.spare[i] = -g
	}
	var err error
	o.spare, err = o.lateral.Commit(o.spare)
	return err
}
