package neuron

import (
	"fmt"
	"math/bits"
)

// Mask says which entries of a set of stimuli are seen and which are missing: one bit an
// entry, a stimulus a row. A missing entry is not a rate of zero. Nothing is known of it.
type Mask struct {
	stimuli, neurons int
	words            []uint64 // stimuli rows of whole words; bit j of a row is 1 where neuron j is seen
}

// NewMask returns a mask of which every entry is seen. It panics if a dimension is negative.
func NewMask(stimuli, neurons int) *Mask {
	if stimuli < 0 || neurons < 0 {
		panic("neuron: NewMask: negative dimension")
	}
	m := &Mask{stimuli: stimuli, neurons: neurons}
	m.words = make([]uint64, stimuli*m.pitch())
	for i := range stimuli {
		row := m.Row(i)
		for k := range row {
			row[k] = ^uint64(0)
		}
		if rest := neurons % 64; rest > 0 {
			row[len(row)-1] = 1<<rest - 1
		}
	}
	return m
}

// pitch is the number of words of a row.
func (m *Mask) pitch() int { return (m.neurons + 63) / 64 }

// Stimuli returns the number of rows.
func (m *Mask) Stimuli() int { return m.stimuli }

// Neurons returns the number of columns.
func (m *Mask) Neurons() int { return m.neurons }

// Row returns the bits of a stimulus, neuron j at bit j mod 64 of word j/64, for reading.
func (m *Mask) Row(stimulus int) []uint64 {
	return m.words[stimulus*m.pitch() : (stimulus+1)*m.pitch()]
}

// Seen reports whether an entry is seen.
func (m *Mask) Seen(stimulus, neuron int) bool {
	return m.Row(stimulus)[neuron/64]>>(neuron%64)&1 == 1
}

// Hide makes an entry missing.
func (m *Mask) Hide(stimulus, neuron int) {
	if uint(neuron) >= uint(m.neurons) {
		panic("neuron: Hide: no such neuron")
	}
	m.Row(stimulus)[neuron/64] &^= 1 << (neuron % 64)
}

// MissingOf returns how many entries of a stimulus are missing.
func (m *Mask) MissingOf(stimulus int) int {
	seen := 0
	for _, w := range m.Row(stimulus) {
		seen += bits.OnesCount64(w)
	}
	return m.neurons - seen
}

// Missing returns how many entries are missing.
func (m *Mask) Missing() (missing int) {
	for i := range m.stimuli {
		missing += m.MissingOf(i)
	}
	return missing
}

// Of returns the mask of some stimuli, in that order.
func (m *Mask) Of(stimuli []int) *Mask {
	some := &Mask{stimuli: len(stimuli), neurons: m.neurons}
	for _, i := range stimuli {
		some.words = append(some.words, m.Row(i)...)
	}
	return some
}

// Partial are stimuli of which entries are missing: [Rates] or [Counts] with a [Mask]. A
// missing neuron sends nothing, so that Each does not visit it. Where stimuli are counts a
// rate that is not held is a zero that was seen, unless the mask hides it.
type Partial[T Float] struct {
	known Stimuli[T]
	seen  *Mask
}

// Stimuli returns the number of stimuli.
func (p *Partial[T]) Stimuli() int { return p.known.Stimuli() }

// Neurons returns the number of neurons.
func (p *Partial[T]) Neurons() int { return p.known.Neurons() }

// Each calls visit for every neuron that is known to fire to a stimulus, in their order.
func (p *Partial[T]) Each(stimulus int, visit func(neuron int, rate T)) {
	p.known.Each(stimulus, visit)
}

func (*Partial[T]) sealed() {}

// PartialOf returns stimuli of which only those entries are known that the mask shows. It
// keeps v and the mask, but copies v where a missing neuron has a rate, which the copy
// leaves out. It returns an error if the shapes differ.
func PartialOf[T Float](v Stimuli[T], seen *Mask) (*Partial[T], error) {
	if v.Stimuli() != seen.stimuli || v.Neurons() != seen.neurons {
		return nil, fmt.Errorf("neuron: a mask of %d×%d for stimuli of %d×%d; both must have the same shape",
			seen.stimuli, seen.neurons, v.Stimuli(), v.Neurons())
	}
	if p, ok := v.(*Partial[T]); ok {
		return nil, fmt.Errorf("neuron: the stimuli have a mask already, which hides %d entries; put all into one mask", p.seen.Missing())
	}
	hidden := false
	for i := range v.Stimuli() {
		v.Each(i, func(j int, x T) { hidden = hidden || x != 0 && !seen.Seen(i, j) })
	}
	if !hidden {
		return &Partial[T]{v, seen}, nil
	}
	switch held := v.(type) {
	case *Rates[T]:
		known := NewRates[T](held.stimuli, held.neurons)
		for i := range held.stimuli {
			row := known.Of(i)
			for j, x := range held.Of(i) {
				if seen.Seen(i, j) {
					row[j] = x
				}
			}
		}
		v = known
	case *Counts[T]:
		start, index, rate := []int{0}, []int32(nil), []T(nil)
		for i := range held.Stimuli() {
			held.Each(i, func(j int, x T) {
				if seen.Seen(i, j) {
					index, rate = append(index, int32(j)), append(rate, x)
				}
			})
			start = append(start, len(index))
		}
		known, err := CountsOf(held.neurons, start, index, rate)
		if err != nil {
			return nil, err
		}
		v = known
	}
	return &Partial[T]{v, seen}, nil
}

// Seen returns the mask.
func (p *Partial[T]) Seen() *Mask { return p.seen }

// Known returns the rates or counts without the mask, zero where an entry is missing.
func (p *Partial[T]) Known() Stimuli[T] { return p.known }
