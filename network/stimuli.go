package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// Stimuli are what a network is shown: [neuron.Rates], where every rate is held;
// [neuron.Counts], where most are zero and the work grows with the others
// alone; or [neuron.Partial], either of them with a mask of missing entries.
type Stimuli[T neuron.Float] = neuron.Stimuli[T]

// source is stimuli in the form in which a network reads them. A further form of stimuli
// is a type in package neuron, a source and, if it is not read like others, a [pass].
type source[T neuron.Float] interface {
	// spread writes the rates of all visible neurons to a stimulus into row.
	spread(stimulus int, row []T)
	// view returns these rates where they are held in one piece, or nil.
	view(stimulus int) []T
	// mask returns which entries are seen, nil if all are.
	mask() *neuron.Mask
	// carry gives the stimuli [from, to) to a block.
	carry(b *learning.Block[T], from, to int)
	// pack makes the synapses ready for the kernels that read such blocks.
	pack(n *Network[T])
	// losses returns a function that measures such blocks for the present synapses.
	losses(n *Network[T], objectives []learning.Additive[T]) learning.Losses[T]
	// pass returns how a learner passes over the stimuli, or why it cannot.
	pass(l *Learner[T]) (pass[T], error)
}

// source returns stimuli as the network reads them.
func (n *Network[T]) source(v Stimuli[T]) source[T] {
	if p, ok := v.(*neuron.Partial[T]); ok {
		return newPartialSource(n, p)
	}
	c, ok := v.(*neuron.Counts[T])
	switch {
	case !ok:
		return denseSource[T]{v.(*neuron.Rates[T])}
	case learning.Has[DenseOnly](n.circuit) || n.forward != nil:
		return spreadSource[T]{countSource[T]{c.Held()}}
	}
	return countSource[T]{c.Held()}
}

// denseSource is [neuron.Rates].
type denseSource[T neuron.Float] struct{ rates *neuron.Rates[T] }

func (s denseSource[T]) spread(stimulus int, row []T) { copy(row, s.rates.Of(stimulus)) }
func (s denseSource[T]) view(stimulus int) []T        { return s.rates.Of(stimulus) }

func (denseSource[T]) mask() *neuron.Mask { return nil }

func (s denseSource[T]) carry(b *learning.Block[T], from, to int) {
	b.V, b.Counts = s.rates.Rows(from, to), nil
}

func (denseSource[T]) pack(n *Network[T]) { n.packPanels() }

func (denseSource[T]) losses(_ *Network[T], objectives []learning.Additive[T]) learning.Losses[T] {
	return learning.DenseLosses(objectives)
}

func (s denseSource[T]) pass(l *Learner[T]) (pass[T], error) {
	kernel.HugePages(s.rates.Rows(0, s.rates.Stimuli()))
	if o, ok := learning.AdditiveIn[T](l.rule.Objective()); ok && l.v.mask() == nil && byColumns(l.rule, l.plan, l.net.Hidden.Size, l.net.Visible.Size) {
		return newColumnsPass(l, o), nil
	}
	return &groupPass[T]{l, true}, nil
}
