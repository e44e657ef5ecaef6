package network

import "partsnet/neuron"

// Course is the time course of the recognition of one stimulus.
type Course[T neuron.Float] struct {
	// Rates are the hidden rates before the first step and after each of the steps:
	// steps+1 rows of r.
	Rates *neuron.Rates[T]
	// Spikes are the visible neurons that fired at each step, −1 where none did; nil
	// for circuits without spikes.
	Spikes []int
}

// Trace recognises one stimulus v (1×n) from the hidden rates start (r) and returns how
// they settle over that many steps.
func (n *Network[T]) Trace(v Stimuli[T], start []T, steps int) (*Course[T], error) {
	c := &Course[T]{Rates: neuron.NewRates[T](steps+1, n.Hidden.Size)}
	copy(c.Rates.Of(0), start)
	if err := c.Rates.Check(); err != nil {
		return nil, err
	}
	h := neuron.NewRates[T](1, n.Hidden.Size)
	copy(h.Of(0), start)
	n.checkShapes(v, h)
	s := n.source(v)
	s.pack(n)
	b := n.carry(0, 0, 1, s, h)
	b.PresentationID |= outside
	n.open(b, nil)
	spiking, fires := n.circuit.(Spiking[T])
	for t := 1; t <= steps; t++ {
		n.step(b, nil)
		copy(c.Rates.Of(t), h.Of(0))
		if fires {
			c.Spikes = append(c.Spikes, spiking.LastSpike(b, 0))
		}
	}
	return c, c.Rates.Check()
}
