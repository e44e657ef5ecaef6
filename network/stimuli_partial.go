package network

import (
	"slices"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// partialSource is [neuron.Partial]: blocks hold all rates, zero where an entry is missing, and
// with them what is seen.
type partialSource[T neuron.Float] struct {
	source[T] // of the known rates, spread out where they are counts
	seen      *neuron.Mask
}

// newPartialSource returns stimuli with missing entries as the network reads them: those
// without a mask where it hides nothing, so that such a mask changes no bit. It panics if the
// circuit does not take them; see [TakesMissing].
func newPartialSource[T neuron.Float](n *Network[T], p *neuron.Partial[T]) source[T] {
	if err := TakesMissing(n.circuit); err != nil && p.Seen().Missing() > 0 {
		panic(err)
	}
	switch c, counts := p.Known().(*neuron.Counts[T]); {
	case p.Seen().Missing() == 0:
		return n.source(p.Known())
	case counts:
		return partialSource[T]{spreadSource[T]{countSource[T]{c.Held()}}, p.Seen()}
	}
	return partialSource[T]{n.source(p.Known()), p.Seen()}
}

func (s partialSource[T]) mask() *neuron.Mask { return s.seen }

func (s partialSource[T]) carry(b *learning.Block[T], from, to int) {
	s.source.carry(b, from, to)
	see(b, s.seen, func(k int) int { return from + k })
}

// sight is what a block with missing entries keeps.
type sight[T neuron.Float] struct {
	seen  []uint64 // Rows × the words of a row
	lacks []bool   // Rows
}

// see tells a block which entries of its stimuli are seen; row k is the stimulus of(k).
func see[T neuron.Float](b *learning.Block[T], seen *neuron.Mask, of func(k int) int) {
	s, any := learning.StateOf[sight[T]](b), false
	lacks := learning.Buffer(&s.lacks, b.Rows)
	for k := range lacks {
		lacks[k] = seen.MissingOf(of(k)) > 0
		any = any || lacks[k]
	}
	if !any {
		b.See(nil, nil)
		return
	}
	words := kernel.Words(b.Visible)
	bits := learning.Buffer(&s.seen, b.Rows*words)
	b.Alike = true
	for k := range lacks {
		copy(bits[k*words:(k+1)*words], seen.Row(of(k)))
		b.Alike = b.Alike && slices.Equal(seen.Row(of(k)), seen.Row(of(0)))
	}
	b.See(bits, lacks)
}
