package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Block is a run of neighbouring stimuli during recognition and learning. Every worker has one
// and fills it with stimuli again and again. Circuits and rules keep buffers of their own with
// a block ([StateOf]).
type Block[T neuron.Float] struct {
	Hidden, Visible int // r and n
	Rows            int // number of stimuli

	V                 []T // Rows×n stimuli; nil where Counts holds them
	Counts            *kernel.Counts[T]
	Seen              []uint64 // Rows × [kernel.Words] bits, 1 where a rate is known and 0 where it is missing, and then V is 0; nil if none is missing. See [Block.Shown]
	Lacks             []bool   // Rows, whether a stimulus misses any; nil with Seen
	Alike             bool     // all stimuli miss the same
	RowOffset         int      // the first row of Counts
	Epoch             int      // number of the epoch, 0 outside of any
	PresentationID    uint64   // number of the presentation of the first stimulus, which seeds random numbers
	First             int      // number of the first stimulus
	Order             []int    // Rows, the numbers of stimuli that are not neighbours; or nil
	Step              int      // steps of recognition that were taken
	Coincidence       []T      // r×n sums to which the circuit adds coincidences while it drives; or nil
	CoincidenceWeight T        // weight of the coincidences of one step, for rules that read each step
	H                 []T      // Rows×r hidden rates, which recognition moves
	Fixed             []T      // r, the rate at which each hidden neuron is kept, −1 for one that is free; nil if all are
	Drive             []T      // Rows×r buffer: what reaches the hidden neurons
	Inhibition        []T      // Rows×r buffer: inhibition of the hidden neurons by each other
	Synapses          *kernel.Synapses[T]
	Forward           *kernel.Synapses[T] // visible→hidden; the same as Synapses unless weights are untied
	Scratch           *kernel.Scratch[T]

	errors []T
	shown  []T   // of the stimuli whose mask is in Seen; or nil
	states []any // of circuits and rules, one of a type
}

// Stimulus returns the number of stimulus k of the block.
func (b *Block[T]) Stimulus(k int) int {
	if b.Order != nil {
		return b.Order[k]
	}
	return b.First + k
}

// Fix keeps the hidden rates h to one stimulus where they are fixed. Circuits in which a rate acts
// on others within the step in which it moves call it, or read Fixed, before that; for all others
// the network does at the end of a step.
func (b *Block[T]) Fix(h []T) {
	for a, x := range b.Fixed {
		if x >= 0 {
			h[a] = x
		}
	}
}

// Errors returns the activity of the error units of the block, Rows×n, as it was last
// written: a circuit writes it and a rule may read it. It is allocated at the first call,
// because circuits whose kernels fuse the error units never need it.
func (b *Block[T]) Errors() []T { return Buffer(&b.errors, b.Rows*b.Visible) }

// scaled is the state of the rules that scale hidden rates.
type scaled[T neuron.Float] struct{ rates []T }

// scaledRates returns a Rows×r buffer for hidden rates that a rule has scaled.
func (b *Block[T]) scaledRates() []T {
	return Buffer(&StateOf[scaled[T]](b).rates, b.Rows*b.Hidden)
}

// StateOf returns what a circuit or a rule keeps with a block from one step to the next: a
// value of a type S of its own, such as a struct of buffers. The first call for a block
// allocates it as the zero value; later calls allocate nothing. A block is filled with other
// stimuli after each pass, so the state must be initialised in Begin.
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

// Buffer returns the first elements of *x, as they were last written. If *x is too short it
// is replaced by a new slice first.
func Buffer[E any](x *[]E, length int) []E {
	if len(*x) < length {
		*x = make([]E, length)
	}
	return (*x)[:length]
}
