package neuron

import (
	"fmt"
	"iter"
	"math"

	"partsnet/internal/kernel"
)

// Counts are the firing rates of one layer over a set of stimuli, most of them
// zero: word counts, spikes in short windows. Only the others are held, stimulus
// by stimulus; in two bytes each where all are whole numbers that fit.
type Counts[T Float] struct {
	neurons int
	rows    kernel.Counts[T]
}

// CountsOf builds a matrix in compressed sparse row form: in stimulus i, neuron[k] fires at
// rate[k] for k from start[i] to start[i+1]−1. It keeps the slices, but not rates that it
// can hold smaller. The error names what does not fit: starts that fall or do not span the
// slices, a neuron that does not exist or is not above the one before it, a number that
// is not a rate.
func CountsOf[T Float](neurons int, start []int, neuron []int32, rate []T) (*Counts[T], error) {
	if len(start) < 1 || start[0] != 0 || start[len(start)-1] != len(neuron) || len(neuron) != len(rate) {
		return nil, fmt.Errorf("neuron: starts must begin with 0 and end with the number of rates, %d, which is that of neurons, %d", len(rate), len(neuron))
	}
	for i := range len(start) - 1 {
		if start[i+1] < start[i] || start[i+1] > len(neuron) {
			return nil, fmt.Errorf("neuron: stimulus %d starts at %d and ends at %d of %d", i, start[i], start[i+1], len(neuron))
		}
		before := int32(-1)
		for k := start[i]; k < start[i+1]; k++ {
			if neuron[k] <= before || int(neuron[k]) >= neurons {
				return nil, fmt.Errorf("neuron: stimulus %d has neuron %d after neuron %d; neurons rise and are below %d", i, neuron[k], before, neurons)
			}
			if !IsRate(rate[k]) {
				return nil, &RateError{Stimulus: i, Neuron: int(neuron[k]), Value: float64(rate[k])}
			}
			before = neuron[k]
		}
	}
	c := &Counts[T]{neurons, kernel.Counts[T]{Start: start, Index: neuron, Small: small(rate)}}
	if c.rows.Small == nil {
		c.rows.Value = rate
	}
	return c, nil
}

// small returns the rates as integers of 16 bits, nil if one of them is not such a number.
func small[T Float](rate []T) []uint16 {
	for _, x := range rate {
		if !(x >= 0 && x <= math.MaxUint16) || T(uint16(x)) != x {
			return nil
		}
	}
	out := make([]uint16, len(rate))
	for k, x := range rate {
		out[k] = uint16(x)
	}
	return out
}

// CountsIn returns counts in the precision T, without a copy of what is the same in
// any. It returns an error for a number that is not a rate in that precision.
func CountsIn[T, U Float](c *Counts[U]) (*Counts[T], error) {
	if same, ok := any(c).(*Counts[T]); ok {
		return same, nil
	}
	if c.rows.Small != nil {
		return &Counts[T]{c.neurons, kernel.Counts[T]{Start: c.rows.Start, Index: c.rows.Index, Small: c.rows.Small}}, nil
	}
	rate := make([]T, len(c.rows.Value))
	for k, x := range c.rows.Value {
		rate[k] = T(x)
	}
	return CountsOf(c.neurons, c.rows.Start, c.rows.Index, rate)
}

// Stimuli returns the number of stimuli.
func (c *Counts[T]) Stimuli() int { return c.rows.Rows() }

// Neurons returns the number of neurons.
func (c *Counts[T]) Neurons() int { return c.neurons }

// Held returns the rates as packages of this module read them, in compressed sparse rows.
// They are not to be changed.
func (c *Counts[T]) Held() *kernel.Counts[T] { return &c.rows }

func (*Counts[T]) sealed() {}

// Rates returns all rates that are held, in the order of stimuli and neurons.
func (c *Counts[T]) Rates() iter.Seq[T] {
	return func(yield func(T) bool) {
		for k := range c.rows.Index {
			if !yield(c.rows.At(k)) {
				return
			}
		}
	}
}

// Each calls visit for every neuron that fires to a stimulus, in their order.
func (c *Counts[T]) Each(stimulus int, visit func(neuron int, rate T)) {
	for k := c.rows.Start[stimulus]; k < c.rows.Start[stimulus+1]; k++ {
		visit(int(c.rows.Index[k]), c.rows.At(k))
	}
}
