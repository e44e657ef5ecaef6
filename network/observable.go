package network

import (
	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// Observable is what a circuit keeps of some neurons from step to step, beside the hidden rates.
type Observable struct {
	Name       string // such as "potential"
	Is         string // what the numbers are
	Population string // whose they are
	Size       int    // of the population; 0 for that of the hidden layer
}

// Observed is a circuit with observables.
type Observed[T neuron.Float] interface {
	Observables() []Observable
	// Observe returns one of them to stimulus i of a block, for reading, until the next step.
	Observe(b *learning.Block[T], name string, i int) []T
}

// ObservablesOf returns those of a circuit; nil for most.
func ObservablesOf[T neuron.Float](c Circuit[T]) []Observable {
	if o, ok := c.(Observed[T]); ok {
		return o.Observables()
	}
	return nil
}

// Observe returns an observable of the circuit to a stimulus; nil if the circuit has none.
func (p *Presentation[T]) Observe(name string, stimulus int) []T {
	c, ok := p.net.circuit.(Observed[T])
	if !ok {
		return nil
	}
	for _, b := range p.blocks {
		if stimulus >= b.First && stimulus < b.First+b.Rows {
			return c.Observe(b, name, stimulus-b.First)
		}
	}
	return nil
}

// Observe is [Presentation.Observe] in float64.
func (p presented64[T]) Observe(name string, stimulus int) []float64 {
	return kernel.Wide(p.Presentation.Observe(name, stimulus))
}
