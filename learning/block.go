package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Block is a run of stimuli on its way through recognition and learning. The
// buffers belong to the worker that carries the block.
type Block[T kernel.Float] struct {
	Hidden, Visible int // r and n
	Rows            int // number of stimuli

	V                 []T // Rows×n stimuli; nil where Counts holds them
	Counts            *kernel.Counts[T]
	RowOffset         int    // the first row of Counts
	PresentationID    uint64 // number of the presentation of the first stimulus, on which chance depends
	Step              int    // recognition steps so far, where the circuit counts them
	Coincidence       []T    // r×n sums to which the circuit adds coincidences while it drives; or nil
	CoincidenceWeight T      // what a coincidence of one step counts, where a rule reads them step by step
	H                 []T    // Rows×r hidden rates, which recognition moves
	Drive             []T    // Rows×r buffer: what reaches the hidden neurons
	Inhibition        []T    // Rows×r buffer: what the hidden neurons tell each other
	Synapses          *kernel.Synapses[T]
	Forward           *kernel.Synapses[T] // visible→hidden; the same as Synapses unless the two are learned apart
	Scratch           *kernel.Scratch[T]

	errors, potential, gathered, rates []T
	upper, upperErrors                 []T
	spikes                             []neuron.Spikes[T]
}

// Errors returns a buffer for the error units of the block, Rows×n, with what was left
// in it. It is made at the first call; a block of the fast rules never has one.
func (b *Block[T]) Errors() []T { return buffer(&b.errors, b.Rows*b.Visible) }

// Potential returns a buffer for the membrane potentials of the block, Rows×r.
func (b *Block[T]) Potential() []T { return buffer(&b.potential, b.Rows*b.Hidden) }

// Upper returns a buffer for the rates of that many neurons of a stage above the hidden
// layer, Rows×size, and UpperErrors one for its error units, Rows×r.
func (b *Block[T]) Upper(size int) []T { return buffer(&b.upper, b.Rows*size) }
func (b *Block[T]) UpperErrors() []T   { return buffer(&b.upperErrors, b.Rows*b.Hidden) }

// Gathered returns a buffer for stimuli that are gathered from where they lie, Rows×n,
// and GatheredRates one for their hidden rates, Rows×r.
func (b *Block[T]) Gathered() []T      { return buffer(&b.gathered, b.Rows*b.Visible) }
func (b *Block[T]) GatheredRates() []T { return buffer(&b.rates, b.Rows*b.Hidden) }

// Spikes returns a buffer for the visible layer as a source of spikes, one a stimulus.
func (b *Block[T]) Spikes() []neuron.Spikes[T] { return buffer(&b.spikes, b.Rows) }

func buffer[E any](x *[]E, length int) []E {
	if len(*x) < length {
		*x = make([]E, length)
	}
	return (*x)[:length]
}
