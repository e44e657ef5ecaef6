package neuron

import (
	"fmt"
	"math"
)

// Rates are the firing rates of one layer over a set of stimuli: a matrix
// with one stimulus a row and one neuron a column, every entry finite and ≥ 0.
type Rates[T Float] struct {
	stimuli, neurons int
	data             []T // stimuli×neurons, row-major
}

// NewRates returns rates of zero. It panics if a dimension is negative.
func NewRates[T Float](stimuli, neurons int) *Rates[T] {
	if stimuli < 0 || neurons < 0 {
		panic("neuron: NewRates: negative dimension")
	}
	return &Rates[T]{stimuli: stimuli, neurons: neurons, data: make([]T, stimuli*neurons)}
}

// RatesOf returns the rates in data (stimuli×neurons, row-major), which it
// keeps and does not copy. It returns a [*RateError] for the first entry that is not a firing
// rate. It panics if the length of data is not stimuli·neurons.
func RatesOf[T Float](stimuli, neurons int, data []T) (*Rates[T], error) {
	if len(data) != stimuli*neurons {
		panic("neuron: RatesOf: length of data is not stimuli*neurons")
	}
	r := &Rates[T]{stimuli: stimuli, neurons: neurons, data: data}
	return r, r.Check()
}

// Stimuli returns the number of rows.
func (r *Rates[T]) Stimuli() int { return r.stimuli }

// Neurons returns the number of columns.
func (r *Rates[T]) Neurons() int { return r.neurons }

// Of returns the rates of all neurons to one stimulus. The slice is a view:
// who writes to it keeps the rates ≥ 0.
func (r *Rates[T]) Of(stimulus int) []T { return r.Rows(stimulus, stimulus+1) }

// Rows returns the rates to the stimuli from, ..., to-1 as one row-major
// slice, a view like that of [Rates.Of].
func (r *Rates[T]) Rows(from, to int) []T {
	return r.data[from*r.neurons : to*r.neurons : to*r.neurons]
}

func (*Rates[T]) sealed() {}

// Each calls visit for every neuron that fires to a stimulus, in their order.
func (r *Rates[T]) Each(stimulus int, visit func(neuron int, rate T)) {
	for j, x := range r.Of(stimulus) {
		if x != 0 {
			visit(j, x)
		}
	}
}

// Fill sets every rate to x. It panics if x is not a firing rate.
func (r *Rates[T]) Fill(x T) {
	if !IsRate(x) {
		panic("neuron: Fill: a rate is finite and not negative")
	}
	for i := range r.data {
		r.data[i] = x
	}
}

// Check looks at every rate and returns a [*RateError] for the first that is
// negative, infinite or not a number.
func (r *Rates[T]) Check() error {
	for i, x := range r.data {
		if !IsRate(x) {
			return &RateError{Stimulus: i / r.neurons, Neuron: i % r.neurons, Value: float64(x)}
		}
	}
	return nil
}

// IsRate reports whether x can be a firing rate: finite and not negative.
func IsRate[T Float](x T) bool {
	return x >= 0 && !math.IsInf(float64(x), 1)
}

// RateError names the entry of a matrix that is not a firing rate.
type RateError struct {
	Stimulus, Neuron int // row and column, from 0
	Value            float64
}

// Error names the entry and what is allowed.
func (e *RateError) Error() string {
	return fmt.Sprintf("neuron: the rate of neuron %d to stimulus %d is %v; a rate is finite and never negative",
		e.Neuron, e.Stimulus, e.Value)
}
