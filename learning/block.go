package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Block is a run of stimuli on its way through recognition and learning. It belongs to the
// worker that carries it, with all that it holds: what circuits and rules keep in it from
// step to step is theirs alone ([StateOf]).
type Block[T neuron.Float] struct {
	Hidden, Visible int // r and n
	Rows            int // number of stimuli

	V                 []T // Rows×n stimuli; nil where Counts holds them
	Counts            *kernel.Counts[T]
	RowOffset         int    // the first row of Counts
	PresentationID    uint64 // number of the presentation of the first stimulus, on which chance depends
	Coincidence       []T    // r×n sums to which the circuit adds coincidences while it drives; or nil
	CoincidenceWeight T      // what a coincidence of one step counts, where a rule reads them step by step
	H                 []T    // Rows×r hidden rates, which recognition moves
	Drive             []T    // Rows×r buffer: what reaches the hidden neurons
	Inhibition        []T    // Rows×r buffer: what the hidden neurons tell each other
	Synapses          *kernel.Synapses[T]
	Forward           *kernel.Synapses[T] // visible→hidden; the same as Synapses unless the two are learned apart
	Scratch           *kernel.Scratch[T]

	errors []T
	states []any // of mechanisms, one of a type
}

// Errors returns the activity of the error units of the block, Rows×n, with what was left
// in it: a circuit writes it and a rule may read it. It is made at the first call; a block
// of the fast rules never has one.
func (b *Block[T]) Errors() []T { return Buffer(&b.errors, b.Rows*b.Visible) }

// scaled is what the rules that scale hidden rates keep with a block.
type scaled[T neuron.Float] struct{ rates []T }

// scaledRates returns a Rows×r buffer for hidden rates that a rule has scaled.
func (b *Block[T]) scaledRates() []T {
	return Buffer(&StateOf[scaled[T]](b).rates, b.Rows*b.Hidden)
}

// StateOf returns what a mechanism keeps with a block from one step to the next: a value of
// a type S of its own, such as a struct of buffers. It is made, zero, at the first call for
// a block; later calls allocate nothing. Blocks are many and their stimuli change, so that
// a state must be made ready when a block begins.
func StateOf[S any, T neuron.Float](b *Block[T]) *S {
	for _, s := range b.states {
		if own, ok := s.(*S); ok {
			return own
		}
	}
	own := new(S)
	b.states = append(b.states, own)
	return own
}

// Buffer returns a slice of that length with what was left in it, made anew where it is too
// short.
func Buffer[E any](x *[]E, length int) []E {
	if len(*x) < length {
		*x = make([]E, length)
	}
	return (*x)[:length]
}
