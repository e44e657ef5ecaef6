package measure

// trevesRolls are the means of [TrevesRolls] over stimuli (population) and neurons (lifetime).
var trevesRolls = []Measure{
	{
		Name: "treves_rolls_population", Doc: "Treves–Rolls sparseness of the rates to a stimulus, small is sparse",
		Formula: trevesRollsFormula, Source: trevesRollsSource, High: 1, of: ofStimuli(TrevesRolls),
	},
	{
		Name: "treves_rolls_lifetime", Doc: "Treves–Rolls sparseness of the rates of a neuron over stimuli, small is sparse",
		Formula: trevesRollsFormula, Source: trevesRollsSource, High: 1, of: ofNeurons(TrevesRolls),
	},
}

const (
	trevesRollsFormula = "a = ( Σ x / N )² / ( Σ x² / N )"
	trevesRollsSource  = "Rolls & Tovee 1995"
)

// TrevesRolls returns the sparseness a of rates x (Rolls & Tovee 1995,
// J. Neurophysiol. 73:713–726):
//
//	a = ( Σ x / N )² / ( Σ x² / N )        1/N a single entry, 1 all equal
//
// Small is sparse. Over the stimuli for one neuron it is the lifetime
// sparseness, over the neurons for one stimulus the population sparseness. ok is
// false for all zeros.
func TrevesRolls(x []float64) (a float64, ok bool) {
	sum, square := 0.0, 0.0
	for _, y := range x {
		sum += y
		square += float64(y * y)
	}
	if square == 0 {
		return 0, false
	}
	return sum * sum / (square * float64(len(x))), true
}
