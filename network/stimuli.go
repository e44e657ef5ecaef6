package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// Stimuli are what a network is shown: [neuron.Rates], where every rate is held,
// or [neuron.Counts], where most are zero and the work grows with the others
// alone.
type Stimuli[T kernel.Float] interface {
	Stimuli() int
	Neurons() int
	// Each calls visit for every visible neuron that fires to a stimulus.
	Each(stimulus int, visit func(neuron int, rate T))
}

// shown holds stimuli as the kernels read them: dense or counts, the other nil.
type shown[T kernel.Float] struct {
	dense  *neuron.Rates[T]
	counts *kernel.Counts[T]
}

// spread writes the rates of all visible neurons to a stimulus into row.
func (s shown[T]) spread(stimulus int, row []T) {
	if s.dense != nil {
		copy(row, s.dense.Of(stimulus))
		return
	}
	clear(row)
	for k := s.counts.Start[stimulus]; k < s.counts.Start[stimulus+1]; k++ {
		row[s.counts.Index[k]] = s.counts.At(k)
	}
}

// show returns the stimuli for the kernels. It panics if they are of a type of
// the caller's own.
func show[T kernel.Float](v Stimuli[T]) shown[T] {
	switch v := v.(type) {
	case *neuron.Rates[T]:
		return shown[T]{dense: v}
	case *neuron.Counts[T]:
		start, index, value, small := v.Held()
		return shown[T]{counts: &kernel.Counts[T]{Start: start, Index: index, Value: value, Small: small}}
	}
	panic(fmt.Sprintf("network: stimuli are *neuron.Rates or *neuron.Counts, not %T", v))
}
