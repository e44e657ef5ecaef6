// Package neuron holds layers of neurons and their firing rates.
//
// A layer is a population with a name and a size. The visible layer shows
// stimuli; a hidden layer explains them. The rates of a layer over a set of
// stimuli form a matrix with one stimulus a row:
//
//	V  m×n  the m stimuli as rates of n visible neurons
//	H  m×r  what r hidden neurons answer to each of them
//
// # A rate is never negative
//
// A neuron fires or is silent: a firing rate is a number ≥ 0, in arbitrary
// units unless an experiment says spikes/s. [Rates] is the type that keeps
// this. Rates enter only through [RatesOf], which refuses a negative, infinite
// or undefined rate and names it, and what the dynamics have written can be
// looked over with [Rates.Check] at any time. Lee & Seung (Nature 401:788,
// 1999) make this one-sided constraint, together with the fixed sign of
// synapses (package synapse), the reason why parts are learned.
package neuron
