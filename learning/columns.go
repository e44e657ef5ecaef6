package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// ByColumn is a rule that reads what each visible neuron does to all stimuli ([Change.Columns]).
type ByColumn interface{ ReadsColumns() }

// Columns are all stimuli by visible neuron, and all hidden rates by hidden neuron.
type Columns[T neuron.Float] struct {
	Stimuli int
	Rates   []T // r×m, the rates of each hidden neuron to all stimuli
	// Load writes the rates of the visible neurons [from, to) to all stimuli, (to−from)×m.
	Load func(out []T, from, to int)
	// Counts are held by visible neuron, where stimuli are counts; nil else.
	Counts *kernel.Counts[T]
}
