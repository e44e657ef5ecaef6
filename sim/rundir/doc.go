// Package rundir is the directory of a finished run: which files it has, how an outcome is
// written into it, what proves it (the [Manifest]), and how it is opened again.
package rundir

import "partsnet/sim/record"

// Files of a run that others read.
const (
	ManifestFile = "manifest.json"
	ConfigFile   = record.ConfigFile
	MetricsFile  = "metrics.csv"
	FeaturesFile = "features.csv"
	StartsFile   = "starts.csv"
	StackFile    = "stack.csv"
	ComparedFile = "comparison.csv"
	WordsFile    = "words.txt"  // one a visible neuron
	TitlesFile   = "titles.txt" // one a stimulus
	RatesFile    = "arrays/H.npy"
)

// Format is the form of the run directory; it rises with every change that a reader has to
// know.
const Format = 1
