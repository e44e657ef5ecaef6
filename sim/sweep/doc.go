// Package sweep makes many runs of one experiment: with every combination of the values of some
// keys, and several seeds of each.
//
// A cell is one combination of values; a run is one seed of a cell. Runs use [sim.Learn] with a single
// worker each, as many at a time as there are processors and memory for (package campaign). A
// sweep that was interrupted continues where it stopped, and one with more values or seeds makes the
// runs that are new.
package sweep
