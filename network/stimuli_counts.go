package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// countSource is [neuron.Counts].
type countSource[T neuron.Float] struct{ counts *kernel.Counts[T] }

func (s countSource[T]) spread(stimulus int, row []T) {
	clear(row)
	for k := s.counts.Start[stimulus]; k < s.counts.Start[stimulus+1]; k++ {
		row[s.counts.Index[k]] = s.counts.At(k)
	}
}

func (countSource[T]) view(int) []T       { return nil }
func (countSource[T]) mask() *neuron.Mask { return nil }

func (s countSource[T]) carry(b *learning.Block[T], _, _ int) { b.V, b.Counts = nil, s.counts }

func (countSource[T]) pack(n *Network[T]) {
	n.mustRefresh()
	n.packed.PackRows()
}

func (countSource[T]) losses(n *Network[T], objectives []learning.Additive[T]) learning.Losses[T] {
	return learning.CountsLosses(objectives, n.packed)
}

func (s countSource[T]) pass(l *Learner[T]) (pass[T], error) {
	objective, err := l.atOnce()
	if l.plan.Batch > 0 || err != nil {
		return &groupPass[T]{l, false}, err
	}
	return newVisiblePass(l, s.counts, objective), nil
}

// atOnce returns the objective of a rule, and an error if it cannot learn from all counts
// at once but shall.
func (l *Learner[T]) atOnce() (learning.Additive[T], error) {
	objective, additive := learning.AdditiveIn[T](l.rule.Objective())
	if l.plan.Batch == 0 && (learning.Has[learning.Online](l.rule) || !additive) {
		return nil, fmt.Errorf("network: rule %q reads counts batch by batch; set a batch of at least 1", l.rule.Name())
	}
	return objective, nil
}

// spreadSource is [neuron.Counts] for a network that cannot read them: every block is
// spread out.
type spreadSource[T neuron.Float] struct{ countSource[T] }

func (s spreadSource[T]) carry(b *learning.Block[T], from, _ int) {
	b.Counts, b.V = nil, gatheredStimuli(b)
	for i := range b.Rows {
		s.spread(from+i, b.V[i*b.Visible:(i+1)*b.Visible])
	}
}

func (spreadSource[T]) pack(n *Network[T]) { n.packPanels() }

func (spreadSource[T]) losses(_ *Network[T], objectives []learning.Additive[T]) learning.Losses[T] {
	return learning.DenseLosses(objectives)
}

func (s spreadSource[T]) pass(l *Learner[T]) (pass[T], error) {
	_, err := l.atOnce()
	return &groupPass[T]{l, false}, err
}
