package outcome

import "partsnet/learning"

// Shown is one stimulus and what the network makes of it.
type Shown struct {
	Stimulus   int       // its number, from 0
	V          []float64 // n, filled in by the prediction where a rate is missing
	H          []float64 // r, hidden rates
	Prediction []float64 // n
	Explained  []float64 // n, share of the variance of each visible neuron over all stimuli; nil where it was not taken

	Course *Course // how recognition comes to an answer; nil for an outcome that was read back
}

// Course is how the network comes to its answer to a stimulus.
type Course struct {
	Rates  []float64 // one row of r before the first step and after each step
	Spikes []int     // visible neuron that fired at each step, −1 where none did; nil in a circuit without spikes
}

// Circuit is what figures need to know of the circuit.
type Circuit struct {
	Unit      learning.Unit // of a step
	Step      float64       // length of a step in the unit
	Objective learning.Objective
	Competes  bool // whether hidden neurons inhibit each other, and hear no error units
}
