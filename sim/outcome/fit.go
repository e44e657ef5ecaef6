package outcome

import "partsnet/sim/stimulus"

// Fit is how a network explains the stimuli of one of several groups that it has learned from
// together.
type Fit struct {
	stimulus.Group

	// Shares that the predictions explain, with sums over the stimuli of the group alone; NaN where
	// the rule predicts nothing, or there is nothing to explain. See the measures of the same names.
	Variance  float64 // explained_variance, about the mean of each visible neuron in the group
	Deviation float64 // explained_deviation, about one mean of all
	Energy    float64 // explained_energy

	Divided float64   // what the rates of the group were divided by before they were shown; 1 for nothing
	Squares float64   // Σ v², of the rates that the network was shown
	Mean    []float64 // r, the mean rate of each hidden neuron
	Share   []float64 // r, the share of each in all predictions of the group, Σ_i h_a Σ_j w_aj; NaN where these are 0
}
