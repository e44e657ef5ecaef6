// Package sim runs experiments: from a config over the stimuli to a run directory that
// proves itself. It only wires the rooms below it:
//
//	config       TOML files with described keys: values, lines, suggestions
//	experiment   the description of a run, read from TOML
//	inputs       stimuli made ready to be shown
//	train        learning, watched by observers
//	outcome      what training returns: a trained network as a value in float64
//	draw         figures of an outcome
//	rundir       the directory of a run: written from an outcome, opened again
//	checkpoint   what a killed run is continued from
//	memory       the estimate of what a run takes
//	recorded     what recorders keep of a network on the way
//	recall       new stimuli shown to a trained network, meanings of words
//	probe        a trained network followed step by step while it is disturbed
//	archive      files of folders and archives, read without trusting them
//	npy          arrays as NumPy stores them, read and written
//	proof        a finished run run again and compared
//	citation     a finished run in words
//	page         a finished run as one HTML file
//
// Imports run one way, which TestImportsRunOneWay holds.
package sim
