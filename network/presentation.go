package network

import (
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/learning"
	"partsnet/neuron"
)

// Continuing is a circuit that keeps more from step to step than the hidden rates. Again is called
// in place of Begin where stimuli or synapses change while the rates carry over: what follows from
// stimuli and synapses is computed again, and all else goes on.
type Continuing[T neuron.Float] interface {
	Again(b *learning.Block[T])
}

// Presentation is the recognition of stimuli, step by step. Between two steps rates can be read,
// and stimuli can change while the rates carry over. Events act at their steps. A cut changes the
// network for good; all else passes.
type Presentation[T neuron.Float] struct {
	net    *Network[T]
	v      source[T]
	h      *neuron.Rates[T]
	blocks []*learning.Block[T]
	part   partition
	events timeline[T]
	steps  int
}

// Present begins a presentation of stimuli v (m×n) from the hidden rates h (m×r), which it moves. It
// returns an error if the events do not fit the network, and panics if shapes do not fit.
func (n *Network[T]) Present(v Stimuli[T], h *neuron.Rates[T], events []Event) (*Presentation[T], error) {
	n.checkShapes(v, h)
	plan := Plan{Events: events, Untied: n.forward != nil}
	if err := CheckEvents(n.circuit, plan, false, n.Hidden.Size, n.Visible.Size); err != nil {
		return nil, err
	}
	n.allowCuts(events)
	p := &Presentation[T]{net: n, h: h, part: partition{v.Stimuli()}, events: newTimeline[T](events, n.Hidden.Size)}
	for range p.part.blocks() {
		p.blocks = append(p.blocks, n.newBlock())
	}
	if err := p.show(v); err != nil {
		return nil, err
	}
	m := p.events.at(0)
	if err := p.cut(m); err != nil {
		return nil, err
	}
	p.v.pack(n)
	n.pool.Run(len(p.blocks), func(_, block int) { n.open(p.fill(block), m) })
	return p, nil
}

// show makes stimuli those of the presentation.
func (p *Presentation[T]) show(v Stimuli[T]) error {
	partial, missing := v.(*neuron.Partial[T])
	for k, cut := range p.net.cut {
		if cut != nil && p.net.projections[k].Derived && missing && partial.Seen().Missing() > 0 {
			return fmt.Errorf("network: stimuli with missing entries, for which inhibition runs through visible neurons and not through the synapses of %s that an event cuts", p.net.projections[k].Name())
		}
	}
	p.v = p.net.source(v)
	return nil
}

// fill fills a block with its stimuli; the steps that were taken stay.
func (p *Presentation[T]) fill(block int) *learning.Block[T] {
	from, to := p.part.block(block)
	b := p.net.fill(p.blocks[block], from, to, p.v, p.h)
	b.PresentationID |= outside
	return b
}

// cut cuts the synapses that a moment does. Nothing learns, so that nothing restores a normalisation.
func (p *Presentation[T]) cut(m *moment[T]) error {
	if m == nil {
		return nil
	}
	for _, e := range m.cuts {
		if err := p.net.cutAway(e, 0); err != nil {
			return err
		}
	}
	return nil
}

// again computes what follows from stimuli and synapses, of which some have changed.
func (p *Presentation[T]) again() {
	p.v.pack(p.net)
	p.net.pool.Run(len(p.blocks), func(_, block int) {
		b := p.fill(block)
		if c, ok := p.net.circuit.(Continuing[T]); ok {
			c.Again(b)
		} else {
			p.net.circuit.Begin(b)
		}
	})
}

// Show changes the stimuli, of which there must be as many as before. Rates, and what the circuit
// keeps beside them, carry over. Where a stimulus appears and no hidden neuron fires, as after a
// blank, neurons begin as at the start of recognition: where rates multiply, silence would last.
func (p *Presentation[T]) Show(v Stimuli[T]) error {
	p.net.checkShapes(v, p.h)
	if err := p.show(v); err != nil {
		return err
	}
	p.again()
	if learning.Has[Resting](p.net.circuit) {
		return nil
	}
	for _, b := range p.blocks {
		for i := range b.Rows {
			if h := b.H[i*b.Hidden : (i+1)*b.Hidden]; kernel.Max(h) == 0 {
				shareOut(h, totalOf(b, i))
				b.Fix(h)
			}
		}
	}
	return nil
}

// Steps returns how many steps were taken.
func (p *Presentation[T]) Steps() int { return p.steps }

// Rates returns the hidden rates (m×r), for reading.
func (p *Presentation[T]) Rates() *neuron.Rates[T] { return p.h }

// LastSpikes returns, for circuits with spikes, the visible neuron that fired last to each stimulus,
// −1 where none has; nil for other circuits.
func (p *Presentation[T]) LastSpikes() []int {
	c, ok := p.net.circuit.(Spiking[T])
	if !ok {
		return nil
	}
	spikes := make([]int, p.h.Stimuli())
	for _, b := range p.blocks {
		for i := range b.Rows {
			spikes[b.First+i] = -1
			if b.Step > 0 {
				spikes[b.First+i] = c.LastSpike(b, i)
			}
		}
	}
	return spikes
}

// Step takes all stimuli through one step of recognition.
func (p *Presentation[T]) Step() error {
	m := p.events.at(p.steps)
	if m.begins(p.steps) && p.steps > 0 {
		if err := p.cut(m); err != nil {
			return err
		}
		if len(m.cuts) > 0 {
			p.again()
		}
		for _, b := range p.blocks {
			m.fix(b)
			for i := range b.Rows {
				p.net.release(m, b.H[i*b.Hidden:(i+1)*b.Hidden], func() float64 { return totalOf(b, i) })
			}
		}
	}
	p.net.pool.Run(len(p.blocks), func(_, block int) {
		if b := p.blocks[block]; b.Rows > 0 {
			p.net.step(b, m)
		}
	})
	p.steps++
	return nil
}

// Fixed returns the rate at which events keep each hidden neuron in the last step that was taken, −1
// for one that is free; nil if all are.
func (p *Presentation[T]) Fixed() []T {
	if m := p.events.at(max(0, p.steps-1)); m != nil {
		return m.fixed
	}
	return nil
}
