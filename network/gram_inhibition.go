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
// error units v_j − p_j of which those beside missing neurons are silent; or through the overlaps
// of what is seen, where [gramInhibition.overlapSeen] has computed them.
func (o *gramInhibition[T]) inhibit(b *learning.Block[T]) {
	r, n := o.lateral.Pre(), b.Visible
	through := func(weights []T, from, to int) {
		if from < to {
			kernel.Mul(b.Inhibition[from*r:to*r], b.H[from*r:to*r], weights, to-from, r, r)
		}
	}
	done, seen := 0, learning.StateOf[seenOverlaps[T]](b)
	for from, to := b.NextLacking(0); from < b.Rows; from, to = b.NextLacking(to) {
		through(o.lateral.Weights(), done, from)
		switch up := b.Inhibition[from*r : to*r]; {
		case seen.known && b.Alike:
			through(seen.weights[:r*r], from, to)
		case seen.known:
			for i := from; i < to; i++ {
				through(seen.weights[i*r*r:(i+1)*r*r], i, i+1)
			}
		default:
			kernel.PredictDrive(up, b.H[from*r:to*r], b.Shown()[from*n:to*n], to-from, b.Synapses, b.Scratch)
			for i, x := range up {
				up[i] = -x
			}
		}
		done = to
	}
	through(o.lateral.Weights(), done, b.Rows)
}

// seenOverlaps is what the inhibition keeps with a block: −Σ_j M_ij w_aj w_bj, r×r for each
// stimulus i that lacks any, or once where all stimuli miss the same.
type seenOverlaps[T neuron.Float] struct {
	known          bool
	weights, spare []T
}

// overlapMost is the number of hidden neurons up to which a circuit that begins at rest computes
// the overlaps of what is seen of each stimulus, n r² products in place of 2 n r − r² in each step:
// less where there are more steps than r/2, and they take about a hundred.
const overlapMost = 64

// overlapSeen computes the overlaps of what is seen of the stimuli of a block.
func (o *gramInhibition[T]) overlapSeen(b *learning.Block[T]) {
	r, n, s := o.lateral.Pre(), b.Visible, learning.StateOf[seenOverlaps[T]](b)
	s.known = b.Seen != nil && r <= overlapMost
	if !s.known {
		return
	}
	weights, spare := learning.Buffer(&s.weights, b.Rows*r*r), learning.Buffer(&s.spare, r*n)
	for i := range b.Rows {
		if b.Lacks[i] {
			g := weights[i*r*r : (i+1)*r*r]
			b.Synapses.SeenOverlap(g, b.Shown()[i*n:(i+1)*n], spare)
			for k, x := range g {
				g[k] = -x
			}
		}
		if b.Alike {
			return
		}
	}
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
