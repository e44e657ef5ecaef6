// Package score benchmarks plasticity rules on tasks over many seeds, with confidence
// intervals: does a rule find the parts?
//
// A cell is one task, one rule and one number of hidden neurons; a run is one seed of a
// cell. Runs use [sim.Learn], as every experiment does, with a single worker each and as
// many runs at a time as there are processors. Every finished run is a line of a log, from
// which an interrupted score continues. A run that fails is counted and named, and does not
// stop the others.
//
// The share of runs that solve a task has Wilson's interval, and a mean that of Student's t,
// both at 95 %: they bound the value over all possible seeds, not over data sets.
package score
