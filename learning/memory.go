package learning

import (
	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// forgetting is the parameter of the rules that learn from batches.
func forgetting(value *float64) Parameter {
	return Parameter{Name: "forgetting", Doc: "share of what earlier batches have said that is forgotten with each batch; 1 for all, less where learning.batch is a part of the stimuli", Value: value, Low: 1e-6, High: 1}
}

// newMemory returns an accumulator for a rule that remembers, nil if each batch replaces the
// earlier ones: forgetting is 1, or 0 because it was not set.
func newMemory[T neuron.Float](rule Rule[T], forgetting float64, r, n int) *Accumulator[T] {
	if forgetting == 0 || forgetting == 1 {
		return nil
	}
	return rule.NewAccumulator(r, n)
}

// remember replaces a share of the old sums by new ones:
//
//	old ← (1 − forgetting) old + new
func remember[T neuron.Float](old, new []T, forgetting float64) {
	keep := T(1 - forgetting)
	for i, x := range new {
		old[i] = T(keep*old[i]) + x
	}
}

// begin fills an empty memory in proportion to the present weights of a neuron, as if all
// earlier batches had had that total.
func begin[T neuron.Float](old, weights []T, total T, forgetting float64) {
	if total == 0 || kernel.Max(old) > 0 {
		return
	}
	for j, w := range weights {
		old[j] = w * total / T(forgetting)
	}
}

// remembering returns the source to cite where a rule remembers earlier batches.
func remembering(forgetting float64, source string) []string {
	if forgetting > 0 && forgetting < 1 {
		return []string{source}
	}
	return nil
}
