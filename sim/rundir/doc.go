// Package rundir reads and writes the directory of a finished run: its files, the [Manifest]
// with their checksums, and the outcome that they hold.
package rundir

import "partsnet/sim/record"

// Files of a run that other packages read.
const (
	ManifestFile   = "manifest.json"
	ConfigFile     = record.ConfigFile
	MetricsFile    = "metrics.csv"
	FeaturesFile   = "features.csv"
	SynapsesTable  = "W.csv" // the synapses with the names of visible neurons
	RatesTable     = "H.csv" // the hidden rates with the names of stimuli
	StartsFile     = "starts.csv"
	RanksFile      = "ranks.csv"     // the result of each number of hidden neurons that was tried
	IntervalsFile  = "intervals.csv" // the intervals of the weights, where there was a bootstrap
	StackFile      = "stack.csv"
	PrimitivesFile = "primitives.csv" // when hidden neurons are active in recordings
	ComparedFile   = "comparison.csv"
	WordsFile      = "words.txt"   // a line for each visible neuron, where stimuli are documents
	NeuronsFile    = "neurons.txt" // a line for each visible neuron that has a name, elsewhere
	TitlesFile     = "titles.txt"  // a line for each stimulus
	RatesFile      = "arrays/H.npy"
	StimuliFile    = "arrays/V.npy"          // the stimuli as they were learned
	TrueParts      = "arrays/true_parts.npy" // the parts that made the stimuli
	TruePartsNames = "true_parts.txt"        // a line for each
	FilmFile       = "film.csv"              // the epochs of a film of the parts
	FilmArray      = "arrays/film.npy"
)

// Format is the version of the run directory. It rises with every change that a reader must
// know.
const Format = 1
