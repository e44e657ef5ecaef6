package outcome

import "fmt"

// Bootstrap says how far what a run has learned depends on which stimuli it was shown: the network
// has learned again from stimuli that were drawn from them with replacement.
type Bootstrap struct {
	Over    string  // what was drawn, such as "recordings"
	Units   int     // of them in a draw
	Repeats int     // draws
	Level   float64 // of the intervals

	// Of each weight (r×n), in the scale of the synapses of the run: the ends of its interval, and
	// its standard error.
	Low, High, Error []float64

	Matched  []int      // of each hidden neuron, in how many repeats a part was like its own: with a cosine above [measure.RecoveredAbove]
	Cosine   []float64  // of each hidden neuron, the mean cosine of the matched parts
	Measures []Interval // of those of the run that are defined in all repeats
}

// Interval is that of a measure.
type Interval struct {
	Name             string
	Value, Low, High float64
	Error            float64 // standard error
}

// String says what the intervals are.
func (b *Bootstrap) String() string {
	return fmt.Sprintf("%.4g %% intervals of a bootstrap over %d %s, %d repeats", 100*b.Level, b.Units, b.Over, b.Repeats)
}
