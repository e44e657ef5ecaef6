// Package outcome holds the result of a run: a trained network as a value. Training
// returns it; drawing, the run directory, recognition and reports read it; opening the
// directory of a finished run gives it back.
//
// All numbers are float64, whatever the precision in which the network computed, and those
// of the m hidden rates are read through [measure.Rates], so that they are never held
// twice. Nobody changes an outcome after it was made.
package outcome
