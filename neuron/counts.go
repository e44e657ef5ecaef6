package neuron

import (
	"fmt"
	"iter"
	"math"
)

// Counts are the firing rates of one layer over a set of stimuli, most of them
// zero: word counts, spikes in short windows. Only the others are held, stimulus
// by stimulus; in two bytes each where all are whole numbers that fit.
type Counts[T float32 | float64] struct {
	neurons int
	start   []int
	neuron  []int32
	rate    []T      // nil where small holds them
	small   []uint16 // or nil
}

// CountsOf returns the rates of that many neurons of which stimulus i has those at
// k from start[i] to start[i+1]−1: neuron[k] fires at rate[k]. It keeps the
// slices, but not rates that it can hold smaller. The error names what does not fit: starts that fall or do not span
// the slices, a neuron that is not there or not above the one before it, a rate
// that is none.
func CountsOf[T float32 | float64](neurons int, start []int, neuron []int32, rate []T) (*Counts[T], error) {
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
	c := &Counts[T]{neurons: neurons, start: start, neuron: neuron}
	if c.small = small(rate); c.small == nil {
		c.rate = rate
	}
	return c, nil
}

// small returns whole numbers of 16 bits as such, nil if one is none.
func small[T float32 | float64](rate []T) []uint16 {
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
// any. It returns an error for a rate that is none in that precision.
func CountsIn[T, U float32 | float64](c *Counts[U]) (*Counts[T], error) {
	if same, ok := any(c).(*Counts[T]); ok {
		return same, nil
	}
	if c.small != nil {
		return &Counts[T]{neurons: c.neurons, start: c.start, neuron: c.neuron, small: c.small}, nil
	}
	rate := make([]T, len(c.rate))
	for k, x := range c.rate {
		rate[k] = T(x)
	}
	return CountsOf(c.neurons, c.start, c.neuron, rate)
}

// Stimuli returns the number of stimuli.
func (c *Counts[T]) Stimuli() int { return len(c.start) - 1 }

// Neurons returns the number of neurons.
func (c *Counts[T]) Neurons() int { return c.neurons }

// Held returns the starts, neurons and rates given to [CountsOf], for reading: rates
// as small, and rate nil, where they are held in two bytes each.
func (c *Counts[T]) Held() (start []int, neuron []int32, rate []T, small []uint16) {
	return c.start, c.neuron, c.rate, c.small
}

// Rates returns all rates that are held, in the order of stimuli and neurons.
func (c *Counts[T]) Rates() iter.Seq[T] {
	return func(yield func(T) bool) {
		for k := range c.neuron {
			if !yield(c.at(k)) {
				return
			}
		}
	}
}

func (c *Counts[T]) at(k int) T {
	if c.small != nil {
		return T(c.small[k])
	}
	return c.rate[k]
}

// Each calls visit for every neuron that fires to a stimulus, in their order.
func (c *Counts[T]) Each(stimulus int, visit func(neuron int, rate T)) {
	for k := c.start[stimulus]; k < c.start[stimulus+1]; k++ {
		visit(int(c.neuron[k]), c.at(k))
	}
}
