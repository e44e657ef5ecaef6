package learning

import (
	"fmt"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Rule is a plasticity rule in two phases. A rule has parameters and no state: what it
// proposes follows from the [Change], so that a run that is resumed learns the same bits.
// What else it declares ([Online], [Keeper], [Reader], ...) decides which circuits and
// plans it can be combined with.
type Rule[T neuron.Float] interface {
	Mechanism
	// NewAccumulator returns an empty accumulator for r hidden and n visible
	// neurons.
	NewAccumulator(r, n int) *Accumulator[T]
	// Accumulate adds a block of stimuli with its hidden rates. It leaves out the
	// coincidences if they are added elsewhere ([Block.Coincidence]) or if the
	// stimuli are counts, whose coincidences are gathered by visible neuron.
	Accumulate(acc *Accumulator[T], b *Block[T])
	// Propose writes the weights of the hidden neurons c.From, ..., c.To−1 that
	// follow from the present ones and from what was accumulated.
	Propose(c *Change[T])
}

// Remembering is a rule that learns from earlier batches too. It finds their sums in
// [Change.Memory], which belongs to the state of a run.
type Remembering[T neuron.Float] interface {
	Rule[T]
	// NewMemory returns the memory before anything was seen; nil if the parameters
	// ask for none.
	NewMemory(r, n int) *Accumulator[T]
}

// Change is the step from the present weights of a projection to those that a rule
// proposes. For a rule whose accumulator has no Overlap, Next and Sum.Coincidence may be the
// same memory, to save an array: such a rule must read the coincidence of a synapse before it
// writes the proposal for it.
type Change[T neuron.Float] struct {
	Next, Now []T // r×n weights, proposed and present
	From, To  int // the hidden neurons whose weights are to be proposed
	// The visible neurons onto which they are: all of them, unless the rule is [VisibleWise].
	Left, Right int
	// Hidden neurons whose synapses do not learn (r), and synapses that were cut, those that are not 0
	// (r×n); nil for none. What is proposed for them is taken back. A rule in which the change of a synapse acts
	// on others leaves them alone.
	Held    []bool
	Cut     []T
	Epoch   int // epochs completed before this one
	Sum     *Accumulator[T]
	Memory  *Accumulator[T] // of a [Remembering] rule, whose rows From, ..., To−1 it may change; or nil
	Own     [][]T           // where a rule that also learns the projections of the circuit proposes their weights, in the order of the network
	Columns *Columns[T]     // of a rule that is [ByColumn]; or nil

	// What an asynchronous rule needs for its turns.
	order                                         []int32
	turns                                         kernel.Turns[T]
	weights, sent, fixed, shown, predicted, rates []T
}

// Of returns the proposed weights of hidden neuron a, the present ones, and its coincidences
// with each visible neuron.
func (c *Change[T]) Of(a int) (next, now, met []T) {
	n := c.Sum.Visible
	return c.Next[a*n : (a+1)*n], c.Now[a*n : (a+1)*n], c.Sum.Coincidence[a*n : (a+1)*n]
}

// Remembered returns the sums of earlier batches for hidden neuron a: its rates, its overlap
// with every other hidden neuron, and its coincidences; nil for sums that the rule does not
// keep.
func (c *Change[T]) Remembered(a int) (total *T, overlap, met []T) {
	m := c.Memory
	if m.Total != nil {
		total = &m.Total[a]
	}
	if m.Overlap != nil {
		overlap = m.Overlap[a*m.Hidden : (a+1)*m.Hidden]
	}
	if m.Coincidence != nil {
		met = m.Coincidence[a*m.Visible : (a+1)*m.Visible]
	}
	return total, overlap, met
}

// Accumulator holds the sums over stimuli from which a rule changes synapses.
// A rule makes the fields that it needs and leaves the others nil.
type Accumulator[T neuron.Float] struct {
	Hidden, Visible int // r and n
	Stimuli         int // how many were summed up

	Coincidence []T // r×n, hidden rate times activity of the visible neuron or of its error unit
	Overlap     []T // r×r, hidden rate times hidden rate
	Total       []T // r, hidden rate
	Sent        []T // r×n, what a synapse sends where its visible neuron is seen; nil unless entries are missing ([ReadsSent])
}

// Clear empties the accumulator.
func (a *Accumulator[T]) Clear() {
	a.Stimuli = 0
	clear(a.Coincidence)
	clear(a.Overlap)
	clear(a.Total)
	clear(a.Sent)
}

// Fields returns all sums, so that accumulators can be added and saved; nil for unused ones.
func (a *Accumulator[T]) Fields() [4][]T {
	return [4][]T{a.Coincidence, a.Overlap, a.Total, a.Sent}
}

// Rules returns all rules, with the default of every parameter, the recommended one first. A
// new rule is one file and one line here.
func Rules[T neuron.Float]() []Rule[T] {
	return []Rule[T]{
		&Poisson[T]{Forgetting: 1},
		&PoissonFree[T]{Forgetting: 1},
		&Gaussian[T]{Forgetting: 1},
		NewPoissonOnline[T](),
		NewDivisiveModulation[T](),
		NewSpikeBySpike[T](),
		NewSpikeBySpikeSquares[T](),
		NewSubtractive[T](),
		NewSimilarityMatching[T](),
		NewFoldiak[T](),
		NewOja[T](),
		&EggertKoerner[T]{},
		NewSparseCoding[T](),
		NewHoyerProjection[T](),
		&LocalNMF[T]{},
		NewAsynchronousGaussian[T](),
		NewAsynchronousPoisson[T](),
	}
}

// RuleNamed returns the rule of that name. The error lists the allowed names.
func RuleNamed[T neuron.Float](name string) (Rule[T], error) {
	var names []string
	for _, r := range Rules[T]() {
		if r.Name() == name {
			return r, nil
		}
		names = append(names, r.Name())
	}
	return nil, fmt.Errorf("learning: there is no plasticity rule %q; there are %s", name, strings.Join(names, ", "))
}
