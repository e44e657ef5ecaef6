// Package measure holds the numbers that say whether parts were learned. Each file is one
// measure, or a few that follow from one number, with formula, range and source; a new one is
// a file and a line in table.go.
//
// # Conventions
//
// Stimuli are rows: W is r×n, a part a row of W; H is m×r, the rates to one stimulus a
// row of H, those of one neuron a column. A measure of parts is the mean over the rows
// of W. A measure of rates says over what it is taken: "population" and "rates" over the
// neurons for one stimulus, and then the mean over stimuli; "lifetime" and "neurons" over
// the stimuli for one neuron, and then the mean over neurons. Vectors for which a
// measure is not defined, such as all zeros, are left out of its mean; without any
// other the measure is not defined, and files leave it out.
package measure
