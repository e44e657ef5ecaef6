package neuron

import "fmt"

// Counts are the firing rates of one layer over a set of stimuli, most of them
// zero: word counts, spikes in short windows. Only the others are held, stimulus
// by stimulus.
type Counts[T float32 | float64] struct {
	neurons int
	start   []int
	neuron  []int32
	rate    []T
}

// CountsOf returns the rates of that many neurons of which stimulus i has those at
// k from start[i] to start[i+1]−1: neuron[k] fires at rate[k]. It keeps the
// slices. The error names what does not fit: starts that fall or do not span
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
	return &Counts[T]{neurons, start, neuron, rate}, nil
}

// Stimuli returns the number of stimuli.
func (c *Counts[T]) Stimuli() int { return len(c.start) - 1 }

// Neurons returns the number of neurons.
func (c *Counts[T]) Neurons() int { return c.neurons }

// Held returns the starts, neurons and rates given to [CountsOf], for reading.
func (c *Counts[T]) Held() (start []int, neuron []int32, rate []T) { return c.start, c.neuron, c.rate }

// Each calls visit for every neuron that fires to a stimulus, in their order.
func (c *Counts[T]) Each(stimulus int, visit func(neuron int, rate T)) {
	for k := c.start[stimulus]; k < c.start[stimulus+1]; k++ {
		visit(int(c.neuron[k]), c.rate[k])
	}
}
