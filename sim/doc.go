// Package sim runs experiments: it makes the stimuli, builds the network, lets
// it learn, watches it, and writes the run directory. It is the one place
// where configuration (sim/experiment), stimuli (sim/stimulus, sim/generate),
// the network, measures (sim/measure), figures (sim/figure) and files
// (sim/record) meet.
package sim
