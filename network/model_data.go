package network

import (
	"iter"

	"partsnet/internal/kernel"
	"partsnet/neuron"
)

// data is [Data] in a precision.
type data[T neuron.Float] struct {
	stimuli Stimuli[T]
	dense   *neuron.Rates[T] // nil where stimuli are counts
	counts  *neuron.Counts[T]
	seen    *neuron.Mask // nil where all entries are
}

// in returns stimuli in the precision T. It panics for those of another engine.
func in[T neuron.Float](v Data) *data[T] {
	d, ok := v.(*data[T])
	if !ok {
		panic("network: stimuli of another precision, or not made by an Engine")
	}
	return d
}

func (d *data[T]) Stimuli() int { return d.stimuli.Stimuli() }
func (d *data[T]) Neurons() int { return d.stimuli.Neurons() }
func (d *data[T]) Dense() bool  { return d.dense != nil }

func (d *data[T]) Seen() *neuron.Mask { return d.seen }

func (d *data[T]) Held() int {
	if d.dense != nil {
		return d.Stimuli() * d.Neurons()
	}
	index := d.counts.Held().Index
	return len(index)
}

func (d *data[T]) Row(stimulus int) []float64 {
	row := make([]float64, d.Neurons())
	d.Each(stimulus, func(j int, x float64) { row[j] = x })
	return row
}

func (d *data[T]) Each(stimulus int, visit func(neuron int, rate float64)) {
	d.stimuli.Each(stimulus, func(j int, x T) { visit(j, float64(x)) })
}

func (d *data[T]) All() iter.Seq[float64] {
	return func(yield func(float64) bool) {
		if d.dense != nil {
			for _, x := range d.dense.Rows(0, d.Stimuli()) {
				if !yield(float64(x)) {
					return
				}
			}
			return
		}
		for x := range d.counts.Rates() {
			if !yield(float64(x)) {
				return
			}
		}
	}
}

func (d *data[T]) Wide() []float64 {
	if d.dense == nil {
		return nil
	}
	return kernel.Wide(d.dense.Rows(0, d.Stimuli()))
}

// alone returns one stimulus in the form in which all are held.
func (d *data[T]) alone(i int) (Stimuli[T], error) {
	one, err := d.known(i)
	if err != nil || d.seen == nil {
		return one, err
	}
	return neuron.PartialOf(one, d.seen.Of([]int{i}))
}

// known returns one stimulus without a mask.
func (d *data[T]) known(i int) (Stimuli[T], error) {
	if d.dense != nil {
		return neuron.RatesOf(1, d.Neurons(), d.dense.Of(i))
	}
	var index []int32
	var rate []T
	d.counts.Each(i, func(j int, x T) { index, rate = append(index, int32(j)), append(rate, x) })
	return neuron.CountsOf(d.Neurons(), []int{0, len(index)}, index, rate)
}

// hidden is [Hidden] in a precision.
type hidden[T neuron.Float] struct{ rates *neuron.Rates[T] }

func (engine[T]) Hidden(stimuli, neurons int, rates []float64) (Hidden, error) {
	h, err := neuron.RatesOf(stimuli, neurons, narrow[T](rates))
	if err != nil {
		return nil, err
	}
	return hidden[T]{h}, nil
}

func (h hidden[T]) Stimuli() int              { return h.rates.Stimuli() }
func (h hidden[T]) Neurons() int              { return h.rates.Neurons() }
func (h hidden[T]) Check() error              { return h.rates.Check() }
func (h hidden[T]) Of(stimulus int) []float64 { return kernel.Wide(h.rates.Of(stimulus)) }

func (h hidden[T]) Read(to []float64, from, step int) {
	all := h.rates.Rows(0, h.rates.Stimuli())
	if step == 1 {
		kernel.Widen(to, all[from:from+len(to)])
		return
	}
	for k := range to {
		to[k] = float64(all[from+k*step])
	}
}
