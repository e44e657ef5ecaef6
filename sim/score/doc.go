// Package score puts plasticity rules to tasks, many times over, and says with an
// interval what came of it: did it learn the parts?
//
// A cell is one task, one rule and one number of hidden neurons; a run is one seed of a
// cell, learned by the code that learns any run ([sim.Learn]) with a single worker, as
// many at a time as there are processors. Every finished run is a line of a log, so that
// a score that was killed goes on where it was. A run that fails is counted and named,
// and does not stop the others.
//
// A share of runs has Wilson's interval, and a mean that of Student's t, both to 95 %:
// they say how far the number may be from that over all seeds there are.
package score
