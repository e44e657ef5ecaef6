package network

import "partsnet/neuron"

// Trace recognises one stimulus v (1×n) from the hidden rates start (r) and
// returns the rates before the first step and after each of the steps:
// steps+1 rows of r. It is the time course of recognition.
func (n *Network[T]) Trace(v Stimuli[T], start []T, steps int) (*neuron.Rates[T], error) {
	course := neuron.NewRates[T](steps+1, n.Hidden.Size)
	copy(course.Of(0), start)
	if err := course.Check(); err != nil {
		return nil, err
	}
	for t := 1; t <= steps; t++ {
		copy(course.Of(t), course.Of(t-1))
		now, err := neuron.RatesOf(1, n.Hidden.Size, course.Of(t))
		if err != nil {
			return nil, err
		}
		n.Recognise(v, now, 1)
	}
	return course, course.Check()
}
