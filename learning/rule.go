package learning

import (
	"fmt"
	"strings"

	"partsnet/internal/kernel"
	"partsnet/synapse"
)

// Block is a run of stimuli on its way through recognition and learning. The
// buffers belong to the worker that carries the block.
type Block[T kernel.Float] struct {
	Rows       int // number of stimuli
	V          []T // Rows×n stimuli; nil where Counts holds them
	Counts     *kernel.Counts[T]
	From       int // the first row of Counts
	Coincide   []T // r×n sums to which the circuit adds coincidences while it drives; or nil
	H          []T // Rows×r hidden rates, which recognition moves
	Drive      []T // Rows×r buffer: what reaches the hidden neurons
	Inhibition []T // Rows×r buffer: what the hidden neurons tell each other
	Synapses   *kernel.Synapses[T]
	Scratch    *kernel.Scratch[T]
}

// Rule is a plasticity rule in two phases. A rule has no state of its own:
// all it learns from is in the accumulator.
type Rule[T kernel.Float] interface {
	// Name is what an experiment calls the rule.
	Name() string
	// Objective is what the rule lowers.
	Objective() Objective
	// Normalisation is what the rule keeps constant about the synapses.
	Normalisation() synapse.Normalisation
	// Simultaneous reports whether the rule still lowers its objective when
	// rates and synapses are both updated from one state.
	Simultaneous() bool
	// NewAccumulator returns an empty accumulator for r hidden and n visible
	// neurons.
	NewAccumulator(r, n int) *Accumulator[T]
	// Accumulate adds a block of stimuli with its hidden rates, leaving out the
	// coincidences if the circuit has added them ([Block.Coincide]) or if the
	// stimuli are counts, whose coincidences are gathered by visible neuron.
	Accumulate(acc *Accumulator[T], b *Block[T])
	// Propose writes into next (r×n) the weights of the hidden neurons
	// [from, to) that follow from w (r×n) and all that was accumulated.
	Propose(next, w []T, acc *Accumulator[T], from, to int)
}

// Accumulator holds the sums over stimuli from which a rule changes synapses.
// A rule makes the fields that it needs and leaves the others nil.
type Accumulator[T kernel.Float] struct {
	Hidden, Visible int // r and n

	Coincidence []T // r×n, hidden rate times what it met at the visible neuron
	Overlap     []T // r×r, hidden rate times hidden rate
	Total       []T // r, hidden rate
}

// Clear empties the accumulator.
func (a *Accumulator[T]) Clear() {
	clear(a.Coincidence)
	clear(a.Overlap)
	clear(a.Total)
}

// Fields returns all sums, for whoever adds accumulators up.
func (a *Accumulator[T]) Fields() [3][]T {
	return [3][]T{a.Coincidence, a.Overlap, a.Total}
}

// Rules returns the rules there are, the recommended one first. A new rule is
// one file and one line here.
func Rules[T kernel.Float]() []Rule[T] {
	return []Rule[T]{
		PoissonRule[T]{},
		PoissonFreeRule[T]{},
		GaussianRule[T]{},
	}
}

// RuleNamed returns the rule of that name. The error lists the names there are.
func RuleNamed[T kernel.Float](name string) (Rule[T], error) {
	var names []string
	for _, r := range Rules[T]() {
		if r.Name() == name {
			return r, nil
		}
		names = append(names, r.Name())
	}
	return nil, fmt.Errorf("learning: there is no plasticity rule %q; there are %s", name, strings.Join(names, ", "))
}
